import type { Journal, SeenPlaces, Trash, TrashedManifest } from '../../data/index.ts';
import {
  type DeleteStep,
  graph,
  isUntouched,
  isVouchedFor,
  putManifest,
  type RawManifest,
  RegistryError,
  runDeleteStep,
} from '../../engine/index.ts';
import { digestAt } from '../digest-at.ts';
import { ServiceError } from '../errors.ts';
import type { PlanPlace, RegistryHandle } from '../types.ts';
import type { CopyStep, Step } from './rows.ts';

export interface WorkContext {
  operationId: string;
  /** Which step of the operation this is. */
  number: number;
  journal: Journal;
  /** The repository that is changed. */
  place: PlanPlace;
  registry: RegistryHandle;
  /** The deletion that a restoring one takes back. */
  undoes: string | undefined;
  trash: Trash;
  seen: SeenPlaces;
  now: () => Date;
  signal: AbortSignal;
}

/** What a step did, as the journal keeps it. `leftAlone`: a tag points elsewhere by now and was not touched. */
export type StepResult = 'deleted' | 'gone' | 'restored' | 'present' | 'leftAlone';

/** Does one step. Doing a finished one again does nothing. */
export async function runStep(step: Exclude<Step, CopyStep>, context: WorkContext): Promise<StepResult> {
  if (step.kind === 'restore') return await restore(step, context);
  return await remove(step, context);
}

async function remove(step: DeleteStep, context: WorkContext): Promise<StepResult> {
  const { place, registry, signal } = context;
  const tags = step.kind === 'deleteTag' ? [step.tag] : [...step.tags];
  const keep = async () => {
    await keepInTrash(registry, step.digest, tags, context);
    context.journal.stepTouches(context.operationId, context.number);
  };
  try {
    const result = await runDeleteStep(registry.client, place.repository, step, { keep, signal });
    if (place.accountId !== '') context.seen.removeTags(place.accountId, place.repository, tags);
    return result;
  } catch (error) {
    if (await isProvenUntouched(step, error, context))
      context.journal.stepUntouched(context.operationId, context.number);
    // With a status it is the registry's own refusal.
    if (error instanceof RegistryError && error.code === 'conflict' && error.status === undefined) {
      throw new ServiceError('planStale', error.reason ?? `${tags.join(', ')} moved.`, { cause: error });
    }
    throw error;
  }
}

/**
 * A refusal is believed where looking agrees with it. After anything else (a reply that was lost, a server in trouble) the
 * deletion may still happen behind our back.
 */
async function isProvenUntouched(
  step: DeleteStep,
  error: unknown,
  { place, registry, signal }: WorkContext,
): Promise<boolean> {
  if (!(error instanceof RegistryError) || error.status === undefined) return false;
  if (error.status < 400 || error.status >= 500) return false;
  try {
    return await isUntouched(registry.client, place.repository, step, { signal });
  } catch (failure) {
    if (failure instanceof RegistryError) return false;
    throw failure;
  }
}

/** The manifest with its children, which a registry's garbage collection may take later. */
async function keepInTrash(
  registry: RegistryHandle,
  digest: string,
  tags: readonly string[],
  { place, signal, trash, operationId }: WorkContext,
): Promise<void> {
  let root: RawManifest;
  try {
    root = await registry.reader.get(place.repository, digest, signal);
  } catch (error) {
    // Nothing is there: there is nothing to keep, and the deletion will find it gone.
    if (error instanceof RegistryError && error.code === 'notFound') return;
    throw error;
  }
  const manifests = await withChildren(registry, place.repository, root, signal);
  trash.put(
    operationId,
    manifests.map(
      (manifest): TrashedManifest => ({
        digest: manifest.digest,
        mediaType: manifest.mediaType,
        bytes: manifest.bytes,
        tags: manifest.digest === digest ? [...tags] : [],
      }),
    ),
  );
}

async function withChildren(
  registry: RegistryHandle,
  repository: string,
  root: RawManifest,
  signal: AbortSignal,
): Promise<readonly RawManifest[]> {
  try {
    return (await graph(registry.reader, repository, root, { signal, missing: 'skip' })).manifests;
  } catch (error) {
    // A manifest whose parts we do not know is kept as it is.
    const alone: readonly string[] = ['unsupported', 'invalidResponse', 'tooLarge'];
    if (error instanceof RegistryError && alone.includes(error.code)) return [root];
    throw error;
  }
}

async function restore(step: Extract<Step, { kind: 'restore' }>, context: WorkContext): Promise<StepResult> {
  const { place, registry, signal } = context;
  const manifest = context.trash.get(context.undoes ?? '', step.digest);
  if (!manifest) throw new ServiceError('storageFailed', `${step.digest} is not in the trash any more.`);
  const put = (reference: string) => {
    if (!isVouchedFor(manifest)) throw new ServiceError('trashDamaged', `${step.digest} is damaged.`);
    return putManifest(registry.client, place.repository, reference, manifest, { signal });
  };
  if (step.tags.length === 0) {
    if ((await digestAt(registry, place.repository, step.digest, signal)) !== undefined) return 'present';
    await put(step.digest);
    return 'restored';
  }
  const results = new Set<StepResult>();
  for (const tag of step.tags) {
    const now = await digestAt(registry, place.repository, tag, signal);
    if (now === undefined) await put(tag);
    results.add(now === undefined ? 'restored' : now === step.digest ? 'present' : 'leftAlone');
    if (now === undefined && place.accountId !== '') {
      const rows = [{ name: tag, digest: step.digest }];
      context.seen.tags(place.accountId, place.repository, rows, context.now().getTime());
    }
  }
  if (results.has('leftAlone')) return 'leftAlone';
  return results.has('restored') ? 'restored' : 'present';
}
