import type { Failure } from '../../common/failure.ts';
import { accountOf } from '../../common/place.ts';
import type { Journal, Parts, ProcessMark, SeenPlaces, Uploads } from '../../data/index.ts';
import {
  type ItemOutcome,
  planTransfer,
  type RegistryError,
  runTransfer,
  type TransferItem,
  type TransferPlan,
  TransferProgress,
} from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { failureOf, isHopeless } from '../failure.ts';
import { isSameRegistry, sideOf } from '../transfers/sides.ts';
import type { RegistryHandle } from '../types.ts';
import type { CopyStep } from './rows.ts';
import { openUploadSessions } from './upload-sessions.ts';

export interface NumberedCopy {
  number: number;
  step: CopyStep;
}

export interface TransferContext {
  operationId: string;
  source: RegistryHandle;
  target: RegistryHandle;
  /** The plan made just now, with an item for each step; without it everything is looked at anew. */
  prepared: TransferPlan | undefined;
  journal: Journal;
  parts: Parts;
  uploads: Uploads;
  seen: SeenPlaces;
  /** Mark of this process. */
  owner: Pick<ProcessMark, 'text'>;
  now: () => Date;
  /** Large blobs in flight. */
  concurrency: number;
  signal: AbortSignal;
  /** Gives what counts it, and what to call at each change. */
  watch: (progress: TransferProgress) => void;
  changed: () => void;
}

/**
 * Runs the copies of an operation as one transfer and writes down each blob and each tag as it is done. A copy that fails does
 * not hold up the others.
 *
 * @returns why copies failed
 * @throws what ends the whole transfer: `cancelled`, a registry out of reach, a full disk
 */
export async function runCopies(
  copies: readonly NumberedCopy[],
  context: TransferContext,
): Promise<Failure[]> {
  const { journal, parts, operationId, signal, target, now } = context;
  const failures: Failure[] = [];
  const plan = context.prepared ?? (await planAgain(copies, context));
  const numbers = new Map<TransferItem, NumberedCopy>();
  const end = (copy: NumberedCopy, outcome: ItemOutcome | { kind: 'moved' }): void => {
    if (outcome.kind === 'copied' || outcome.kind === 'unchanged') {
      journal.stepDone(operationId, copy.number, now(), outcome.kind);
      remember(copy.step, context);
      return;
    }
    const failure = failureOf(outcome.kind === 'failed' ? staleOf(outcome.error) : moved(copy.step));
    journal.stepFailed(operationId, copy.number, failure);
    failures.push(failure);
  };
  const items: TransferItem[] = [];
  for (const [position, copy] of copies.entries()) {
    const item = plan.items[position];
    if (!item || item.verdict === 'kept') throw new TypeError('A copy without its place in the plan.');
    numbers.set(item, copy);
    const found = context.prepared ? undefined : outcomeOf(item, copy.step);
    if (found) end(copy, found);
    else items.push(item);
  }
  const progress = new TransferProgress({ ...plan, items }, context.changed);
  context.watch(progress);
  const sessions = await openUploadSessions(context.uploads, target.client.url.origin, context.owner.text);
  try {
    await runTransfer(
      { ...plan, items },
      {
        signal,
        concurrency: context.concurrency,
        progress,
        sessions,
        isHopeless: (error) => isHopeless(error.code),
        onBlob: ({ repository, descriptor: { digest, size } }, outcome) => {
          if (outcome !== 'present') parts.add(operationId, { repository, digest, size, outcome });
        },
        onItem: (item, outcome) => {
          const copy = numbers.get(item);
          if (copy) end(copy, outcome);
        },
      },
    );
  } finally {
    sessions.close();
    context.parts.write();
  }
  return failures;
}

/** What needs no work any more, or must not be done: the source is pinned, so that only the target may have changed. */
function outcomeOf(
  { verdict, error, replaces, root }: TransferItem,
  step: CopyStep,
): ItemOutcome | { kind: 'moved' } | undefined {
  if (verdict === 'refused' && error) return { kind: 'failed', error };
  if (verdict === 'same') return { kind: 'unchanged' };
  return replaces === step.replaces || replaces === root?.digest ? undefined : { kind: 'moved' };
}

/** After an interruption. What was brought already is not asked for again. */
async function planAgain(copies: readonly NumberedCopy[], context: TransferContext): Promise<TransferPlan> {
  const { source, target, parts, operationId, signal } = context;
  const [first] = copies;
  const brought = new Set(parts.of(operationId).map(({ repository, digest }) => `${repository} ${digest}`));
  const requests = copies.map(({ step }) => ({
    source: {
      repository: step.source.repository,
      reference: step.sourceDigest ?? step.source.reference,
    },
    target: { repository: step.target.repository, tag: step.target.tag },
  }));
  return await planTransfer(sideOf(source), sideOf(target), requests, {
    sameRegistry: isSameRegistry(source, target),
    attached: first?.step.attached,
    platforms: first?.step.platforms,
    foreign: first?.step.foreign,
    isBrought: (repository, digest) => brought.has(`${repository} ${digest}`),
    isHopeless: (error) => isHopeless(error.code),
    looksLater: copies.length === 1,
    signal,
  });
}

function staleOf(error: RegistryError): RegistryError | ServiceError {
  if (error.code !== 'conflict' || error.status !== undefined) return error;
  return new ServiceError('planStale', error.reason, { cause: error });
}

function moved({ target }: CopyStep): ServiceError {
  return new ServiceError('planStale', `The tag ${target.tag} moved.`);
}

function remember({ target, digest }: CopyStep, { seen, now }: TransferContext): void {
  const account = accountOf(target);
  if (account === undefined) return;
  void seen.tags(account, target.repository, [{ name: target.tag, digest }], now().getTime());
}
