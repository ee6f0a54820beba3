/** Settings of a registry's own configuration that advice is given on. */
export const ADVISED_SETTINGS = [
  'deletion',
  'uploadPurging',
  'pullThroughCache',
  'notifications',
  'debugPort',
  'zotCollection',
  'zotRetention',
  'zotScrub',
  'zotSearch',
  'packageCleanup',
  'packageRules',
] as const;
export type AdvisedSettingName = (typeof ADVISED_SETTINGS)[number];

/** Whether a setting is on, as far as the registry shows it. */
export const SETTING_STATES = ['on', 'off', 'unknown'] as const;
export type SettingState = (typeof SETTING_STATES)[number];

/** What a registry says of itself in numbers. */
export const STATISTICS = [
  'projects',
  'privateProjects',
  'publicProjects',
  'repositories',
  'privateRepositories',
  'publicRepositories',
  'storageUsed',
  'storageTotal',
  'storageFree',
  'rateLimit',
  'rateRemaining',
  'requests',
  'memoryUsed',
  'cacheRequests',
  'cacheHits',
  'cachePulled',
] as const;
export type Statistic = (typeof STATISTICS)[number];

/** How registries mark public images: their own, those of publishers they know, those of open-source projects they support. */
export const PUBLIC_MARKS = ['official', 'verified', 'sponsored'] as const;
