import type { DeletionPlan, DeletionPlanning, DeletionSummary } from '../../common/deletion.ts';
import type { RenamePlan } from '../../common/renaming.ts';
import { attachedKindOf, type DeleteStep, type DeletionPlanData } from '../../engine/index.ts';
import type { DeletionOptions, DeletionService, Reporting } from '../core/deletion.ts';
import { ServiceError } from '../errors.ts';
import { failureOf } from '../failure.ts';
import type { Plans } from '../operations/plans.ts';
import { telling } from '../telling.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import { basisOf } from './look.ts';
import { planRename } from './rename.ts';
import { planSparing } from './spared.ts';
import type { DeletionStep } from './step.ts';

export class Deletion implements DeletionService {
  readonly #plans: Plans;

  constructor(plans: Plans) {
    this.#plans = plans;
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
    const planned = performance.now();
    const request = { tags, digests, attached, whole };
    const { data, spared } = await planSparing(registry, repository, request, new Set(kept), {
      signal,
      report,
    });
    const gone = [
      ...data.tagsAlone.map(({ tag }) => tag),
      ...data.manifests.flatMap((manifest) => manifest.tags),
    ];
    const subject: DeletionPlan['subject'] = {
      kind: 'delete',
      place: { ...registry.place, repository },
      tags: [...new Set(gone)],
      manifests: data.manifests.map(({ digest }) => digest),
    };
    return await this.#plans.keep({
      kind: 'delete',
      subject,
      summary: summaryOf(data, spared),
      needsConsent: data.needsConsent,
      states: ['tag', 'manifest'],
      items: stepsOf(data.steps).map((step) => ({
        item: step,
        state: step.kind === 'deleteTag' ? 'tag' : 'manifest',
        acts: true,
      })),
      basis: basisOf(data),
      prepared: { data, planned },
      registries: { reads: [], changes: [registry] },
    });
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

function summaryOf(data: DeletionPlanData, spared: DeletionSummary['spared']): DeletionSummary {
  return {
    asked: [...data.asked],
    tagsAlone: data.tagsAlone.map((alone) => ({ ...alone, siblings: [...alone.siblings] })),
    aloneBy: data.aloneBy,
    manifests: data.manifests.map((manifest) => ({
      digest: manifest.digest,
      tags: [...manifest.tags],
      indexes: manifest.indexes.map((index) => ({ ...index, tags: [...index.tags] })),
      referrers: manifest.referrers.map((one) => ({ ...one, kind: attachedKindOf(one.artifactType) })),
      ...(manifest.bytes && { bytes: manifest.bytes }),
    })),
    alsoRemoved: [...data.alsoRemoved],
    attached: { ...data.attached, tags: [...data.attached.tags] },
    blocked: data.blocked.map(({ tag, error }) => ({ tag, failure: failureOf(error) })),
    spared,
    whole: data.request.whole === true,
    leftOut: data.leftOut.map(({ digest, tags, siblings }) => ({
      digest,
      tags: [...tags],
      siblings: [...siblings],
    })),
    staying: data.staying,
    unseen: [...data.unseen],
    unread: [...data.unread],
    bytesFreed: data.bytesFreed,
    bytesInChildren: data.bytesInChildren,
    bytesAtMost: data.bytesAtMost,
    countsPulls: data.countsPulls,
    refilled: data.refilled,
    garbageCollection: data.garbageCollection,
  };
}

/** As they are journalled: what stays of a digest is noted with the first tag of it that goes. */
function stepsOf(steps: readonly DeleteStep[]): DeletionStep[] {
  const named = new Set<string>();
  return steps.map((step) => {
    if (step.kind === 'deleteManifest') {
      const { takes, ...whole } = step;
      const kept = takes?.map(({ digest, tags }) => ({ digest, tags: [...tags] }));
      return { ...whole, tags: [...step.tags], ...(kept ? { takes: kept } : {}) };
    }
    const { siblings, ...alone } = step;
    if (!siblings || named.has(step.digest)) return alone;
    named.add(step.digest);
    return { ...alone, siblings: [...siblings] };
  });
}
