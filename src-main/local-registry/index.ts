import type { LocalRegistry, LocalRegistryOptions } from './options.ts';
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
export type { Sample, SampleSet } from './samples/sample-set.ts';
export type { RegistryStorage, SeedEntry } from './storage/storage.ts';

/** Starts a registry on 127.0.0.1. @throws if the port or the folder is in use, or the folder can not be written. */
export declare function startLocalRegistry(options: LocalRegistryOptions): Promise<LocalRegistry>;

/** Pushes the sample images into storage, the same on every machine; returns what was made. Safe to repeat. */
export declare function seedSamples(registry: LocalRegistry): Promise<SampleSet>;
