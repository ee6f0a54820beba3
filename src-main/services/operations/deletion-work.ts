import type { Failure } from '../../common/failure.ts';
import { accountOf, type Place } from '../../common/place.ts';
import type { Journal, JournalStep, SeenPlaces, Trash, TrashedManifest } from '../../data/index.ts';
import {
  type DeleteOutcome,
  type DeleteStep,
  graph,
  groupSteps,
  type RawManifest,
  RegistryError,
  runDeleteSteps,
} from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { failureOf, isHopeless } from '../failure.ts';
import type { RegistryHandle } from '../types.ts';
import { readStep } from './rows.ts';

export interface DeletionContext {
  operationId: string;
  place: Place;
  registry: RegistryHandle;
  /** Where tags were seen when the operation was started, moments ago. */
  looked: ReadonlyMap<string, string | undefined> | undefined;
  journal: Journal;
  trash: Trash;
  seen: SeenPlaces;
  now: () => Date;
  signal: AbortSignal;
  /** Called for each step that is done. */
  advanced: () => void;
}

interface Numbered {
  number: number;
  step: DeleteStep;
  /** An earlier try may have changed something, and nobody knows how it ended. */
  touched: boolean;
}

/**
 * Runs the steps of a deletion that are not done, tags of one digest together. A step that fails does not hold up the others.
 *
 * @returns why steps failed
 * @throws what ends the whole deletion: `cancelled`, a registry out of reach, a full disk
 */
export async function runDeletions(
  steps: readonly JournalStep[],
  context: DeletionContext,
): Promise<Failure[]> {
  const { journal, operationId, now, signal } = context;
  const pending = new Map<DeleteStep, Numbered>();
  const siblings = new Map<string, readonly string[]>();
  for (const { number, step: kept, done, result } of steps) {
    const step = readStep(kept);
    if (step.kind !== 'deleteTag' && step.kind !== 'deleteManifest')
      throw new TypeError('A step of another kind than its operation.');
    if (step.kind === 'deleteTag' && step.siblings) siblings.set(step.digest, step.siblings);
    // Journalled with the first tag of a digest; none of them may take one along.
    const others = step.kind === 'deleteTag' ? siblings.get(step.digest) : undefined;
    const whole = others ? { ...step, siblings: others } : step;
    if (!done) pending.set(whole, { number, step: whole, touched: result === 'touched' });
  }
  const failures: Failure[] = [];
  for (const group of groupSteps([...pending.keys()])) {
    signal.throwIfAborted();
    for (const step of group) journal.stepBegun(operationId, pending.get(step)?.number ?? 0, now());
    const outcomes = await runGroup(group, pending, context);
    let hopeless: unknown;
    for (const [step, outcome] of outcomes) {
      const numbered = pending.get(step);
      if (!numbered) continue;
      const failure = settle(numbered, outcome, context);
      if (failure) failures.push(failure);
      if (failure && isHopeless(failure.code) && 'error' in outcome) hopeless = outcome.error;
    }
    if (hopeless) throw hopeless;
  }
  return failures;
}

async function runGroup(
  group: readonly DeleteStep[],
  pending: ReadonlyMap<DeleteStep, Numbered>,
  context: DeletionContext,
): Promise<Map<DeleteStep, DeleteOutcome>> {
  const { registry, place, journal, operationId, looked, signal } = context;
  const keep = async (steps: readonly DeleteStep[]): Promise<void> => {
    // All of one digest: that is what makes a group.
    const [first] = steps;
    const tags = steps.flatMap((step) => (step.kind === 'deleteTag' ? [step.tag] : [...step.tags]));
    if (first) await keepInTrash(first.digest, tags, context);
    // Behind it: what is attached is put back after what it is attached to.
    for (const taken of first?.kind === 'deleteManifest' ? (first.takes ?? []) : [])
      await keepInTrash(taken.digest, taken.tags, context);
    for (const step of steps) {
      const numbered = pending.get(step);
      if (!numbered) continue;
      numbered.touched = true;
      journal.stepTouches(operationId, numbered.number);
    }
  };
  try {
    const identified = await registry.identification.registry({ signal });
    return await runDeleteSteps(identified, registry.reader, place.repository, group, {
      keep,
      looked,
      signal,
    });
  } catch (error) {
    // What failed for these need not fail for the next ones; a registry out of reach will.
    const failure = failureOf(error);
    if (signal.aborted || failure.code === 'cancelled' || isHopeless(failure.code)) throw error;
    if (!(error instanceof RegistryError)) throw error;
    return new Map(group.map((step) => [step, { error, untouched: false }]));
  }
}

function settle(
  { number, step, touched }: Numbered,
  outcome: DeleteOutcome,
  { journal, operationId, place, seen, now, advanced }: DeletionContext,
): Failure | undefined {
  if ('error' in outcome) {
    const failure = failureOf(staleOf(outcome.error));
    if (outcome.untouched) journal.stepUntouched(operationId, number);
    journal.stepFailed(operationId, number, failure);
    return failure;
  }
  const tags = step.kind === 'deleteTag' ? [step.tag] : [...step.tags];
  const account = accountOf(place);
  if (account !== undefined) void seen.removeTags(account, place.repository, tags);
  // Gone since an earlier try of ours, whose reply was lost.
  journal.stepDone(operationId, number, now(), touched ? 'deleted' : outcome.result);
  advanced();
  return undefined;
}

/** With a status it is the registry's own refusal. */
function staleOf(error: RegistryError): RegistryError | ServiceError {
  if (error.code !== 'conflict' || error.status !== undefined) return error;
  return new ServiceError('planStale', error.reason, { cause: error });
}

/** The manifest with its children, which a registry's garbage collection may take later. */
async function keepInTrash(
  digest: string,
  tags: readonly string[],
  { operationId, place, registry, trash, signal }: DeletionContext,
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
    return (await graph(registry.reader, repository, root, { signal, gaps: 'skip' })).manifests;
  } catch (error) {
    // A manifest whose parts we do not know is kept as it is.
    const alone: readonly string[] = ['unsupported', 'invalidResponse', 'tooLarge'];
    if (error instanceof RegistryError && alone.includes(error.code)) return [root];
    throw error;
  }
}
