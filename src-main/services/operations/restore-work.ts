import { accountOf, type Place } from '../../common/place.ts';
import type { SeenPlaces, Trash } from '../../data/index.ts';
import {
  isVouchedFor,
  needsOf,
  putManifest,
  type RawManifest,
  standsFor,
  sweepPlaceholder,
} from '../../engine/index.ts';
import { digestAt } from '../digest-at.ts';
import { ServiceError } from '../errors.ts';
import type { RegistryHandle } from '../types.ts';
import type { Step } from './rows.ts';

export interface RestoreContext {
  /** The repository that is changed. */
  place: Place;
  registry: RegistryHandle;
  /** The deletion that a restoring one takes back. */
  undoes: string | undefined;
  trash: Trash;
  seen: SeenPlaces;
  now: () => Date;
  signal: AbortSignal;
}

/** What a step did, as the journal keeps it. `leftAlone`: a tag points elsewhere by now and was not touched. */
export type StepResult = 'restored' | 'present' | 'leftAlone';

export type RestoreStep = Extract<Step, { kind: 'restore' }>;

/** Does one step of an undo. Doing a finished one again does nothing. */
export async function restore(step: RestoreStep, context: RestoreContext): Promise<StepResult> {
  const { place, registry, signal } = context;
  const manifest = context.trash.get(context.undoes ?? '', step.digest);
  if (!manifest) throw new ServiceError('storageFailed', `${step.digest} is not in the trash any more.`);
  let looked = false;
  const put = async (reference: string) => {
    if (!isVouchedFor(manifest)) throw new ServiceError('trashDamaged', `${step.digest} is damaged.`);
    if (!looked) await refuseIfCollected(manifest, context);
    looked = true;
    return await putManifest(registry.client, place.repository, reference, manifest, { signal });
  };
  if (step.tags.length === 0) {
    if ((await digestAt(registry, place.repository, step.digest, signal)) !== undefined) return 'present';
    await put(step.digest);
    return 'restored';
  }
  const account = accountOf(place);
  const results = new Set<StepResult>();
  const left = new Set<string>();
  for (const tag of step.tags) {
    const now = await digestAt(registry, place.repository, tag, signal);
    // What a deletion that never ended has put there is nothing that anybody meant to keep.
    const stands =
      now !== undefined &&
      now !== step.digest &&
      (await standsFor(registry.reader, place.repository, now, signal)) === step.digest;
    if (stands) left.add(now);
    const free = now === undefined || stands;
    if (free) await put(tag);
    results.add(free ? 'restored' : now === step.digest ? 'present' : 'leftAlone');
    if (free && account !== undefined) {
      const rows = [{ name: tag, digest: step.digest }];
      void context.seen.tags(account, place.repository, rows, context.now().getTime());
    }
  }
  for (const placeholder of left) await sweepPlaceholder(registry.client, place.repository, placeholder);
  if (results.has('leftAlone')) return 'leftAlone';
  return results.has('restored') ? 'restored' : 'present';
}

/**
 * Some registries take a manifest whose layers are gone, and whoever pulls it finds out.
 *
 * @throws ServiceError `collected`
 */
async function refuseIfCollected(manifest: RawManifest, context: RestoreContext): Promise<void> {
  const { place, registry, trash, undoes = '', signal } = context;
  // As long as it stands itself nothing of it is collected.
  if ((await digestAt(registry, place.repository, manifest.digest, signal)) !== undefined) return;
  const needs = await needsOf(registry.client, place.repository, manifest, { signal });
  if (needs.missing > 0) {
    const reason = `Of ${manifest.digest} ${needs.missing} of ${needs.blobs} blobs are gone.`;
    throw new ServiceError('collected', reason);
  }
  for (const child of needs.children) {
    if (!trash.get(undoes, child)) continue;
    if ((await digestAt(registry, place.repository, child, signal)) === undefined)
      throw new ServiceError(
        'collected',
        `${child}, which ${manifest.digest} contains, could not be put back.`,
      );
  }
}
