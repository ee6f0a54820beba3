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
  type TagWatch,
} from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { failureOf, isHopeless } from '../failure.ts';
import type { RunContext } from '../operations/kind.ts';
import { LEFT_ALONE, type StepCursor } from '../operations/steps.ts';
import { inParallel } from '../parallel.ts';
import { readForTrash } from '../restoring/keep.ts';
import type { RegistryHandle, StepChange } from '../types.ts';
import type { DeletionStep } from './step.ts';

/** Manifests read for the trash at a time. */
const READS = 6;

/** What a deletion keeps and forgets. */
export interface DeletionData {
  trash: Trash;
  tagChanges: TagChanges;
  inventory: Inventory;
}

/** What deleting steps of one repository needs of their operation. */
export interface DeletionRun
  extends DeletionData,
    Pick<RunContext<unknown, unknown>, 'operationId' | 'signal' | 'durable'> {
  registry: RegistryHandle;
  repository: string;
  steps: Pick<StepCursor<unknown>, 'done' | 'failed' | 'note'>;
  /** Where tags were seen just now. */
  looked?: ReadonlyMap<string, string | undefined> | undefined;
  watch?: TagWatch | undefined;
  /** What is not as its plan saw it any more is left alone, and that is no failure. */
  leavesAlone?: boolean;
}

export interface Numbered {
  number: number;
  step: DeleteStep;
  /** An earlier try may have changed something, and no one knows how it ended. */
  touched: boolean;
}

/**
 * Runs steps that belong together, and writes down how they ended. One that fails does not hold up the others.
 *
 * @throws what ends the whole operation: `cancelled`, a registry out of reach, a full disk, and one that does something else than it says
 */
export async function runDeletionGroup(group: readonly Numbered[], context: DeletionRun): Promise<void> {
  const pending = new Map(group.map((numbered) => [numbered.step, numbered]));
  let ending: unknown;
  const gone: Numbered[] = [];
  for (const [step, outcome] of await runGroup(pending, context)) {
    const numbered = pending.get(step);
    if (!numbered) continue;
    const failure = settle(numbered, outcome, context);
    if (!failure) gone.push(numbered);
    else if ('error' in outcome && (outcome.differs || isHopeless(failure.code)))
      ending ??= outcome.differs ? stopped(outcome.error) : outcome.error;
  }
  forget(gone, context);
  ending ??= lossOf(context);
  if (ending) throw ending;
}

/** Looks once more at all names of a repository that things were deleted from. @throws where tags are gone that should stay */
export async function endRepository(context: DeletionRun): Promise<void> {
  await context.watch?.after(context.signal, { sure: true });
  const lost = lossOf(context);
  if (lost) throw lost;
}

function lossOf({ watch }: DeletionRun): Error | undefined {
  const lost = watch?.lost ?? [];
  return lost.length > 0 ? stopped(lostTags(lost)) : undefined;
}

async function runGroup(
  pending: ReadonlyMap<DeleteStep, Numbered>,
  context: DeletionRun,
): Promise<Map<DeleteStep, DeleteOutcome>> {
  const { registry, repository, signal, looked, watch } = context;
  const group = [...pending.keys()];
  const keep = (doomed: readonly DeleteStep[]) => keepInTrash(doomed, pending, context);
  try {
    const identified = await registry.identification.registry({ signal });
    return await runDeleteSteps(identified, registry.reader, repository, group, {
      keep,
      looked,
      watch,
      signal,
    });
  } catch (error) {
    // What failed for these need not fail for the next ones; a registry out of reach will.
    const failure = failureOf(error);
    if (signal.aborted || failure.code === 'cancelled' || isHopeless(failure.code)) throw error;
    if (!(error instanceof RegistryError)) throw error;
    return new Map(group.map((step) => [step, { error, untouched: false, differs: false }]));
  }
}

/** What goes is in the trash, and on the disk, before it goes. */
async function keepInTrash(
  doomed: readonly DeleteStep[],
  pending: ReadonlyMap<DeleteStep, Numbered>,
  { registry, repository, operationId, signal, steps, trash, durable }: DeletionRun,
): Promise<void> {
  const attached = doomed.flatMap((step) => (step.kind === 'deleteManifest' ? (step.attached ?? []) : []));
  const digests = new Set([...doomed.flatMap(goneWith).map(({ digest }) => digest), ...attached]);
  const manifests: RawManifest[] = [];
  const reads = inParallel([...digests], READS, signal, (digest, stop) =>
    readForTrash(registry, repository, digest, stop),
  );
  for await (const read of reads) manifests.push(...read);
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
}

