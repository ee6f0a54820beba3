import { identifiedSystem } from '../endpoints/identify.ts';
import { deleteManifest, deleteTag, getManifest, headManifest } from '../endpoints/manifests.ts';
import type { CallOptions } from '../endpoints/options.ts';
import { putManifest } from '../endpoints/put-manifest.ts';
import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import type { System } from '../systems/system.ts';
import type { DeleteStep } from './delete-plan.ts';

interface DeleteOptions extends CallOptions {
  /** Called just before the first request that may change anything: what goes can be kept there. */
  keep?: () => Promise<void>;
}

/**
 * Runs one step of a deletion, after looking whether its tags are where the plan saw them. Safe to repeat.
 *
 * A tag that should go alone is watched: where the registry takes the manifest and its other tags with it, they are put back
 * at once and the step fails, so that a delete of one tag never becomes a delete of its digest.
 *
 * @returns `gone` where it was deleted already.
 * @throws {RegistryError} those of {@link identify} where the product cannot be told; `conflict` where a tag moved since the
 * plan, or siblings had to be put back.
 */
export async function runDeleteStep(
  client: RegistryClient,
  repository: string,
  step: DeleteStep,
  options: DeleteOptions = {},
): Promise<'deleted' | 'gone'> {
  // What is not known must not be taken for a registry that deletes as the specification says.
  const system = await identifiedSystem(client, options);
  return step.kind === 'deleteTag'
    ? runDeleteTag(client, system, repository, step, options)
    : runDeleteManifest(client, repository, step, options);
}

/** Whether everything that a step would take is where it was: then the step, however it ended, has changed nothing. */
export async function isUntouched(
  client: RegistryClient,
  repository: string,
  step: DeleteStep,
  { signal }: CallOptions = {},
): Promise<boolean> {
  const references = step.kind === 'deleteTag' ? [step.tag] : [step.digest, ...step.tags];
  for (const reference of references)
    if ((await digestNow(client, repository, reference, signal)) !== step.digest) return false;
  return true;
}

async function runDeleteManifest(
  client: RegistryClient,
  repository: string,
  { digest, tags }: DeleteStep & { kind: 'deleteManifest' },
  { keep, signal }: DeleteOptions,
): Promise<'deleted' | 'gone'> {
  for (const tag of tags) {
    const now = await digestNow(client, repository, tag, signal);
    if (now !== undefined && now !== digest) throw moved(tag, now);
  }
  await keep?.();
  return goneOr(deleteManifest(client, repository, digest, { signal }));
}

async function runDeleteTag(
  client: RegistryClient,
  system: System,
  repository: string,
  { tag, digest, siblings = [] }: DeleteStep & { kind: 'deleteTag' },
  { keep, signal }: DeleteOptions,
): Promise<'deleted' | 'gone'> {
  const now = await digestNow(client, repository, tag, signal);
  if (now === undefined) return 'gone';
  if (now !== digest) throw moved(tag, now);
  // Read before, so that nothing can be lost that could not be put back.
  const manifest = await getManifest(client, repository, digest, { signal });
  await keep?.();
  const own = system.deleteTag;
  const outcome = await goneOr(
    own ? own(client, { repository, tag, digest }, signal) : deleteTag(client, repository, tag, { signal }),
  );
  // From here on nothing is cancelled: a sibling lost must be put back whatever the user does.
  const lost: string[] = [];
  for (const sibling of siblings)
    if ((await digestNow(client, repository, sibling, undefined)) === undefined) lost.push(sibling);
  if (lost.length > 0) {
    for (const sibling of lost) await putManifest(client, repository, sibling, manifest);
    throw new RegistryError('conflict', '', {
      reason: `The registry removed ${lost.slice(0, 5).join(', ')} along with ${tag}; they were put back.`,
    });
  }
  return outcome;
}

async function goneOr(deletion: Promise<void>): Promise<'deleted' | 'gone'> {
  try {
    await deletion;
    return 'deleted';
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'notFound') return 'gone';
    throw error;
  }
}

/** What the tag points at, or undefined where there is no such tag. */
async function digestNow(
  client: RegistryClient,
  repository: string,
  tag: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    return (await headManifest(client, repository, tag, { signal })).digest;
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'notFound') return undefined;
    throw error;
  }
}

function moved(tag: string, now: string): RegistryError {
  return new RegistryError('conflict', '', {
    reason: `The tag ${tag} points at ${now} by now; it was not deleted.`,
  });
}
