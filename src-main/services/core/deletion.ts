import type { DeletionPlan, DeletionPlanning } from '../../common/deletion.ts';
import type { RenamePlan } from '../../common/renaming.ts';
import type { PlanningPhase, Report } from '../../engine/index.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';

export type Reporting = (phase: PlanningPhase) => Report;

export interface DeletionOptions extends CallOptions {
  /** Manifests that go with all their tags. */
  digests?: readonly string[];
  /** What is attached to what goes is deleted with it. */
  attached?: boolean;
  /** Tags of images that have a tag beside these are left out. */
  whole?: boolean;
  /** Of each phase of planning how far it is. */
  report?: Reporting;
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

  /** The same, telling on the way how far looking is; ends with the plan. Whoever stops listening ends it. */
  planning(
    registry: RegistryHandle,
    repository: string,
    tags: readonly string[],
    options?: Omit<DeletionOptions, 'report'>,
  ): AsyncGenerator<DeletionPlanning, void, void>;

  /** A tag would get another name; touches nothing. Kept for 15 minutes. */
  planRename(
    registry: RegistryHandle,
    repository: string,
    options: CallOptions & { from: string; to: string },
  ): Promise<RenamePlan>;
}
