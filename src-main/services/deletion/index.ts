import type {
  DeleteManyPlan,
  DeleteManyPlanning,
  DeletionPlan,
  DeletionPlanning,
} from '../../common/deletion.ts';
import type { RenamePlan } from '../../common/renaming.ts';
import type { Inventory } from '../../data/index.ts';
import type {
  DeletionOptions,
  DeletionService,
  DoomedRepository,
  ManyOptions,
  Reporting,
  WholeRepositories,
} from '../core/deletion.ts';
import { ServiceError } from '../errors.ts';
import type { Plans } from '../operations/plans.ts';
import { telling } from '../telling.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import { freedWithout } from './freed.ts';
import { basisOf } from './look.ts';
import { planMany } from './many.ts';
import { planRename } from './rename.ts';
import { planSparing } from './spared.ts';
import { DELETION_STATES, stateOf, stepsOf } from './steps.ts';
import { goneTags, summaryOf } from './summary.ts';
import { wholeRepositories } from './whole.ts';

export class Deletion implements DeletionService {
  readonly #plans: Plans;
  readonly #inventory: Inventory;

  constructor(plans: Plans, inventory: Inventory) {
    this.#plans = plans;
    this.#inventory = inventory;
  }

  async planFor(
    registry: RegistryHandle,
    repository: string,
    tags: readonly string[],
    { digests = [], attached = false, whole = false, kept = [], signal, report }: DeletionOptions = {},
  ): Promise<DeletionPlan> {
    if (registry.readOnly) throw new ServiceError('readOnly');
    if (tags.length + digests.length === 0)
      throw new ServiceError('invalidInput', 'There is nothing to delete.');
    const request = { tags, digests, attached, whole };
    const planned = performance.now();
    const found = await planSparing(registry, repository, request, new Set(kept), { signal, report });
    const { data } = found;
    const tagsGone = goneTags(data);
    const inRegistry = await freedWithout(this.#inventory, registry, [{ repository, tags: tagsGone }], {
      signal,
    });
    return await this.#plans.keep({
      kind: 'delete',
      subject: {
        kind: 'delete',
        place: { ...registry.place, repository },
        tags: tagsGone,
        manifests: data.manifests.map(({ digest }) => digest),
      },
      summary: summaryOf(found, inRegistry),
      needsConsent: data.needsConsent,
      states: DELETION_STATES,
      items: stepsOf(data.steps).map((step) => ({ item: step, state: stateOf(step), acts: true })),
      basis: basisOf(data),
      prepared: { data, planned },
      registries: { reads: [], changes: [registry] },
    });
  }

  async planMany(
    registry: RegistryHandle,
    doomed: readonly DoomedRepository[],
    options: ManyOptions = {},
  ): Promise<DeleteManyPlan> {
    if (registry.readOnly) throw new ServiceError('readOnly');
    const { repositories, aloneBy, countsPulls, garbageCollection, inRegistry, ...planned } = await planMany(
      registry,
      doomed,
      this.#inventory,
      options,
    );
    const sum = (count: 'tags' | 'manifests') => repositories.reduce((all, one) => all + one[count], 0);
    return await this.#plans.keep({
      ...planned,
      kind: 'deleteMany',
      subject: {
        kind: 'deleteMany',
        place: registry.place,
        repositories: repositories
          .filter(({ tags, manifests }) => tags + manifests > 0)
          .map(({ repository }) => repository),
        tags: sum('tags'),
        manifests: sum('manifests'),
      },
      summary: { repositories, aloneBy, countsPulls, garbageCollection, ...(inRegistry && { inRegistry }) },
    });
  }

  async planRepositories(
    registry: RegistryHandle,
    which: WholeRepositories,
    options: ManyOptions = {},
  ): Promise<DeleteManyPlan> {
    return await this.planMany(registry, await wholeRepositories(registry, which, options), options);
  }

  planningMany(
    registry: RegistryHandle,
    doomed: readonly DoomedRepository[],
    options: Omit<ManyOptions, 'report'> = {},
  ): AsyncGenerator<DeleteManyPlanning, void, void> {
    return tellingMany(options, (telling) => this.planMany(registry, doomed, telling));
  }

  planningRepositories(
    registry: RegistryHandle,
    which: WholeRepositories,
    options: Omit<ManyOptions, 'report'> = {},
  ): AsyncGenerator<DeleteManyPlanning, void, void> {
    return tellingMany(options, (telling) => this.planRepositories(registry, which, telling));
  }

  async planRename(
    registry: RegistryHandle,
    repository: string,
    { from, to, signal }: CallOptions & { from: string; to: string },
  ): Promise<RenamePlan> {
    return await this.#plans.keep(await planRename(registry, { repository, from, to }, { signal }));
  }

  async *planning(
    registry: RegistryHandle,
    repository: string,
    tags: readonly string[],
    { signal, ...options }: Omit<DeletionOptions, 'report'> = {},
  ): AsyncGenerator<DeletionPlanning, void, void> {
    let looking: Extract<DeletionPlanning, { kind: 'looking' }> | undefined;
    const report: Reporting = (at) => (done, total) => {
      looking = { kind: 'looking', at, seen: { done, total } };
    };
    const plan = yield* telling(
      (stop) => this.planFor(registry, repository, tags, { ...options, signal: stop, report }),
      () => looking,
      signal,
    );
    yield { kind: 'plan', plan };
  }
}

async function* tellingMany(
  { signal, ...options }: Omit<ManyOptions, 'report'>,
  planning: (options: ManyOptions) => Promise<DeleteManyPlan>,
): AsyncGenerator<DeleteManyPlanning, void, void> {
  let looking: Extract<DeleteManyPlanning, { kind: 'looking' }> | undefined;
  const report = (done: number, total: number) => {
    looking = { kind: 'looking', repositories: { done, total } };
  };
  const plan = yield* telling(
    (stop) => planning({ ...options, signal: stop, report }),
    () => looking,
    signal,
  );
  yield { kind: 'plan', plan };
}
