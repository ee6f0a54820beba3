import { accountOf } from '../../common/place.ts';
import type { RestoreSubject } from '../../common/restoring.ts';
import type { Inventory, Trash } from '../../data/index.ts';
import {
  factsOf,
  headManifest,
  isDigest,
  isVouchedFor,
  lookAt,
  needsOf,
  orMissing,
  putManifest,
  type RawManifest,
  RegistryError,
  replacedBy,
  runDeleteSteps,
  sweepPlaceholder,
} from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { LEFT_ALONE, PRESENT } from '../operations/steps.ts';
import type { RegistryHandle } from '../types.ts';
import type { Sending } from './sending.ts';
import type { RestoreStep } from './step.ts';

export interface RestoreContext {
  subject: RestoreSubject;
  registry: RegistryHandle;
  /** The operation that is taken back. */
  undoes: string | undefined;
  trash: Trash;
  /** Sends blobs again that were kept. */
  sending: Sending;
  inventory: Inventory;
  now: () => Date;
  signal: AbortSignal;
}

/** What a step did, as the journal keeps it. */
type StepResult = 'restored' | typeof PRESENT | typeof LEFT_ALONE;

/** The repository of a step. @throws ServiceError `storageFailed` */
export function repositoryOf({ repository }: RestoreStep, { place }: RestoreSubject): string {
  const name = repository ?? ('repository' in place ? place.repository : undefined);
  if (name === undefined) throw new ServiceError('storageFailed', 'A step without its repository.');
  return name;
}

/** Does one step of an undo. Doing a finished one again does nothing. */
export async function goBack(step: RestoreStep, context: RestoreContext): Promise<StepResult> {
  const repository = repositoryOf(step, context.subject);
  const result =
    step.digest === null
      ? await remove(repository, step, context)
      : await restore(repository, step, step.digest, context);
  return result;
}

async function restore(
  repository: string,
  { tags, leaves }: RestoreStep,
  digest: string,
  context: RestoreContext,
): Promise<StepResult> {
  const { registry, signal } = context;
  if (tags.length === 0) {
    if ((await digestAt(registry, repository, digest, signal)) !== undefined) return PRESENT;
    await put(repository, digest, await whole(repository, digest, context), context);
    return 'restored';
  }
  const results = new Set<StepResult>();
  const left = new Set<string>();
  let manifest: RawManifest | undefined;
  for (const tag of tags) {
    const now = await digestAt(registry, repository, tag, signal);
    if (now === digest) {
      results.add(PRESENT);
      continue;
    }
    // What a deletion that never ended has put there is nothing that was meant to be kept.
    const replaced =
      now !== undefined &&
      now !== leaves &&
      (await replacedBy(registry.reader, repository, now, signal)) === digest;
    if (replaced) left.add(now);
    if ((now ?? null) !== leaves && !replaced) {
      results.add(LEFT_ALONE);
      continue;
    }
    manifest ??= await whole(repository, digest, context);
    await put(repository, tag, manifest, context);
    results.add('restored');
  }
  for (const placeholder of left) await sweepPlaceholder(registry.client, repository, placeholder);
  if (results.has(LEFT_ALONE)) return LEFT_ALONE;
  return results.has('restored') ? 'restored' : PRESENT;
}

