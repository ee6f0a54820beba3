import { randomUUID } from 'node:crypto';
import type { DeletionPlan } from '../common/deletion.ts';
import type { DeleteStep, DeletionPlanData } from '../engine/index.ts';
import type { DeletionOptions, DeletionService } from './core.ts';
import { lookAgain } from './deletion-look.ts';
import { planSparing } from './deletion-spared.ts';
import { ServiceError } from './errors.ts';
import { failureOf } from './failure.ts';
import type { Operations } from './operations/index.ts';
import type { Step } from './operations/rows.ts';
import { Plans } from './plans.ts';
import type { Registries } from './registries/index.ts';
import type { CallOptions, RegistryHandle } from './types.ts';

interface Planned {
  plan: DeletionPlan;
  data: DeletionPlanData;
  registry: RegistryHandle;
  /** When its look at the registry began, by `performance.now()`. */
  looked: number;
}

export class Deletion implements DeletionService {
  readonly #operations: Operations;
  readonly #registries: Registries;
  readonly #plans: Plans<Planned>;
  readonly #now: () => Date;

  constructor(options: { operations: Operations; registries: Registries; now: () => Date }) {
    this.#operations = options.operations;
    this.#registries = options.registries;
    this.#now = options.now;
    this.#plans = new Plans(options.now);
  }

  async planFor(
    registry: RegistryHandle,
    repository: string,
    tags: readonly string[],
    { digests = [], attached = false, kept = [], signal }: DeletionOptions = {},
  ): Promise<DeletionPlan> {
    if (registry.readOnly) throw new ServiceError('readOnly');
    if (tags.length + digests.length === 0)
      throw new ServiceError('invalidInput', 'There is nothing to delete.');
    const looked = performance.now();
    const request = { tags, digests, attached };
    const { data, spared } = await planSparing(registry, repository, request, new Set(kept), signal);
    const plan: DeletionPlan = {
      id: randomUUID(),
      place: { ...registry.place, repository },
      asked: [...data.asked],
      tagsAlone: data.tagsAlone.map((alone) => ({ ...alone, siblings: [...alone.siblings] })),
      aloneBy: data.aloneBy,
      manifests: data.manifests.map((manifest) => ({
        digest: manifest.digest,
        tags: [...manifest.tags],
        indexes: manifest.indexes.map((index) => ({ ...index, tags: [...index.tags] })),
        referrers: [...manifest.referrers],
      })),
      alsoRemoved: [...data.alsoRemoved],
      attached: { ...data.attached, tags: [...data.attached.tags] },
      blocked: data.blocked.map(({ tag, error }) => ({ tag, failure: failureOf(error) })),
      spared,
      unseen: [...data.unseen],
      unread: [...data.unread],
      needsConsent: data.needsConsent,
      bytesFreed: data.bytesFreed,
      bytesInChildren: data.bytesInChildren,
      bytesAtMost: data.bytesAtMost,
      countsPulls: data.countsPulls,
      refilled: data.refilled,
      garbageCollection: data.garbageCollection,
      made: this.#now().toISOString(),
    };
    this.#plans.keep(plan.id, { plan, data, registry, looked });
    return plan;
  }

  async start(
    planId: string,
    consent: boolean,
    { signal }: CallOptions = {},
  ): Promise<{ operationId: string }> {
    const known = this.#plans.get(planId);
    if (known.plan.needsConsent && !consent) throw new ServiceError('consentNeeded');
    const { plan, data } = this.#plans.take(planId);
    const registry = await this.#registries.fresh(known.registry);
    if (registry.readOnly) throw new ServiceError('readOnly');
    const looked = await lookAgain(registry, data, known.looked, { signal });
    return this.#operations.start({
      subject: {
        kind: 'delete',
        place: plan.place,
        tags: [
          ...new Set([
            ...plan.tagsAlone.map(({ tag }) => tag),
            ...plan.manifests.flatMap(({ tags }) => tags),
          ]),
        ],
        manifests: plan.manifests.map(({ digest }) => digest),
      },
      steps: stepsOf(data.steps),
      handles: [registry],
      looked,
    });
  }
}

/** As they are journalled: what stays of a digest stands with the first tag of it that goes. */
function stepsOf(steps: readonly DeleteStep[]): Step[] {
  const told = new Set<string>();
  return steps.map((step) => {
    if (step.kind === 'deleteManifest') {
      const { takes, ...whole } = step;
      const kept = takes?.map(({ digest, tags }) => ({ digest, tags: [...tags] }));
      return { ...whole, tags: [...step.tags], ...(kept ? { takes: kept } : {}) };
    }
    const { siblings, ...alone } = step;
    if (!siblings || told.has(step.digest)) return alone;
    told.add(step.digest);
    return { ...alone, siblings: [...siblings] };
  });
}
