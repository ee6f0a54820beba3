import { deleteManifest, deleteTag } from '../endpoints/manifests.ts';
import type { RegistryClient } from '../http/client.ts';
import { isGone, readBack, seeAll } from './seen.ts';
import {
  type DeleteOutcome,
  type DeleteWork,
  ended,
  failed,
  isRefusal,
  kept,
  type ManifestStep,
  moved,
} from './step.ts';

/**
 * Deletes a manifest by its digest, and looks whether its tags went with it. Where the registry keeps them (go-containerregistry's
 * answers 202 and does) they are deleted by name.
 */
export async function deleteWhole(
  client: RegistryClient,
  repository: string,
  step: ManifestStep,
  { keep, looked, signal }: DeleteWork,
): Promise<DeleteOutcome> {
  const { digest, tags } = step;
  const references = tags.length > 0 ? tags : [digest];
  const before = await seeAll(client, repository, references, { looked, signal });
  for (const [reference, seen] of before) {
    if ('unseen' in seen) return failed(seen.unseen);
    if (seen.digest !== undefined && seen.digest !== digest) return failed(moved(reference, seen.digest));
  }
  const wasGone = [...before.values()].every(isGone);
  if (wasGone && tags.length === 0) return { result: 'gone' };
  await keep?.([step]);
  const failure = await ended(deleteManifest(client, repository, digest, { signal }));
  const refused = failure !== undefined && failure.code !== 'notFound' && isRefusal(failure);
  let after = await readBack(client, repository, references, { patient: !refused, signal });
  const here = () =>
    [...after].flatMap(([reference, seen]) =>
      'digest' in seen && seen.digest === digest ? [reference] : [],
    );
  if (here().length > 0 && !refused && tags.length > 0) {
    for (const tag of here()) await ended(deleteTag(client, repository, tag, { signal }));
    after = await readBack(client, repository, references, { patient: true, signal });
  }
  const left = here();
  if (left.length > 0) {
    const untouched = refused && left.length === references.length;
    return failed(failure && failure.code !== 'notFound' ? failure : kept(left), { untouched });
  }
  for (const seen of after.values()) if ('unseen' in seen) return failed(failure ?? seen.unseen);
  return { result: wasGone && failure?.code === 'notFound' ? 'gone' : 'deleted' };
}
