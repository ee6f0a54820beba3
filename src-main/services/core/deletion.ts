import type {
  DeleteManyPlan,
  DeleteManyPlanning,
  DeletionPlan,
  DeletionPlanning,
} from '../../common/deletion.ts';
import type { RenamePlan } from '../../common/renaming.ts';
import type { PlanningPhase, Report } from '../../engine/index.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';

export type Reporting = (phase: PlanningPhase) => Report;

export interface DeletionOptions extends CallOptions {
  /** Manifests that go with all their tags. */
  digests?: readonly string[];
  /** What is attached to what goes is deleted with it: to all of it, or to these digests. */
  attached?: boolean | readonly string[];
  /** Tags of images that have a tag beside these are left out. */
  whole?: boolean;
  /** Of each phase of planning how far it is. */
  report?: Reporting;
  /** Tags that must stay whole: those whose deletion would take one of them along stay with them. */
  kept?: readonly string[];
}

/** What is to be deleted of one repository among several. */
export interface DoomedRepository {
  repository: string;
  /** Each with why it goes, where the caller has a reason: it is kept with the line and with the step. */
  tags: readonly { tag: string; reason?: string }[];
  /** Manifests, each with all its tags. */
  digests?: readonly { digest: string; reason?: string }[];
  /** Tags that must stay whole: what would take one along, or break one, stays with it and is reported. */
  kept?: Iterable<string>;
}

export interface ManyOptions extends CallOptions {
  /** What is attached to what goes is deleted with it. */
  attached?: boolean;
  /** Repositories that are planned, of all. */
  report?: Report | undefined;
}

/** Repositories with all their tags. */
export interface WholeRepositories {
  repositories?: readonly string[];
  /** All repositories below these, without the slash at the end. */
  namespaces?: readonly string[];
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

  /** What would go of several repositories of a registry, as one operation; touches nothing. Kept for 15 minutes. */
  planMany(
    registry: RegistryHandle,
    doomed: readonly DoomedRepository[],
    options?: ManyOptions,
  ): Promise<DeleteManyPlan>;

  /** The same, telling on the way how far it is; ends with the plan. Whoever stops listening ends it. */
  planningMany(
    registry: RegistryHandle,
    doomed: readonly DoomedRepository[],
    options?: Omit<ManyOptions, 'report'>,
  ): AsyncGenerator<DeleteManyPlanning, void, void>;

  /** All tags of whole repositories, as they are listed now. @throws RegistryError `notFound` for a namespace without any */
  planRepositories(
    registry: RegistryHandle,
    which: WholeRepositories,
    options?: ManyOptions,
  ): Promise<DeleteManyPlan>;

  /** The same, telling on the way how far it is. Whoever stops listening ends it. */
  planningRepositories(
    registry: RegistryHandle,
    which: WholeRepositories,
    options?: Omit<ManyOptions, 'report'>,
  ): AsyncGenerator<DeleteManyPlanning, void, void>;

  /** A tag would get another name; touches nothing. Kept for 15 minutes. */
  planRename(
    registry: RegistryHandle,
    repository: string,
    options: CallOptions & { from: string; to: string },
  ): Promise<RenamePlan>;
}
