import { deleteManifest, deleteTag } from '../endpoints/manifests.ts';
import { RegistryError } from '../errors.ts';
import { forEachLimit } from '../for-each-limit.ts';
import type { RegistryClient } from '../http/client.ts';
import { isGone, readBack, type Seen, seeAll } from './seen.ts';
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
import type { TagWatch } from './tag-watch.ts';

/** Manifests deleted at a time; the client's own bound holds as well. */
const WRITES = 6;

/**
 * Deletes manifests by their digests, what points at others before them, and looks what became of them: of each at its first tag, unless
 * the list had that before and has it no more, of the other tags by the list. Where the registry keeps tags (go-containerregistry's answers 202 and does) they are deleted by name.
 *
 * What cannot be deleted holds up what it points at, and nothing else.
 */
export async function deleteManifests(
  client: RegistryClient,
  repository: string,
  steps: readonly ManifestStep[],
  watch: TagWatch,
  { keep, signal }: DeleteWork,
): Promise<Map<ManifestStep, DeleteOutcome>> {
  const outcomes = new Map<ManifestStep, DeleteOutcome>();
  await watch.before(steps, signal);
  const untagged = await seeAll(
    client,
    repository,
    steps.flatMap(({ tags, digest }) => (tags.length === 0 ? [digest] : [])),
    { signal },
  );
  const doomed: ManifestStep[] = [];
  for (const step of steps) {
    const seen = untagged.get(step.digest);
    const why =
      watch.whyNot(step) ?? movedOf(step, watch) ?? (seen && 'unseen' in seen ? seen.unseen : undefined);
    if (why) {
      watch.staying.add(step.digest);
      outcomes.set(step, failed(why));
    } else if (isGone(seen)) outcomes.set(step, { result: 'gone' });
    else doomed.push(step);
  }
  if (doomed.length === 0) return outcomes;
  await keep?.(doomed);
  watch.deleting(doomed.flatMap(({ tags }) => tags));
  const wasGone = new Set(
    doomed.filter(({ tags }) => tags.length > 0 && tags.every((tag) => watch.at(tag) === undefined)),
  );
  const failures = await deleteInOrder(client, repository, doomed, {
    outcomes,
    staying: watch.staying,
    signal,
  });
  const tried = doomed.filter((step) => !outcomes.has(step));
  const refused = (step: ManifestStep): boolean => {
    const failure = failures.get(step);
    return failure !== undefined && failure.code !== 'notFound' && isRefusal(failure);
  };
  const accepted = tried.filter((step) => !refused(step));
  const after = await readBack(client, repository, tried.filter(refused).map(firstOf), {
    patient: false,
    signal,
  });
  const unlisted = await watch.unlisted(
    accepted.flatMap(({ tags }) => tags.slice(0, 1)),
    signal,
  );
  for (const tag of unlisted) after.set(tag, { digest: undefined });
  const left = accepted.map(firstOf).filter((reference) => !after.has(reference));
  for (const [reference, seen] of await readBack(client, repository, left, { patient: true, signal }))
    after.set(reference, seen);
  await watch.after(signal, { sure: left.length > 0 && accepted.some(({ tags }) => tags.length > 1) });
  await deleteLeft(client, repository, accepted, { after, watch, signal });
  for (const step of tried) {
    const failure = failures.get(step);
    const gone = wasGone.has(step) && failure?.code === 'notFound';
    outcomes.set(
      step,
      outcomeOf(step, after, failure, refused(step)) ?? { result: gone ? 'gone' : 'deleted' },
    );
  }
  return outcomes;
}

/** Where it is looked at whether a manifest is still there. */
const firstOf = ({ tags, digest }: ManifestStep): string => tags[0] ?? digest;

function movedOf({ tags, digest }: ManifestStep, watch: TagWatch): RegistryError | undefined {
  for (const tag of tags) {
    const now = watch.at(tag);
    if (now !== undefined && now !== digest) return moved(tag, now);
  }
  return undefined;
}

/** @returns failures of those that were tried; the others are in `outcomes` */
async function deleteInOrder(
  client: RegistryClient,
  repository: string,
  doomed: readonly ManifestStep[],
  {
    outcomes,
    staying,
    signal,
  }: {
    outcomes: Map<ManifestStep, DeleteOutcome>;
    staying: Set<string>;
    signal: AbortSignal | undefined;
  },
): Promise<Map<ManifestStep, RegistryError>> {
  const failures = new Map<ManifestStep, RegistryError>();
  for (let left = [...doomed]; left.length > 0; ) {
    const waiting = new Set(left.map(({ digest }) => digest));
    const ready = left.filter(({ after = [] }) => !after.some((other) => waiting.has(other)));
    // Content is addressed by its hash, tags of cosign are not: they may be about each other.
    const now = ready.length > 0 ? ready : left.slice(0, 1);
    await forEachLimit(
      now,
      WRITES,
      async (step) => {
        const holder = step.after?.find((other) => staying.has(other));
        if (holder !== undefined) {
          staying.add(step.digest);
          outcomes.set(step, failed(heldBy(step.digest, holder), { untouched: true }));
          return;
        }
        const failure = await ended(deleteManifest(client, repository, step.digest, { signal }));
        if (!failure) return;
        failures.set(step, failure);
        if (failure.code !== 'notFound') staying.add(step.digest);
      },
      signal,
    );
    const done = new Set(now);
    left = left.filter((step) => !done.has(step));
  }
  return failures;
}

/** Tags that a registry kept although it has deleted their manifest. Writes into `after` where they are then. */
async function deleteLeft(
  client: RegistryClient,
  repository: string,
  accepted: readonly ManifestStep[],
  { after, watch, signal }: { after: Map<string, Seen>; watch: TagWatch; signal: AbortSignal | undefined },
): Promise<void> {
  const listed = accepted.flatMap((step) =>
    step.tags.filter((tag) => watch.isListed(tag) && !after.has(tag)),
  );
  for (const [tag, seen] of await readBack(client, repository, listed, { patient: true, signal }))
    after.set(tag, seen);
  const left = accepted.flatMap(({ tags, digest }) => tags.filter((tag) => isAt(after.get(tag), digest)));
  if (left.length === 0) return;
  for (const tag of left) await ended(deleteTag(client, repository, tag, { signal }));
  for (const [tag, seen] of await readBack(client, repository, left, { patient: true, signal }))
    after.set(tag, seen);
}

/** How a manifest has ended that is not gone. */
function outcomeOf(
  step: ManifestStep,
  after: ReadonlyMap<string, Seen>,
  failure: RegistryError | undefined,
  refused: boolean,
): DeleteOutcome | undefined {
  const { tags, digest } = step;
  const references = tags.length > 0 ? tags : [digest];
  const left = references.filter((reference) => isAt(after.get(reference), digest));
  const reason = failure && failure.code !== 'notFound' ? failure : undefined;
  if (left.length > 0)
    return reason ? failed(reason, { untouched: refused }) : failed(kept(left), { differs: true });
  for (const reference of references) {
    const seen = after.get(reference);
    if (seen && 'unseen' in seen) return failed(reason ?? seen.unseen);
  }
  return undefined;
}

const isAt = (seen: Seen | undefined, digest: string): boolean =>
  seen !== undefined && 'digest' in seen && seen.digest === digest;

function heldBy(digest: string, holder: string): RegistryError {
  return new RegistryError('conflict', '', {
    reason: `${holder}, which needs ${digest}, could not be deleted, so that this stays as well.`,
  });
}
