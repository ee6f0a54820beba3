import { accountOf } from '../../common/place.ts';
import type { Inventory, Parts, TagChanges, Trash, Uploads } from '../../data/index.ts';
import {
  factsOf,
  type ItemOutcome,
  isDigest,
  planTransfer,
  type RegistryError,
  runTransfer,
  type TransferItem,
  type TransferPlan,
  TransferProgress,
} from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { failureOf, isHopeless } from '../failure.ts';
import type { RunContext } from '../operations/kind.ts';
import type { NumberedStep, StepCursor } from '../operations/steps.ts';
import { isRegistry } from '../place-handle.ts';
import type { PlaceHandle } from '../types.ts';
import { TransferMeter } from './meter.ts';
import { isSameRegistry, platformChoice, sourceOf, targetOf } from './sides.ts';
import { type CopyStep, optionsOf, type TransferPrepared, type TransferSubject } from './step.ts';
import { tagKeeper } from './tag-keeper.ts';
import { openUploadSessions } from './upload-sessions.ts';

/** What transfers keep between runs, and of what they change. */
export interface TransferData {
  parts: Parts;
  uploads: Uploads;
  trash: Trash;
  tagChanges: TagChanges;
  inventory: Inventory;
  /** Large blobs in flight. */
  concurrency: () => number;
}

type Run = RunContext<TransferSubject, TransferPrepared>;

interface Context extends TransferData, Run {
  steps: StepCursor<CopyStep>;
  source: PlaceHandle;
  target: PlaceHandle;
  meter: TransferMeter;
  /** Blobs that this operation has sent, as `repository digest`: a page that is planned again does not ask for them. */
  sent: Set<string>;
}

/**
 * Runs the copies of an operation and writes down each blob and each tag as it is done: all at once with the plan made just now,
 * else some at a time. A copy that fails does not hold up the others.
 *
 * @throws what ends the whole transfer: `cancelled`, a registry out of reach, a full disk
 */
export async function runCopies(steps: StepCursor<CopyStep>, run: Run, data: TransferData): Promise<void> {
  const [target] = run.changes;
  const source = run.reads[0] ?? target;
  if (!source || !target) throw new TypeError('A transfer without its registries.');
  const meter = new TransferMeter(() => steps.counts(), { many: !('digest' in run.subject) });
  run.measure(meter);
  const plan = run.prepared?.plan;
  const earlier = plan ? [] : data.parts.of(run.operationId);
  const sent = new Set(earlier.map(({ repository, digest }) => `${repository} ${digest}`));
  const context = { ...run, ...data, steps, source, target, meter, sent };
  if (plan) {
    const planned = [...plan.items.entries()].filter(([, { verdict }]) => isToBeCopied(verdict));
    const numbers = new Map(planned.map(([number, item]) => [item, number]));
    await transfer({ ...plan, items: [...numbers.keys()] }, numbers, context);
    return;
  }
  for await (const page of steps.pages()) await goOn(page, context);
}

export function isToBeCopied(verdict: TransferItem['verdict']): boolean {
  return verdict === 'new' || verdict === 'changed';
}

/** @param numbers of the steps that the items are */
async function transfer(
  plan: TransferPlan,
  numbers: ReadonlyMap<TransferItem, number>,
  context: Context,
): Promise<void> {
  const { operationId, source: _, target, parts, signal, steps, meter } = context;
  const progress = new TransferProgress(plan, context.moved);
  meter.next(progress);
  const registry = isRegistry(target) ? target : undefined;
  const sessions =
    registry && (await openUploadSessions(context.uploads, registry.client.url.origin, context.owner.text));
  try {
    await runTransfer(
      registry
        ? {
            ...plan,
            target: await targetOf(registry, tagKeeper(plan.items, { ...context, target: registry })),
          }
        : plan,
      {
        signal,
        concurrency: context.concurrency(),
        progress,
        ...(sessions && { sessions }),
        isHopeless: (error) => isHopeless(error.code),
        onBlob: ({ repository, descriptor: { digest, size } }, outcome) => {
          // What is not whole is removed elsewhere when a run ends.
          if (!registry || outcome === 'present') return;
          parts.add(operationId, { repository, digest, size, outcome });
          context.sent.add(`${repository} ${digest}`);
        },
        onItem: (item, outcome) => {
          const number = numbers.get(item);
          if (number === undefined) return;
          if (outcome.kind === 'failed') steps.failed(number, failureOf(staleOf(outcome.error)));
          else {
            steps.done(number, outcome.kind);
            noteWritten(item, plan, context);
          }
        },
      },
    );
  } finally {
    sessions?.close();
    parts.write();
  }
}