/** Tags that were new are deleted, each alone: their manifest stays. */
async function remove(
  repository: string,
  { tags, leaves, siblings, placeholder }: RestoreStep,
  { registry, subject, inventory, signal }: RestoreContext,
): Promise<StepResult> {
  if (leaves === null) return PRESENT;
  const doomed: string[] = [];
  let moved = false;
  for (const tag of tags) {
    const now = await digestAt(registry, repository, tag, signal);
    const ours = now === leaves || now === undefined;
    if (ours || (await replacedBy(registry.reader, repository, now, signal)) === leaves) doomed.push(tag);
    else moved = true;
  }
  const steps = doomed.map((tag) => ({
    kind: 'deleteTag' as const,
    tag,
    digest: leaves,
    ...(siblings ? { siblings } : {}),
    ...(placeholder === undefined ? {} : { placeholder }),
  }));
  const outcomes =
    steps.length > 0
      ? await runDeleteSteps(
          await registry.identification.registry({ signal }),
          registry.reader,
          repository,
          steps,
          { signal },
        )
      : new Map();
  let deleted = false;
  for (const outcome of outcomes.values()) {
    if ('error' in outcome) throw outcome.error;
    deleted ||= outcome.result === 'deleted';
  }
  const account = accountOf(subject.place);
  if (account !== undefined) void inventory.removeTags(account, repository, doomed);
  if (moved) return LEFT_ALONE;
  return deleted ? 'restored' : PRESENT;
}

async function put(
  repository: string,
  reference: string,
  manifest: RawManifest,
  { registry, subject, inventory, now, signal }: RestoreContext,
): Promise<void> {
  await putManifest(registry.client, repository, reference, manifest, { signal });
  await readBack(registry, repository, reference, manifest.digest, signal);
  const account = accountOf(subject.place);
  if (account === undefined) return;
  const seen = now().getTime();
  void inventory.manifests(account, repository, [factsOf(manifest)], seen);
  const tag = { name: reference, digest: manifest.digest };
  if (!isDigest(reference)) void inventory.tags(account, repository, [tag], seen);
}

/** An effect is what is seen afterwards. What may be written and not looked at is believed. @throws {RegistryError} */
async function readBack(
  { client }: RegistryHandle,
  repository: string,
  reference: string,
  digest: string,
  signal: AbortSignal,
): Promise<void> {
  const { found, unseen } = await lookAt(headManifest(client, repository, reference, { signal }));
  if (unseen || found?.digest === digest) return;
  const reason = `The registry took ${reference} and ${found ? `shows ${found.digest} there` : 'does not have it'}.`;
  throw new RegistryError('registryFailed', '', { reason });
}

/**
 * A manifest of the trash, when all that it needs is in the repository: its children are put back, and of its blobs those that were
 * collected are sent from what was kept. Some registries take a manifest whose layers are gone, and only a pull would fail.
 *
 * @throws ServiceError `collected`, `trashDamaged`, `notInTrash`
 */
async function whole(repository: string, digest: string, context: RestoreContext): Promise<RawManifest> {
  const { registry, trash, sending, undoes = '', signal } = context;
  // As long as it is there itself nothing of it is collected.
  const there = (await digestAt(registry, repository, digest, signal)) !== undefined;
  const manifest = trash.get(undoes, repository, digest);
  if (!manifest || !isVouchedFor(manifest)) {
    if (there) return await registry.reader.get(repository, digest, signal);
    if (manifest) throw new ServiceError('trashDamaged', `${digest} is damaged.`);
    throw new ServiceError('notInTrash', `${digest} is not in the trash any more.`);
  }
  if (there) return manifest;
  const needs = await needsOf(registry.client, repository, manifest, { signal });
  const lost = await sending.send(registry.client, repository, needs.missing);
  if (lost > 0) {
    const reason = `Of ${digest} ${lost} of ${needs.blobs} blobs are gone.`;
    throw new ServiceError('collected', reason);
  }
  for (const child of needs.children) {
    // An index may have been a sparse one.
    if (!trash.get(undoes, repository, child)) continue;
    if ((await digestAt(registry, repository, child, signal)) !== undefined) continue;
    await put(repository, child, await whole(repository, child, context), context);
  }
  return manifest;
}

/** What a tag or digest points at; undefined where there is no such manifest. */
async function digestAt(
  { reader }: Pick<RegistryHandle, 'reader'>,
  repository: string,
  reference: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  return (await orMissing(reader.head(repository, reference, signal)))?.digest;
}
