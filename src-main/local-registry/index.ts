import type { LocalRegistry } from './options.ts';
import type { SampleSet } from './samples/sample-set.ts';

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
export type { RegistryStorage, SeedEntry } from './storage/storage.ts';

/** Pushes the sample images into storage, the same on every machine; returns what was made. Safe to repeat. */
export declare function seedSamples(registry: LocalRegistry): Promise<SampleSet>;