/** Steps of an operation whose plan is gone: what is there now is looked at anew. */
async function goOn(page: readonly NumberedStep<CopyStep>[], context: Context): Promise<void> {
  const { steps } = context;
  const plan = await planAgain(page, context);
  const numbers = new Map<TransferItem, number>();
  for (const [position, { number, step }] of page.entries()) {
    const item = plan.items[position];
    if (!item || item.verdict === 'kept') throw new TypeError('A copy without its place in the plan.');
    const found = outcomeOf(item, step);
    if (!found) numbers.set(item, number);
    else if (found === 'unchanged') {
      steps.done(number, found);
      noteWritten(item, plan, context);
    } else steps.failed(number, failureOf(found));
  }
  await transfer({ ...plan, items: [...numbers.keys()] }, numbers, context);
}

/** What needs no work any more, or must not be done: the source is pinned, so that only the target may have changed. */
function outcomeOf(
  { verdict, error, replaces, root }: TransferItem,
  step: CopyStep,
): Extract<ItemOutcome['kind'], 'unchanged'> | RegistryError | ServiceError | undefined {
  if (verdict === 'refused' && error) return staleOf(error);
  if (verdict === 'same') return 'unchanged';
  if (replaces === step.replaces || replaces === root?.digest) return undefined;
  return new ServiceError('planStale', `The tag ${step.target.tag} moved.`);
}

/** After an interruption. What was sent already is not asked for again. */
async function planAgain(page: readonly NumberedStep<CopyStep>[], context: Context): Promise<TransferPlan> {
  const { source, target, sent, signal, subject } = context;
  const requests = page.map(({ step }) => ({
    source: {
      repository: step.source.repository,
      reference: step.sourceDigest ?? step.source.reference,
    },
    target: { repository: step.target.repository, tag: step.target.tag },
  }));
  const options = optionsOf(subject.options, page[0]?.step);
  return await planTransfer(await sourceOf(source, signal), await targetOf(target), requests, {
    sameRegistry: isSameRegistry(source, target),
    attached: options.attached,
    platforms: platformChoice(options),
    foreign: options.foreign,
    protects: target.protects,
    isCopied: (repository, digest) => sent.has(`${repository} ${digest}`),
    isHopeless: (error) => isHopeless(error.code),
    looksLater: page.length === 1,
    signal,
  });
}

function staleOf(error: RegistryError): RegistryError | ServiceError {
  if (error.code !== 'conflict' || error.status !== undefined) return error;
  return new ServiceError('planStale', error.reason, { cause: error });
}

/** Into the inventory: what the target's tags point at now, and the manifests behind them as far as they are at hand. */
function noteWritten(
  { request, root, manifests }: TransferItem,
  { contents }: TransferPlan,
  { target, inventory, now }: Context,
): void {
  const account = accountOf(target.place);
  if (account === undefined || !root) return;
  const { repository, tag } = request.target;
  const facts = manifests.flatMap(({ digest }) => {
    const raw = contents.held(digest);
    return raw ? [factsOf(raw)] : [];
  });
  const attached = manifests.filter(({ reference }) => reference !== tag && !isDigest(reference));
  const tags = [
    ...attached.map(({ reference, digest }) => ({ name: reference, digest })),
    { name: tag, digest: root.digest },
  ];
  const seen = now().getTime();
  if (facts.length > 0) void inventory.manifests(account, repository, facts, seen);
  void inventory.tags(account, repository, tags, seen);
}
