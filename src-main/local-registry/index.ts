export type {
  AccessNeed,
  Fault,
  FaultMatch,
  LocalRegistry,
  LocalRegistryOptions,
  RegistryAuth,
  RegistryLimits,
  SeenRequest,
} from './options.ts';
export { startLocalRegistry } from './registry.ts';
export type { Sample, SampleSet } from './samples/sample-set.ts';
export { seedSamples } from './samples/seed.ts';
export type { RegistryStorage, SeedEntry } from './storage/storage.ts';
