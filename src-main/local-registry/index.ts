export { withCollector } from './folder-collector.ts';
export type {
  AccessNeed,
  Fault,
  LocalRegistry,
  LocalRegistryOptions,
  RegistryAuth,
  RegistryLimits,
  SeenRequest,
} from './options.ts';
export { startLocalRegistry } from './registry.ts';
export type { SampleSet } from './samples/sample-set.ts';
export { seedSamples } from './samples/seed.ts';
export type {
  Amount,
  Collected,
  CollectionOptions,
  CollectionPlan,
  CollectionProgress,
  CollectionService,
  Kept,
  RegistryUsage,
} from './storage/collection/types.ts';
export { servesFolder } from './storage/identity.ts';
export type { SeedEntry } from './storage/seed.ts';