function settle(
  { number, step, touched }: Numbered,
  outcome: DeleteOutcome,
  { operationId, repository, steps, tagChanges, leavesAlone }: DeletionRun,
): Failure | undefined {
  if ('error' in outcome) {
    const failure = failureOf(staleOf(outcome.error));
    if (outcome.untouched) {
      steps.note(number, 'untouched');
      const references = changesOf(step, repository).map(({ reference }) => reference);
      tagChanges.drop(operationId, repository, references);
    }
    if (leavesAlone && failure.code === 'planStale' && !outcome.differs) steps.done(number, LEFT_ALONE);
    else steps.failed(number, failure);
    return failure;
  }
  // Gone since an earlier try of ours, whose reply was lost.
  steps.done(number, touched ? 'deleted' : outcome.result);
  return undefined;
}

/** The inventory knows it no more. */
function forget(gone: readonly Numbered[], { registry, repository, inventory }: DeletionRun): void {
  const account = accountOf(registry.place);
  if (account === undefined || gone.length === 0) return;
  const manifests = gone.flatMap(({ step }) => (step.kind === 'deleteManifest' ? goneWith(step) : []));
  const alone = gone.flatMap(({ step }) => (step.kind === 'deleteTag' ? [step.tag] : []));
  const tags = [...alone, ...manifests.flatMap((manifest) => manifest.tags)];
  if (tags.length > 0) void inventory.removeTags(account, repository, tags);
  const digests = manifests.map(({ digest }) => digest);
  if (digests.length > 0) void inventory.removeManifests(account, repository, digests);
}

/** What goes with a step. */
function goneWith(step: DeletionStep | DeleteStep): readonly { digest: string; tags: readonly string[] }[] {
  return step.kind === 'deleteTag'
    ? [{ digest: step.digest, tags: [step.tag] }]
    : [step, ...(step.takes ?? [])];
}

/** What goes with a step; what is attached behind what it is attached to, so that it comes back after it. */
export function changesOf(step: DeletionStep | DeleteStep, repository: string): (TagChange & StepChange)[] {
  return goneWith(step).flatMap(({ digest, tags }) => {
    const names: readonly (string | null)[] = tags.length > 0 ? tags : [null];
    const stays = step.kind === 'deleteTag' && step.siblings ? { stays: true as const } : {};
    return names.map((tag) => ({
      repository,
      tag,
      reference: tag ?? digest,
      before: digest,
      after: null,
      ...stays,
    }));
  });
}

/** With a status it is the registry's own refusal. */
function staleOf(error: RegistryError): RegistryError | ServiceError {
  if (error.code !== 'conflict' || error.status !== undefined) return error;
  return new ServiceError('planStale', error.reason, { cause: error });
}

/** The registry is not as the plan says: what else it would do is not known. */
function stopped(error: RegistryError): RegistryError | ServiceError {
  const reason = `${error.reason ?? ''} The deletion was stopped there.`.trim();
  const { code, request, status } = error;
  return staleOf(new RegistryError(code, request, { status, reason, cause: error }));
}

function lostTags(tags: readonly string[]): RegistryError {
  const names = tags.slice(0, 5).join(', ');
  return new RegistryError('conflict', '', {
    reason: `Tags that the plan keeps are gone, by whatever cause: ${names}${tags.length > 5 ? ` and ${tags.length - 5} more` : ''}.`,
  });
}

/** Groups of a run in the order to run them; tags of different digests may go at the same time. */
export function turnsOf(steps: readonly Numbered[]): Numbered[][][] {
  const numbered = new Map(steps.map((one) => [one.step, one]));
  const turns: Numbered[][][] = [];
  let digests = new Set<string>();
  for (const group of groupSteps([...numbered.keys()])) {
    const members = group.flatMap((step) => numbered.get(step) ?? []);
    const [first] = group;
    const isTags = first?.kind === 'deleteTag';
    const last = turns.at(-1);
    if (last && isTags && digests.size > 0 && !digests.has(first.digest)) last.push(members);
    else {
      digests = new Set();
      turns.push([members]);
    }
    if (isTags) digests.add(first.digest);
  }
  return turns;
}
