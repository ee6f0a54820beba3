import type { CollectPlan, LocalRegistryUsage } from '../../common/collection.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';

/** Garbage collection of the embedded registry, whether this process runs it, another one or none. */
export interface CollectionsService {
  /** What its folder takes on the disk, and for what: looks at every file. */
  usage(options?: CallOptions): Promise<LocalRegistryUsage>;
  /**
   * What a collection would take; touches nothing. What goes is gone for good: it cannot be taken back.
   *
   * @param options `untagged`: manifests without a tag go as well, with what they alone hold
   * @throws ServiceError `busy` where another program holds its folder
   */
  planFor(registry: RegistryHandle, options: CallOptions & { untagged: boolean }): Promise<CollectPlan>;
}
