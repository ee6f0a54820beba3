/** A saved sync that becomes a registry's own replication rule. */
export const handingOver = {
  action: 'Hand over to {{product}}…',
  title: 'Hand over to {{name}}',
  intro:
    'Makes a replication rule at {{host}} that copies what “{{sync}}” copies. The plan names what the rule does differently. The saved sync stays.',
  here: 'Hand over a saved sync…',
  noneHere: 'No saved sync copies from or to this registry',
  saved: 'Saved sync',
  at: 'Registry that copies',
  rule: 'Name of the rule',
  trigger: 'When it runs',
  triggers: { manual: 'By hand', scheduled: 'On a schedule', event: 'On each push' },
  cron: 'Schedule (cron, with seconds)',
  cronHelp: 'For example 0 0 3 * * *: every day at 3:00, by the clock of the registry',
  givesSignIn: 'Send it the user and password of {{account}}',
  givesSignInHelp:
    'It signs in at {{host}} with them, and its administrators can use them there. Without them it signs in as no one, until you set a user and password under Registry endpoints.',
  noPassword: '{{account}} has no user and password to give',
  submit: 'Show the plan…',
  differs: 'What the rule does differently from “{{sync}}”',
  beyond: 'What it can do beyond that',
  reused: '{{name}} is already set up there as an endpoint. It keeps the sign-in it has.',
  stays: 'The saved sync stays and can still be run from here.',
  losses: {
    versions: 'It does not know version ranges ({{values}}): all tags that match by name are copied.',
    excludedRepositories: 'It cannot leave out repositories: {{values}} are copied too.',
    excludedTags: 'It can choose tags or leave tags out, not both: {{values}} are copied too.',
    platforms: 'It copies all platforms, not only {{values}}.',
    attachedAlways: 'Signatures and SBOMs go along, although the sync leaves them out.',
    attachedItsWay:
      'The registry decides which signatures and SBOMs go along. Referrers without a tag may stay behind.',
    foreign: 'Foreign layers are not copied.',
    prune: 'It does not report tags that only the target has.',
    preview: 'There is no preview before a run.',
    verification: 'Content is not verified on the way. Only the target checks what arrives.',
    undo: 'What a run overwrites does not appear in History here and cannot be undone.',
    protectedTags: 'It does not know the tags protected here: {{values}} can be overwritten.',
    loopback:
      'At that registry, {{values}} is the registry itself. Change the address of the endpoint to one it can reach.',
  },
  gains: {
    runsThere: 'It runs on the registry, also while this computer is off, and no data passes through here.',
    triggers: 'It can run on a schedule or on each push.',
    speed: 'Its bandwidth can be limited.',
    deletions: 'It can repeat deletions at the target.',
  },
};
