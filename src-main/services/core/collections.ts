import type { CollectPlan, LocalRegistryUsage } from '../../common/collection.ts';
import type { CollectionFacts, CollectionOutput } from '../../common/collection-facts.ts';
import type { RemoteCollectPlan, RemoteRun } from '../../common/collection-remote.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';

/** Garbage collection: of the embedded registry, whether this process runs it, another one or none, and what others say of theirs. */
export interface CollectionsService {
  /** What brings back the bytes of what is deleted there. @throws RegistryError where the registry does not answer */
  facts(registry: RegistryHandle, options?: CallOptions): Promise<CollectionFacts>;
  /** The latest runs of a registry that collects by its API. @throws ServiceError `unsupported`; RegistryError `denied` */
  remoteRuns(registry: RegistryHandle, options?: CallOptions): Promise<RemoteRun[]>;
  /**
   * What such a collection would take, by a dry run that the registry makes now: its administrators may ask for that. What goes is gone
   * for good.
   *
   * @throws ServiceError `unsupported`, `readOnly`; RegistryError
   */
  planRemote(
    registry: RegistryHandle,
    options: CallOptions & { untagged: boolean },
  ): Promise<RemoteCollectPlan>;
  /**
   * What a collection would free that somebody runs on the registry's host, by what its dry run has printed.
   *
   * @param registry as `registryKey` names it
   * @throws ServiceError `invalidInput` where it is no such output
   */
  readOutput(registry: string, output: string, options?: CallOptions): Promise<CollectionOutput>;
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
