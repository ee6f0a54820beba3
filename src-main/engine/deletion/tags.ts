import { deleteManifest, deleteTag } from '../endpoints/manifests.ts';
import { putManifest } from '../endpoints/put-manifest.ts';
import { uploadBlob } from '../endpoints/uploads.ts';
import { orMissing, RegistryError } from '../errors.ts';
import { forEachLimit } from '../for-each-limit.ts';
import type { RegistryClient } from '../http/client.ts';
import type { RawManifest } from '../model/manifest.ts';
import { type Placeholder, placeholderFor } from '../model/placeholder.ts';
import type { ManifestReader } from '../reading/reader.ts';
import { ownTagDeleter } from '../registry/policy.ts';
import type { Registry } from '../registry/registry.ts';
import { replacedBy, sweepPlaceholder } from './placeholders.ts';
import { isGone, readBack, type Seen, seeAll } from './seen.ts';
import {
  type DeleteOutcome,
  type DeleteWork,
  ended,
  failed,
  isRefusal,
  kept,
  moved,
  type TagStep,
} from './step.ts';
import type { TagWatch } from './tag-watch.ts';

/** Tags changed at a time. */
const WRITES = 6;

/** Why tags were not deleted, by tag. */
type Failures = Map<string, RegistryError>;

/**
 * Deletes tags of one digest alone: each by its name, or, where the registry deletes by digest only, by a placeholder that is
 * put under all of them and then deleted by its own digest. Afterwards the tags are read back, and so are their siblings:
 * those that the registry took along are put back at once, and what still points at a placeholder gets its manifest back.
 *
 * Safe to repeat after an end at any point: a tag at the steps' own placeholder is one that is on its way out.
 */
export async function deleteTags(
  registry: Registry,
  reader: ManifestReader,
  repository: string,
  steps: readonly TagStep[],
  { keep, looked, watch, signal }: DeleteWork,
): Promise<Map<TagStep, DeleteOutcome>> {
  const { client } = registry;
  const outcomes = new Map<TagStep, DeleteOutcome>();
  const [{ digest, placeholder: id }] = steps as readonly [TagStep];
  const placeholder = id === undefined ? undefined : placeholderFor(digest, id);
  const stand = placeholder?.manifest.digest;
  const before = await seeAll(client, repository, tagsOf(steps), { looked, signal });
  const doomed: TagStep[] = [];
  const untried: string[] = [];
  for (const step of steps) {
    const seen = before.get(step.tag) ?? { digest: undefined };
    if ('unseen' in seen) outcomes.set(step, failed(seen.unseen));
    else if (seen.digest === undefined) outcomes.set(step, { result: 'gone' });
    else if (seen.digest === stand) doomed.push(step);
    else if (
      seen.digest === digest ||
      (await replacedBy(reader, repository, seen.digest, signal)) === digest
    ) {
      doomed.push(step);
      untried.push(step.tag);
    } else outcomes.set(step, failed(moved(step.tag, seen.digest)));
  }
  // An earlier run may have left it without a tag.
  if (doomed.length === 0) {
    if (stand !== undefined) await sweepPlaceholder(client, repository, stand);
    return outcomes;
  }
  // Read before, so that nothing can be lost that could not be put back.
  const original = await orMissing(reader.get(repository, digest, signal));
  await keep?.(doomed);
  // From here on nothing is cancelled: what is lost must be put back whatever the user does.
  const siblings = [...new Set(steps.flatMap((step) => step.siblings ?? []))];
  const failures = placeholder
    ? await byPlaceholder(client, repository, tagsOf(doomed), untried, placeholder)
    : await byName(registry, repository, { digest, tags: tagsOf(doomed), siblings });
  const refused = [...failures.values()].every(isRefusal) && failures.size === doomed.length;
  const after = await readBack(client, repository, tagsOf(doomed), { patient: !refused });
  for (const step of doomed) {
    const seen = after.get(step.tag) ?? { digest: undefined };
    const failure = failures.get(step.tag);
    const restored =
      'digest' in seen && seen.digest === stand && stand !== undefined
        ? await putBack(client, repository, step.tag, original, failure ?? kept([step.tag]))
        : undefined;
    outcomes.set(step, restored ?? outcomeOf(step, seen, failure));
  }
  const lost = await takenAlong(client, repository, siblings, { digest, original, watch });
  if (lost) for (const step of doomed) outcomes.set(step, failed(lost, { differs: true }));
  return outcomes;
}

const tagsOf = (steps: readonly TagStep[]): string[] => steps.map(({ tag }) => tag);

/** How a tag that is not at its placeholder has ended. */
function outcomeOf({ tag, digest }: TagStep, seen: Seen, failure: RegistryError | undefined): DeleteOutcome {
  if ('unseen' in seen) return failed(failure ?? seen.unseen);
  if (seen.digest === undefined) return { result: 'deleted' };
  if (seen.digest !== digest) return failed(failure ?? moved(tag, seen.digest));
  if (!failure) return failed(kept([tag]), { differs: true });
  return failed(failure, { untouched: isRefusal(failure) });
}

