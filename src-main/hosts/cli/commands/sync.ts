import type { Failure } from '../../../common/failure.ts';
import type { Operation } from '../../../common/operation.ts';
import { type SyncPlan, type SyncRules, type TransferItem, transferItem } from '../../../common/transfer.ts';
import type { Side } from '../../../engine/vocabulary/transfer.ts';
import type { AccessOverrides, PlaceHandle } from '../../../services/index.ts';
import { confirm } from '../ask.ts';
import type { Context } from '../context.ts';
import { leftOutText } from '../copy-options.ts';
import type { DeleteFlags } from '../deletion-plan.ts';
import { CommandFailure, errorDocument, OperationFailure, reasonOf } from '../failures.ts';
import { allItems } from '../operation-text.ts';
import { bytesText, counted, print, printJson, report } from '../output.ts';
import { prune } from '../prune.ts';
import { errorOf, followOperation, secondsOf } from '../run-operation.ts';
import { lastOf } from '../steps.ts';
import {
  definitionOf,
  fixedPart,
  parseSyncPlace,
  type SelectionFlags,
  type SyncPlace,
} from '../sync-places.ts';
import { countsText, planDocument, planText, type SyncNames, targetOf } from '../sync-text.ts';

/** Rows of a plan asked for at a time. */
const PAGE = 1_000;

/** A tag that was not copied. */
interface Failed {
  readonly target: string;
  readonly failure: Failure;
}

/** What a transfer has done; no operation where there was nothing to do. */
interface Outcome {
  readonly operation?: Operation;
  readonly copied: number;
  readonly failed: readonly Failed[];
}

/** @throws UsageError; RegistryError `invalidReference` */
export function syncsOneRegistry(source: string, target: string): boolean {
  const [from, to] = [parseSyncPlace(source), parseSyncPlace(target)];
  return from.host === to.host || from.content !== undefined || to.content !== undefined;
}

/** `sync SRC DST`: many tags in one operation. What fails does not hold up the others. */
export async function sync(
  context: Context,
  names: SyncNames,
  flags: SelectionFlags & DeleteFlags,
  access: Record<Side, AccessOverrides>,
): Promise<void> {
  const { json } = context;
  const [source, target] = [parseSyncPlace(names.source), parseSyncPlace(names.target)];
  const definition = definitionOf(source, target, flags);
  const from = await handleOf(context, source, access.source);
  const to = await handleOf(context, target, access.target);
  const plan = await planOf(context, from, to, definition);
  const items = itemsOf(context, plan);
  if (items.length === 0)
    throw new CommandFailure({ code: 'notFound', message: `No such tag: ${names.source}.` });
  if (flags.plan) {
    if (json) await printJson(planDocument(plan, names, items));
    else await print(planText(plan, names, definition, items, true));
    return;
  }
  if (!flags.yes || !json) report(planText(plan, names, definition, items, false));
  const outcome = await transferred(context, plan, items, flags);
  const pruned: string[] = [];
  let error: unknown = failureOf(outcome, items.length);
  if (error === undefined) {
    try {
      // Planning refuses to prune other places.
      if ('client' in to) await prune(context, to, plan.summary.onlyAtTarget, flags, pruned);
    } catch (cause) {
      // What was copied is reported all the same.
      error = cause;
    }
  } else if (!json && plan.summary.onlyAtTarget.length > 0)
    report('Nothing is pruned, since not all tags were copied.');
  if (json) await printJson(resultDocument(plan, names, outcome, pruned));
  else await print(resultText(plan, names, outcome, pruned));
  if (error !== undefined) throw error;
}

async function handleOf(context: Context, place: SyncPlace, access: AccessOverrides): Promise<PlaceHandle> {
  if (place.content) return context.core.content.handle(place.content);
  return await context.registry(place.host, access, fixedPart(place));
}

