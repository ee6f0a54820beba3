import { randomUUID } from 'node:crypto';
import { type DeleteStep, type DeletionPlanData, planDeletion, RegistryError } from '../engine/index.ts';
import type { DeletionService } from './core.ts';
import { ServiceError } from './errors.ts';
import type { Operations } from './operations/index.ts';
import type { Step } from './operations/rows.ts';
import { Plans } from './plans.ts';
import { placeOf, type Registries } from './registries.ts';
import type { CallOptions, DeletionPlan, RegistryHandle } from './types.ts';

interface Planned {
  plan: DeletionPlan;
  data: DeletionPlanData;
  registry: RegistryHandle;
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
    { signal }: CallOptions = {},
  ): Promise<DeletionPlan> {
    if (registry.readOnly) throw new ServiceError('readOnly');
    if (tags.length === 0) throw new ServiceError('invalidInput', 'There is no tag to delete.');
    const data = await planDeletion(registry.client, registry.reader, repository, tags, { signal });
    const plan: DeletionPlan = {
      id: randomUUID(),
      place: placeOf(registry, repository),
      asked: [...data.asked],
      tagsAlone: data.tagsAlone.map((alone) => ({ ...alone, siblings: [...alone.siblings] })),
      manifests: data.manifests.map((manifest) => ({
        digest: manifest.digest,
        tags: [...manifest.tags],
        indexes: manifest.indexes.map((index) => ({ ...index, tags: [...index.tags] })),
        referrers: [...manifest.referrers],
      })),
      alsoRemoved: [...data.alsoRemoved],
      needsConsent: data.needsConsent,
      bytesFreed: data.bytesFreed,
      garbageCollection: data.garbageCollection,
      made: this.#now().toISOString(),
    };
    this.#plans.keep(plan.id, { plan, data, registry });
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
    await this.#refuseIfMoved(registry, data, signal);
    return this.#operations.start({
      subject: {
        kind: 'delete',
        place: plan.place,
        tags: [...new Set([...plan.asked, ...plan.alsoRemoved])],
        manifests: plan.manifests.map(({ digest }) => digest),
      },
      steps: data.steps.map(stepOf),
      handles: [registry],
    });
  }

  /**
   * Plans once more and compares. Looking at the asked tags alone would not do: a tag put on a doomed digest meanwhile would
   * go with it, unseen by whoever confirmed.
   */
  async #refuseIfMoved(
    registry: RegistryHandle,
    data: DeletionPlanData,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    let again: DeletionPlanData;
    try {
      again = await planDeletion(registry.client, registry.reader, data.repository, data.asked, { signal });
    } catch (error) {
      if (!(error instanceof RegistryError && error.code === 'notFound')) throw error;
      throw new ServiceError('planStale', error.reason, { cause: error });
    }
    if (consequences(again) !== consequences(data)) throw new ServiceError('planStale');
  }
}

function stepOf(step: DeleteStep): Step {
  if (step.kind === 'deleteManifest') return { ...step, tags: [...step.tags] };
  const { siblings, ...alone } = step;
  return siblings ? { ...alone, siblings: [...siblings] } : alone;
}

/** What the user confirmed, in a form that does not depend on the order a registry lists things in. */
function consequences(plan: DeletionPlanData): string {
  const sorted = (texts: readonly string[]) => [...texts].sort();
  const lines = [
    ...plan.tagsAlone.map(({ tag, digest }) => JSON.stringify(['tag', tag, digest])),
    ...plan.manifests.map(({ digest, tags, indexes, referrers }) =>
      JSON.stringify([
        'manifest',
        digest,
        sorted(tags),
        sorted(indexes.map((index) => index.digest)),
        sorted(referrers.map((referrer) => referrer.digest)),
      ]),
    ),
    ...plan.alsoRemoved.map((tag) => JSON.stringify(['also', tag])),
  ];
  return lines.sort().join('\n');
}