/** The first one alone where others must stay: a registry that takes them along is found out before more is asked of it. */
async function byName(
  registry: Registry,
  repository: string,
  { digest, tags, siblings }: { digest: string; tags: readonly string[]; siblings: readonly string[] },
): Promise<Failures> {
  const failures: Failures = new Map();
  const { client } = registry;
  const own = await ownTagDeleter(registry, repository);
  const remove = async (tag: string): Promise<void> => {
    const failure = await ended(
      own ? own.delete({ repository, tag, digest }, undefined) : deleteTag(client, repository, tag),
    );
    if (failure && failure.code !== 'notFound') failures.set(tag, failure);
  };
  const [first = '', ...rest] = tags;
  await remove(first);
  if (rest.length === 0) return failures;
  const [sibling] = siblings;
  if (sibling !== undefined && isGone((await seeAll(client, repository, [sibling])).get(sibling))) {
    const reason = `The registry takes other tags along with ${first}; this one was not tried.`;
    for (const tag of rest) failures.set(tag, new RegistryError('conflict', '', { reason }));
    return failures;
  }
  await forEachLimit(rest, WRITES, remove);
  return failures;
}

/** @param untried those of `tags` that are not at the placeholder yet */
async function byPlaceholder(
  client: RegistryClient,
  repository: string,
  tags: readonly string[],
  untried: readonly string[],
  { manifest, config, configBytes }: Placeholder,
): Promise<Failures> {
  const failures: Failures = new Map();
  const put = new Set(tags);
  const fail = (tag: string, error: RegistryError | undefined) => {
    if (!error) return;
    failures.set(tag, error);
    put.delete(tag);
  };
  if (untried.length > 0) {
    const open = async function* (offset: number) {
      yield Buffer.from(configBytes.subarray(offset));
    };
    const failure = await ended(uploadBlob(client, repository, config, open));
    if (failure) for (const tag of untried) fail(tag, failure);
    else
      await forEachLimit(untried, WRITES, async (tag) =>
        fail(tag, await ended(putManifest(client, repository, tag, manifest))),
      );
  }
  // Also where none was put: a reply may have been lost.
  const failure = await ended(deleteManifest(client, repository, manifest.digest));
  if (failure && failure.code !== 'notFound') for (const tag of put) fail(tag, failure);
  return failures;
}

/** The tag could not be deleted: it must not stay at a placeholder. */
async function putBack(
  client: RegistryClient,
  repository: string,
  tag: string,
  original: RawManifest | undefined,
  why: RegistryError,
): Promise<DeleteOutcome> {
  const failure = original && (await ended(putManifest(client, repository, tag, original)));
  if (original && !failure) return failed(why, { untouched: true });
  const reason = `${tag} could not be deleted and points at a placeholder now. ${why.reason ?? ''}`.trim();
  return failed(
    new RegistryError(why.code, why.request, { status: why.status, reason, cause: failure ?? why }),
  );
}

/** Puts siblings back that went along with the tags. @returns what to say of it */
async function takenAlong(
  client: RegistryClient,
  repository: string,
  siblings: readonly string[],
  {
    digest,
    original,
    watch,
  }: { digest: string; original: RawManifest | undefined; watch: TagWatch | undefined },
): Promise<RegistryError | undefined> {
  const lost = await goneOf(client, repository, siblings, { digest, watch });
  if (lost.length === 0) return undefined;
  const names = lost.slice(0, 5).join(', ');
  if (!original)
    return new RegistryError('conflict', '', { reason: `The registry removed ${names} along with it.` });
  await forEachLimit(lost, WRITES, (sibling) =>
    putManifest(client, repository, sibling, original).then(() => undefined),
  );
  return new RegistryError('conflict', '', {
    reason: `The registry removed ${names} along with it; they were put back.`,
  });
}

/**
 * Which of the siblings are gone. Many are looked at by a list and at one of them: they share a manifest, so that one which is listed and
 * still at it stands for all that are listed.
 */
async function goneOf(
  client: RegistryClient,
  repository: string,
  siblings: readonly string[],
  { digest, watch }: { digest: string; watch: TagWatch | undefined },
): Promise<string[]> {
  const [first, ...others] = (await watch?.listed(siblings)) ?? [];
  const seen = first === undefined ? undefined : (await seeAll(client, repository, [first])).get(first);
  const stands = new Set(seen && 'digest' in seen && seen.digest === digest ? [first, ...others] : []);
  const asked = siblings.filter((sibling) => !stands.has(sibling));
  const now = await seeAll(client, repository, asked);
  return asked.filter((sibling) => isGone(now.get(sibling)));
}
