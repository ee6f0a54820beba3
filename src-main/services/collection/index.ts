import type { CollectItem, CollectPlan } from '../../common/collection.ts';
import { COLLECT_STATES } from '../../common/collection.ts';
import type { NewPlanItem } from '../../data/index.ts';
import type { CollectionPlan } from '../../local-registry/index.ts';
import type { CollectionsService } from '../core/collections.ts';
import { ServiceError } from '../errors.ts';
import type { Plans } from '../operations/plans.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import type { Collecting } from './kind.ts';

/** Plans garbage collections of the embedded registry. */
export class Collections implements CollectionsService {
  readonly #plans: Plans;
  readonly #collecting: Collecting;

  constructor(plans: Plans, collecting: Collecting) {
    this.#plans = plans;
    this.#collecting = collecting;
  }

  usage({ signal }: CallOptions = {}) {
    return this.#collecting((collector) => collector.usage({ signal }));
  }

  async planFor(
    registry: RegistryHandle,
    { untagged, signal }: CallOptions & { untagged: boolean },
  ): Promise<CollectPlan> {
    if (registry.readOnly) throw new ServiceError('readOnly');
    const found = await this.#collecting((collector) => collector.plan({ untagged, signal }));
    const { manifests, blobs, uploads, drafts, bytes, kept } = found;
    return await this.#plans.keep({
      kind: 'collect',
      subject: {
        kind: 'collect',
        place: registry.place,
        untagged,
        manifests: manifests.length,
        files: blobs.length + uploads.length + drafts.length,
        bytes,
      },
      summary: { blobs: sum(blobs), uploads: sum(uploads), drafts: sum(drafts), bytes, kept },
      needsConsent: false,
      states: COLLECT_STATES,
      items: itemsOf(found),
      registries: { reads: [], changes: [registry] },
    });
  }
}

/** The lines that act are the manifests and the one that sums up the rest. */
function* itemsOf({ manifests, blobs, uploads, drafts, bytes }: CollectionPlan): Generator<NewPlanItem> {
  const line = (item: Omit<CollectItem, 'number'>, acts: boolean): NewPlanItem => ({
    item,
    state: item.state,
    acts,
  });
  for (const manifest of manifests) yield line({ state: 'manifest', ...manifest }, true);
  if (manifests.length + blobs.length + uploads.length + drafts.length === 0) return;
  yield line({ state: 'unused', size: bytes }, true);
  for (const blob of blobs) yield line({ state: 'blob', ...blob }, false);
  for (const upload of uploads) yield line({ state: 'upload', ...upload }, false);
  for (const draft of drafts) yield line({ state: 'draft', ...draft }, false);
}

function sum(sized: readonly { size: number }[]): { count: number; bytes: number } {
  return { count: sized.length, bytes: sized.reduce((total, { size }) => total + size, 0) };
}
