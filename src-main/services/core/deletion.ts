import type { DeletionPlan } from '../../common/deletion.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';

export interface DeletionOptions extends CallOptions {
  /** Manifests that go with all their tags. */
  digests?: readonly string[];
  /** What is attached to what goes is deleted with it. */
  attached?: boolean;
  /** Tags that must stay whole: those whose deletion would take one of them along stay with them. */
  kept?: readonly string[];
}

export interface DeletionService {
  /** What would go; touches nothing. Kept for 15 minutes. */
  planFor(
    registry: RegistryHandle,
    repository: string,
    tags: readonly string[],
    options?: DeletionOptions,
  ): Promise<DeletionPlan>;
}
