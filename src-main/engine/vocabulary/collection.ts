/** When deleted content frees its bytes: by a run while stopped, by a run while serving, by itself. */
export const GARBAGE_COLLECTIONS = ['offline', 'online', 'automatic', 'unknown'] as const;
export type GarbageCollection = (typeof GARBAGE_COLLECTIONS)[number];

/** How this app helps: it runs the collection by an API, writes the commands for who is on the registry's host, or can only say what happens. */
export const COLLECTION_WAYS = ['api', 'commands', 'none'] as const;
export type CollectionWay = (typeof COLLECTION_WAYS)[number];

/** What brings back the bytes of what was deleted: one after the other where a product needs several. */
export const COLLECTION_STEPS = [
  /** The embedded registry's, which this app runs. */
  'localCollection',
  /** `registry garbage-collect`, by who administers the host. */
  'garbageCollect',
  /** Harbor's, by hand or by its schedule. */
  'harborCollection',
  /** Nexus' task "Docker - Delete unused manifests and images". */
  'nexusUnused',
  /** Nexus' task "Admin - Compact blob store". */
  'nexusCompact',
  /** GitLab with its metadata database, as on GitLab.com: by itself, a day later. */
  'gitlabOnline',
  /** GitLab without it: `gitlab-ctl registry-garbage-collect`. */
  'gitlabCommand',
  /** Quay keeps deleted tags for its time machine. */
  'quayTimeMachine',
  /** Quay's worker, soon after. */
  'quayWorker',
  /** Artifactory's, every four hours unless it is set otherwise. */
  'artifactoryCollection',
  /** Gitea's cron job for packages, at midnight. */
  'giteaCleanup',
  /** zot's, an hour after the deletion unless it is set otherwise. */
  'zotCollection',
  /** The provider's own business. */
  'provider',
] as const;
export type CollectionStep = (typeof COLLECTION_STEPS)[number];

/** How a registry is run on its host. */
export const COLLECTION_FORMS = ['docker', 'compose', 'kubernetes', 'systemd'] as const;
export type CollectionForm = (typeof COLLECTION_FORMS)[number];

/** How a collection stands that a product runs itself. */
export const COLLECTION_RUN_STATES = ['waiting', 'running', 'done', 'failed', 'stopped'] as const;
export type CollectionRunState = (typeof COLLECTION_RUN_STATES)[number];

/** Where it is seen that bytes came back, or which would. */
export const COLLECTION_SIGHTS = [
  /** A dry run names what would go. */
  'dryRun',
  /** Each run says what it has freed. */
  'runs',
  /** The size of its storage, before and after. */
  'storage',
  /** The usage that the product shows, some time later. */
  'usage',
] as const;
export type CollectionSight = (typeof COLLECTION_SIGHTS)[number];

/** What to know before a collection is run. */
export const COLLECTION_CAUTIONS = [
  /** Nothing may be pushed meanwhile: what a push has sent and not named yet goes. */
  'readOnly',
  /** All its instances on the same storage stand still, or read only. */
  'allInstances',
  /** It believes in layers that are gone until it is started again. */
  'restart',
  /** `--delete-untagged` of distribution 2 takes the images of indexes that have a tag. */
  'untaggedChildren',
  /** `--delete-untagged` takes signatures, SBOMs and attestations that have no tag, of either version. */
  'untaggedReferrers',
  /** What was pushed within the last two hours stays. */
  'recentStays',
  /** What was deleted within the last day stays. */
  'dayStays',
  /** Only its administrators may. */
  'administrator',
] as const;
export type CollectionCaution = (typeof COLLECTION_CAUTIONS)[number];
