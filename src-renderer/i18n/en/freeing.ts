/** What brings back the bytes of what was deleted, on each product; of steps that follow each other each is one. */
export const freeing = {
  kind: 'Garbage collection by the registry',
  page: 'Garbage collection',
  commands: 'Commands for the registry’s host',
  version: 'Version',
  versionNamed: 'Version {{version}}',
  form: 'How it is run',
  forms: {
    docker: 'Docker container',
    compose: 'Docker Compose',
    kubernetes: 'Kubernetes',
    systemd: 'Debian’s service (systemd)',
  },
  look: 'See what would be deleted (changes nothing):',
  run: 'Run',
  runIt: 'Run it, once nothing is being pushed:',
  copy: 'Copy the command',
  namesHelp:
    'The container, service or deployment is called “registry” here, and the configuration is where the product’s own image has it. Replace both with yours.',
  output: 'Output of the dry run',
  outputHelp:
    'Paste the output of the first command, or open it as a file. Sizes come from what is known of the registry. The output stays on this machine.',
  openFile: 'Open a file…',
  tooLarge: 'It is larger than 16\u00a0MB: use wharfinger gc HOST --read FILE for a part of it.',
  pasteFirst: 'Paste the output first',
  weigh: 'See what it would free',
  weighed: 'What it would free',
  ran: 'This was not a dry run: what it lists is gone.',
  notWhole: 'Its last lines are missing: more may be deleted than it says.',
  needed_one:
    '{{formatted}} item in it is still needed by tags, as far as the registry was scanned. Do not run it before you know why.',
  needed_other:
    '{{formatted}} items in it are still needed by tags, as far as the registry was scanned. Do not run it before you know why.',
  neededTitle: 'Needed by tags',
  wouldFree: 'Would free',
  freed: 'Freed',
  blobs: 'Blobs',
  manifests: 'Manifests',
  unknownSize: 'Size unknown',
  unknownBlobs_one: 'of {{formatted}} blob',
  unknownBlobs_other: 'of {{formatted}} blobs',
  unknownHelp: 'They come on top of that. Sizes of what was deleted before the first scan are unknown.',
  largest: 'The largest',
  runs: 'Collections',
  noRuns: 'No runs yet.',
  when: 'Started',
  state: 'State',
  states: { waiting: 'Waiting', running: 'Running', done: 'Done', failed: 'Failed', stopped: 'Stopped' },
  isDryRun: '(dry run)',
  unsaid: 'not stated',
  untaggedHelp: 'Artifacts that no tag leads to are deleted, with what only they hold.',
  dryRun: 'Dry run…',
  dryRunHelp:
    'The registry works out what would be deleted, and deletes nothing. You confirm the collection afterwards.',
  untaggedGo: 'Untagged artifacts will be deleted too.',
  estimate:
    'This is the registry’s estimate: what other images share, or what was pushed within the last two hours, stays.',
  lines: { run: 'The collection', blob: 'Would be deleted' },
  log: 'Log',
  noLog: 'Its log could not be read, so what exactly is deleted is unknown.',
  title: 'How space is freed',
  seenTitle: 'How to see it',
  cautionsTitle: 'Before you run it',
  documentation: 'The product’s documentation',
  unknown: 'How this registry frees the space of deleted images is unknown.',
  steps: {
    localCollection:
      'Wharfinger collects what no image needs when you ask for it, while pushes and pulls go on.',
    garbageCollect:
      'The administrator of the registry’s host runs “registry garbage-collect”. Until then the space stays in use.',
    harborCollection:
      'Harbor’s garbage collection, by its schedule or when it is started; pushes and pulls go on.',
    nexusUnused: 'The task “Docker - Delete unused manifests and images” of Nexus.',
    nexusCompact: 'Then the task “Admin - Compact blob store”, which frees the space.',
    gitlabOnline: 'With GitLab’s metadata database (as on GitLab.com): by itself, about a day later.',
    gitlabCommand: 'Without it: “gitlab-ctl registry-garbage-collect” on GitLab’s host.',
    quayTimeMachine:
      'Quay keeps deleted tags for its time machine: two weeks, unless the organization has set another time.',
    quayWorker: 'After that its worker removes what nothing needs, by itself.',
    artifactoryCollection: 'Artifactory’s garbage collection: every four hours, unless it is set otherwise.',
    giteaCleanup: 'Gitea’s cron job “Cleanup expired packages”: at midnight, unless it is set otherwise.',
    zotCollection:
      'zot’s garbage collector, by itself: an hour after the deletion, unless it is set otherwise.',
    provider: 'The provider removes what nothing needs by itself, and does not say when.',
  },
  seen: {
    dryRun: 'A dry run lists what would be deleted.',
    runs: 'Each run says what it freed.',
    storage: 'The size of the registry’s storage, before and after.',
    usage: 'The usage that the product shows, some time later.',
  },
  cautions: {
    readOnly:
      'Nothing must be pushed meanwhile: layers that were uploaded but not referenced yet would be deleted. Stop the registry, or set it to read-only.',
    allInstances: 'This applies to every instance on the same storage.',
    restart:
      'Restart it afterwards: a registry with a cache in memory still believes it has layers that are gone, and the next push leaves them out.',
    untaggedChildren:
      'Do not use “--delete-untagged” with version 2 (registry:2): it deletes the platforms of tagged multi-platform images, which then cannot be pulled. Version 3 keeps them.',
    untaggedReferrers:
      '“--delete-untagged” also deletes signatures, SBOMs and attestations that have no tag of their own.',
    recentStays: 'What was pushed within the last two hours stays.',
    dayStays: 'What was deleted within the last day stays, unless it is set otherwise.',
    administrator: 'Only its administrators can do this.',
  },
};
