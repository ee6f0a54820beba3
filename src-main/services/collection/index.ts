import type { CollectItem, CollectPlan } from '../../common/collection.ts';
import { COLLECT_STATES } from '../../common/collection.ts';
import type { CollectionFacts, CollectionOutput } from '../../common/collection-facts.ts';
import {
  REMOTE_COLLECT_STATES,
  type RemoteCollectPlan,
  type RemoteRun,
} from '../../common/collection-remote.ts';
import type { Inventory, NewPlanItem } from '../../data/index.ts';
import { consequencesOf } from '../../engine/index.ts';
import type { CollectionPlan } from '../../local-registry/index.ts';
import { collectionFactsOf } from '../collection-facts.ts';
import type { CollectionsService } from '../core/collections.ts';
import { ServiceError } from '../errors.ts';
import { endOf, followRun, logIfAny } from '../followed-run.ts';
import type { Plans } from '../operations/plans.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import type { Collecting } from './kind.ts';
import { readOutput, weighOutput } from './output.ts';
import { collectorOf, remoteRunOf } from './remote.ts';

/** Plans garbage collections, and reads what those that run elsewhere say. */
export class Collections implements CollectionsService {
  readonly #plans: Plans;
  readonly #collecting: Collecting;
  readonly #inventory: Inventory;

  constructor(plans: Plans, collecting: Collecting, inventory: Inventory) {
    this.#plans = plans;
    this.#collecting = collecting;
    this.#inventory = inventory;
  }

  readOutput(registry: string, output: string, options: CallOptions = {}): Promise<CollectionOutput> {
    return weighOutput(this.#inventory, registry, output, options);
  }

  async facts({ identification }: RegistryHandle, { signal }: CallOptions = {}): Promise<CollectionFacts> {
    const identified = await identification.registry({ signal });
    return collectionFactsOf(consequencesOf(identified).garbageCollection);
  }

  async remoteRuns(registry: RegistryHandle, { signal }: CallOptions = {}): Promise<RemoteRun[]> {
    const collector = await collectorOf(registry, { signal });
    return (await collector.runs(signal)).map(remoteRunOf);
  }

  async planRemote(
    registry: RegistryHandle,
    { untagged, signal }: CallOptions & { untagged: boolean },
  ): Promise<RemoteCollectPlan> {
    if (registry.readOnly) throw new ServiceError('readOnly');
    const collector = await collectorOf(registry, { signal });
    const run = await followRun(collector, await collector.start({ untagged, dryRun: true }, signal), {
      signal,
    });
    const log = await logIfAny(() => collector.log(run.id, signal));
    const { blobs } = await readOutput(log ?? '', { signal });
    return await this.#plans.keep({
      kind: 'collectRemote',
      subject: {
        kind: 'collectRemote',
        place: registry.place,
        untagged,
        bytes: run.freed?.bytes ?? 0,
      },
      summary: { run: remoteRunOf(run), ...(log !== undefined && { log: endOf(log) }) },
      needsConsent: false,
      states: REMOTE_COLLECT_STATES,
      items: [
        { item: { state: 'run' }, state: 'run', acts: true },
        ...blobs.map((digest) => ({ item: { state: 'blob', digest }, state: 'blob', acts: false })),
      ],
      registries: { reads: [], changes: [registry] },
    });
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