async function planOf(
  { core, signal }: Context,
  from: PlaceHandle,
  to: PlaceHandle,
  definition: SyncRules,
): Promise<SyncPlan> {
  const { plan } = await lastOf(
    core.transfers.planSync(from, to, definition, { signal }),
    'plan',
    ({ repositories, tags }) =>
      `Looking: ${repositories.done} of ${counted(repositories.total, 'repository', 'repositories')}, ` +
      `${tags.done} of ${counted(tags.total, 'tag')}`,
  );
  return plan;
}

function itemsOf({ core }: Context, { id }: SyncPlan): TransferItem[] {
  const items: TransferItem[] = [];
  for (;;) {
    const page = core.plans.items(id, { offset: items.length, limit: PAGE });
    items.push(...page.items.map((item) => transferItem.parse(item)));
    if (page.items.length === 0 || items.length >= page.total) return items;
  }
}

/** @throws Cancelled */
async function transferred(
  context: Context,
  plan: SyncPlan,
  items: readonly TransferItem[],
  flags: DeleteFlags,
): Promise<Outcome> {
  const { core, signal } = context;
  const refused = items.flatMap(({ target, failure }): Failed[] =>
    failure ? [{ target: targetOf(plan, target), failure }] : [],
  );
  const wanted = (plan.items.by.new ?? 0) + (plan.items.by.changed ?? 0);
  if (wanted === 0) return { copied: 0, failed: refused };
  await confirm(`Copy ${counted(wanted, 'tag')}?`, flags, signal);
  const { operationId } = await core.plans.start(plan.id, { keepContent: flags.keepContent, signal });
  const operation = await followOperation(context, operationId);
  if (operation.status === 'cancelled' || operation.status === 'paused') throw errorOf(operation);
  // An operation that ended early, the disk full or the registry out of reach, has not come to some of its tags.
  const left = [...allItems(core, operationId, 'failed'), ...allItems(core, operationId, 'waiting')];
  const why: Failure = operation.failure ?? { code: 'internal', message: 'The operation did not end.' };
  const failed = left.map(({ target, failure = why }) => ({ target: targetOf(plan, target), failure }));
  return { operation, copied: wanted - failed.length, failed: [...refused, ...failed] };
}

function failureOf({ failed }: Outcome, total: number): OperationFailure | undefined {
  const [first] = failed;
  if (!first) return undefined;
  return new OperationFailure({
    code: first.failure.code,
    message: `${failed.length} of ${counted(total, 'tag')} failed.`,
    reason: `${first.target}: ${reasonOf(first.failure)}`,
  });
}

function resultDocument(
  plan: SyncPlan,
  names: SyncNames,
  { operation, copied, failed }: Outcome,
  pruned: readonly string[],
): object {
  return {
    ...names,
    counts: plan.items.by,
    copied,
    failed: failed.map(({ target, failure }) => ({ target, error: errorDocument(failure) })),
    bytesSent: operation?.progress.bytesSent ?? 0,
    bytesMounted: operation?.progress.bytesMounted ?? 0,
    bytesPresent: operation?.progress.bytesPresent ?? plan.summary.blobs.present.bytes,
    seconds: operation ? secondsOf(operation) : 0,
    leftOut: plan.summary.leftOut,
    pruned,
    operation: operation?.id ?? null,
  };
}

function resultText(
  plan: SyncPlan,
  { target }: SyncNames,
  { operation, copied, failed }: Outcome,
  pruned: readonly string[],
): string[] {
  const { new: _new, changed: _changed, refused: _refused, ...left } = plan.items.by;
  const rest = countsText({ ...left, new: 0, changed: 0, refused: 0 });
  const sent = operation ? ` (${bytesText(operation.progress.bytesSent)} sent)` : '';
  return [
    ...leftOutText(plan.summary.leftOut),
    ...failed.map((each) => `failed: ${each.target}: ${reasonOf(each.failure)}`),
    ...pruned.map((tag) => `deleted: ${tag}`),
    `${target}: ${counted(copied, 'tag')} copied${sent}${rest === '' ? '' : `, ${rest}`}` +
      `${failed.length > 0 ? `, ${failed.length} failed` : ''}${pruned.length > 0 ? `, ${pruned.length} deleted` : ''}`,
  ];
}
