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
  look: 'What would go (changes nothing):',
  run: 'Run',
  runIt: 'Run it, once nothing is pushed any more:',
  copy: 'Copy the command',
  namesHelp:
    'The container, service or deployment is called “registry” here, and the configuration lies where the product’s own image has it: put your names in.',
  output: 'What its dry run printed',
  outputHelp:
    'Paste the output of the first command, or open it as a file: here it is weighed with what is known of the registry. It stays on this machine.',
  openFile: 'Open a file…',
  tooLarge: 'It is larger than 16 MB: use wharfinger gc HOST --read FILE for a part of it.',
  pasteFirst: 'Paste the output first',
  weigh: 'See what it would free',
  weighed: 'What it would free',
  ran: 'This was no dry run: what it names is gone.',
  notWhole: 'Its last lines are missing: more may go than it says.',
  needed_one:
    '{{formatted}} part of it is needed by tags, as far as the registry was scanned. Do not run it before you know why.',
  needed_other:
    '{{formatted}} parts of it are needed by tags, as far as the registry was scanned. Do not run it before you know why.',
  neededTitle: 'Needed by tags',
  wouldFree: 'Would free',
  freed: 'Freed',
  blobs: 'Blobs',
  manifests: 'Manifests',
  unknownSize: 'Size not known',
  unknownBlobs_one: 'of {{formatted}} blob',
  unknownBlobs_other: 'of {{formatted}} blobs',
  unknownHelp: 'They come on top. What was deleted before the registry was scanned has no size here.',
  largest: 'The largest',
  runs: 'Collections',
  noRuns: 'None has been run yet.',
  when: 'Begun',
  state: 'State',
  states: { waiting: 'Waiting', running: 'Running', done: 'Done', failed: 'Failed', stopped: 'Stopped' },
  isDryRun: '(dry run)',
  unsaid: 'not said',
  untaggedHelp: 'Artifacts that no tag leads to go, with what they alone hold.',
  dryRun: 'Dry run…',
  dryRunHelp: 'The registry looks what would go, and takes nothing. You confirm the collection after it.',
  untaggedGo: 'Artifacts without a tag go, too.',
  estimate:
    'That is an estimate of the registry’s: what other images share, or was pushed within the last two hours, stays.',
  lines: { run: 'The collection', blob: 'Would go' },
  log: 'Log',
  noLog: 'Its log could not be read: what goes is not known one by one.',
  title: 'How the bytes come back',
  seenTitle: 'How it is seen',
  cautionsTitle: 'Before it is run',
  documentation: 'The product’s own description',
  unknown: 'It is not known what this registry does with the bytes of what was deleted.',
  steps: {
    localCollection:
      'Wharfinger collects what no image needs when you ask for it, while pushes and pulls go on.',
    garbageCollect:
      'Who administers the registry’s host runs “registry garbage-collect”. Until then the bytes stay on the disk.',
    harborCollection:
      'Harbor’s garbage collection, by its schedule or when it is started; pushes and pulls go on.',
    nexusUnused: 'The task “Docker - Delete unused manifests and images” of Nexus.',
    nexusCompact: 'After it the task “Admin - Compact blob store”: that gives the bytes back.',
    gitlabOnline: 'With GitLab’s metadata database (as on GitLab.com): by itself, about a day later.',
    gitlabCommand: 'Without it: “gitlab-ctl registry-garbage-collect” on GitLab’s host.',
    quayTimeMachine:
      'Quay keeps deleted tags for its time machine: two weeks, unless the organization has set another time.',
    quayWorker: 'After that its worker removes what nothing needs, by itself.',
    artifactoryCollection: 'Artifactory’s garbage collection: every four hours, unless it is set otherwise.',
    giteaCleanup: 'Gitea’s cron job “Cleanup expired packages”: at midnight, unless it is set otherwise.',
    zotCollection:
      'zot’s garbage collector, by itself: an hour after the deletion, unless it is set otherwise.',
    provider: 'The provider removes what nothing needs, by itself. When, it does not say.',
  },
  seen: {
    dryRun: 'A dry run names what would go.',
    runs: 'Each run says what it has freed.',
    storage: 'The size of the registry’s storage, before and after.',
    usage: 'The usage that the product shows, some time later.',
  },
  cautions: {
    readOnly:
      'Nothing may be pushed meanwhile: layers that a push has sent and not named yet would go. Stop the registry, or set it to read only.',
    allInstances: 'That is so for every instance on the same storage.',
    restart:
      'Start it again afterwards: a registry that keeps a cache in memory still believes in layers that are gone, and the next push leaves them out.',
    untaggedChildren:
      'Leave “--delete-untagged” away with version 2 (registry:2): it takes the platforms of multi-platform images that have a tag, which cannot be pulled after that. Version 3 keeps them.',
    untaggedReferrers:
      '“--delete-untagged” also takes signatures, SBOMs and attestations that have no tag of their own.',
    recentStays: 'What was pushed within the last two hours stays.',
    dayStays: 'What was deleted within the last day stays, unless it is set otherwise.',
    administrator: 'Only its administrators may.',
  },
};
