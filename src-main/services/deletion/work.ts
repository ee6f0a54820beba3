import type { DeleteSubject } from '../../common/deletion.ts';
import type { Failure } from '../../common/failure.ts';
import { accountOf } from '../../common/place.ts';
import type { Inventory, TagChange, TagChanges, Trash } from '../../data/index.ts';
import {
  type DeleteOutcome,
  type DeleteStep,
  groupSteps,
  type RawManifest,
  RegistryError,
  runDeleteSteps,
} from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { failureOf, isHopeless } from '../failure.ts';
import type { RunContext } from '../operations/kind.ts';
import type { StepCursor } from '../operations/steps.ts';
import { registryOf } from '../place-handle.ts';
import { readForTrash } from '../restoring/keep.ts';
import type { RegistryHandle } from '../types.ts';
import type { DeletionPrepared } from './look.ts';
import type { DeletionStep } from './step.ts';

/** What a deletion keeps and forgets. */
export interface DeletionData {
  trash: Trash;
  tagChanges: TagChanges;
  inventory: Inventory;
}

/** What deleting steps of one repository needs of their operation. */
export interface DeletionRun
  extends DeletionData,
    RunContext<Pick<DeleteSubject, 'place'>, DeletionPrepared> {
  registry: RegistryHandle;
  steps: Pick<StepCursor<unknown>, 'done' | 'failed' | 'note'>;
}

interface Numbered {
  number: number;
  step: DeleteStep;
  /** An earlier try may have changed something, and no one knows how it ended. */
  touched: boolean;
}

/**
 * Runs the steps of a deletion that are not done, tags of one digest together. A step that fails does not hold up the others.
 *
 * @throws what ends the whole deletion: `cancelled`, a registry out of reach, a full disk
 */
export async function runDeletions(
  steps: StepCursor<DeletionStep>,
  run: RunContext<DeleteSubject, DeletionPrepared>,
  data: DeletionData,
): Promise<void> {
  const registry = registryOf(run.changes);
  const siblings = new Map<string, readonly string[]>();
  const learn = (step: DeletionStep) => {
    if (step.kind === 'deleteTag' && step.siblings) siblings.set(step.digest, step.siblings);
  };
  if (steps.earlier > 0) for await (const page of steps.all()) page.forEach(learn);
  for await (const page of steps.pages()) {
    const pending = new Map<DeleteStep, Numbered>();
    for (const { number, step, result } of page) {
      learn(step);
      // Journalled with the first tag of a digest; none of them may take one along.
      const others = step.kind === 'deleteTag' ? siblings.get(step.digest) : undefined;
      const whole = others ? { ...step, siblings: others } : step;
      pending.set(whole, { number, step: whole, touched: result === 'touched' });
    }
    for (const group of groupSteps([...pending.keys()])) {
      run.signal.throwIfAborted();
      await runDeletionGroup(group, pending, { ...run, ...data, registry, steps });
    }
  }
}

/**
 * Runs steps of one digest, and writes down how they ended.
 *
 * @throws what ends the whole operation
 */
export async function runDeletionGroup(
  group: readonly DeleteStep[],
  pending: ReadonlyMap<DeleteStep, Numbered>,
  context: DeletionRun,
): Promise<void> {
  let hopeless: unknown;
  for (const [step, outcome] of await runGroup(group, pending, context)) {
    const numbered = pending.get(step);
    if (!numbered) continue;
    const failure = settle(numbered, outcome, context);
    if (failure && isHopeless(failure.code) && 'error' in outcome) hopeless = outcome.error;
  }
  if (hopeless) throw hopeless;
}

async function runGroup(
  group: readonly DeleteStep[],
  pending: ReadonlyMap<DeleteStep, Numbered>,
  { registry, subject, operationId, prepared, signal, steps, trash, durable }: DeletionRun,
): Promise<Map<DeleteStep, DeleteOutcome>> {
  const { repository } = subject.place;
  const keep = async (doomed: readonly DeleteStep[]): Promise<void> => {
    const [first] = doomed;
    if (!first) return;
    // All of one digest: that is what makes a group.
    const taken = first.kind === 'deleteManifest' ? (first.takes ?? []) : [];
    const manifests: RawManifest[] = [];
    for (const { digest } of [first, ...taken])
      manifests.push(...(await readForTrash(registry, repository, digest, signal)));
    trash.keep(
      operationId,
      repository,
      manifests,
      doomed.flatMap((step) => changesOf(step, repository)),
    );
    for (const step of doomed) {
      const numbered = pending.get(step);
      if (!numbered) continue;
      numbered.touched = true;
      steps.note(numbered.number, 'touched');
    }
    await durable();
  };
  try {
    const identified = await registry.identification.registry({ signal });
    return await runDeleteSteps(identified, registry.reader, repository, group, {
      keep,
      looked: prepared?.looked?.(),
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
  { operationId, subject, inventory, steps, tagChanges }: DeletionRun,
): Failure | undefined {
  const { repository } = subject.place;
  const references = changesOf(step, repository).map(({ reference }) => reference);
  if ('error' in outcome) {
    const failure = failureOf(staleOf(outcome.error));
    if (outcome.untouched) {
      steps.note(number, 'untouched');
      tagChanges.drop(operationId, repository, references);
    }
    steps.failed(number, failure);
    return failure;
  }
  const account = accountOf(subject.place);
  if (account !== undefined) {
    const gone = step.kind === 'deleteTag' ? [] : [step, ...(step.takes ?? [])];
    const tags = step.kind === 'deleteTag' ? [step.tag] : gone.flatMap((manifest) => manifest.tags);
    void inventory.removeTags(account, repository, tags);
    const digests = gone.map(({ digest }) => digest);
    if (digests.length > 0) void inventory.removeManifests(account, repository, digests);
  }
  // Gone since an earlier try of ours, whose reply was lost.
  steps.done(number, touched ? 'deleted' : outcome.result);
  return undefined;
}

/** What goes with a step; what is attached behind what it is attached to, so that it comes back after it. */
export function changesOf(
  step: DeletionStep | DeleteStep,
  repository: string,
): (TagChange & { tag: string | null })[] {
  const gone =
    step.kind === 'deleteTag' ? [{ digest: step.digest, tags: [step.tag] }] : [step, ...(step.takes ?? [])];
  return gone.flatMap(({ digest, tags }) => {
    const names: readonly (string | null)[] = tags.length > 0 ? tags : [null];
    return names.map((tag) => ({ repository, tag, reference: tag ?? digest, before: digest, after: null }));
  });
}

/** With a status it is the registry's own refusal. */
function staleOf(error: RegistryError): RegistryError | ServiceError {
  if (error.code !== 'conflict' || error.status !== undefined) return error;
  return new ServiceError('planStale', error.reason, { cause: error });
}
