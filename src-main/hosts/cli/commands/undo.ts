import type { Operation } from '../../../common/operation.ts';
import type { Plan } from '../../../common/plan.ts';
import { productChangePlan } from '../../../common/product-change.ts';
import { type RestoreItem, type RestorePlan, restoreItem, restorePlan } from '../../../common/restoring.ts';
import type { AccessOverrides, Core } from '../../../services/index.ts';
import { confirm } from '../ask.ts';
import { type Context, warnOfReach } from '../context.ts';
import { CommandFailure, errorDocument, reasonOf } from '../failures.ts';
import { operationDocument } from '../operation-text.ts';
import { bytesText, counted, print, printJson, report, shortDigest } from '../output.ts';
import { runOperation } from '../run-operation.ts';
import { runProductChange } from '../run-product-change.ts';
import { type NameFlags, typedNames } from '../typed-name.ts';
import { findOperation, sidesOf } from './operations.ts';

/** Rows of a plan asked for at a time. */
const PAGE = 1_000;

/** `undo ID`: takes back what an operation did to tags, after showing it. */
export async function undo(
  context: Context,
  text: string,
  flags: NameFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const operation = findOperation(core, text);
  const { target } = sidesOf(core, operation.id);
  if (target) warnOfReach(await core.accounts.at(target, access));
  const made = await planOf(context, operation, access);
  const change = productChangePlan.safeParse(made).data;
  if (change) return await runProductChange(context, change, flags);
  const plan = restorePlan.parse(made);
  const items = itemsOf(core, plan.id);
  const host = target?.host ?? '';
  if (flags.plan) {
    if (json) await printJson({ operation: operation.id, restores: items.flatMap(restoreDocuments) });
    else await print(linesOf(host, items, plan));
    return;
  }
  if (items.every(({ state }) => REASONS[state] !== undefined && state !== 'moved'))
    throw new CommandFailure({
      code: 'unsupported',
      message: `Nothing of ${operation.title} can be restored.`,
      reason: linesOf(host, items, plan).slice(1).join('; '),
    });
  if (!flags.yes || !json) report(linesOf(host, items, plan));
  await confirm('Put it back?', flags, signal);
  const typed = (await typedNames(context, [plan], flags)).get(plan.id);
  const { operationId } = await core.plans.start(plan.id, { typed, signal });
  const ended = await runOperation(context, operationId);
  if (json) await printJson({ ...operationDocument(ended), undoes: operation.id });
  else
    await print(`${ended.title}: ${ended.status}${ended.failure?.reason ? `. ${ended.failure.reason}` : ''}`);
}

async function planOf(
  { core, signal }: Context,
  { id, title }: Operation,
  access: AccessOverrides,
): Promise<Plan> {
  try {
    return await core.plans.planUndo(id, { access: { target: access }, signal });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'unsupported') throw error;
    throw new CommandFailure({
      code: 'unsupported',
      message: `${title} cannot be undone: it changed nothing, was undone, or its record has too little.`,
    });
  }
}

function itemsOf({ plans }: Core, id: string): RestoreItem[] {
  const items: RestoreItem[] = [];
  for (;;) {
    const page = plans.items(id, { offset: items.length, limit: PAGE });
    items.push(...page.items.map((item) => restoreItem.parse(item)));
    if (page.items.length === 0 || items.length >= page.total) return items;
  }
}

function linesOf(host: string, items: readonly RestoreItem[], { summary }: RestorePlan): string[] {
  const repositories = Map.groupBy(items, ({ repository }) => repository);
  const { sends, unasked } = summary;
  return [
    ...[...repositories].flatMap(([repository, own]) => [
      `Put back in ${host}/${repository}`,
      ...own.flatMap((item) => namesOf(item).map((tag) => `  ${tag ?? 'no tag'} ${effectOf(item)}`)),
    ]),
    ...(sends > 0 ? [`  sends ${bytesText(sends)} again that the registry has no more`] : []),
    ...(unasked > 0 ? [`  ${counted(unasked, 'blob')} more not asked for: the run will see`] : []),
  ];
}

function namesOf({ tags }: RestoreItem): readonly (string | null)[] {
  return tags.length > 0 ? tags : [null];
}

function effectOf({ state, digest, leaves, failure }: RestoreItem): string {
  const now = leaves === null ? '' : `, away from ${shortDigest(leaves)}`;
  switch (state) {
    case 'restore':
      return `-> ${shortDigest(digest ?? '')}${now}`;
    case 'remove':
      return 'is deleted: it was new';
    case 'same':
      return 'is as it was already';
    case 'moved':
      return 'points elsewhere by now, and is left alone';
    case 'blind':
      return 'is left alone: what it pointed at before could not be seen';
    case 'collected':
      return 'cannot be restored: the registry has collected its layers';
    case 'unknown':
      return 'cannot be restored: neither the trash nor the registry still has it';
    case 'damaged':
      return 'cannot be restored: its copy in the trash is damaged';
    case 'locked':
      return 'is left alone: the registry is locked read-only';
    case 'stays':
      return `stays: ${failure ? reasonOf(failure) : 'it cannot be deleted'}`;
  }
}

/** Why a tag stays as it is; undefined for what is done, or is so already. */
const REASONS: Readonly<Record<RestoreItem['state'], string | undefined>> = {
  restore: undefined,
  remove: undefined,
  same: undefined,
  moved: 'tagMoved',
  blind: 'notSeen',
  collected: 'blobsGone',
  unknown: 'manifestUnknown',
  damaged: 'trashDamaged',
  stays: 'cannotDelete',
  locked: 'readOnly',
};

function restoreDocuments(item: RestoreItem): object[] {
  const { repository, state, digest, leaves, sends = 0, failure } = item;
  const reason = REASONS[state];
  return namesOf(item).map((tag) => ({
    repository,
    tag,
    digest,
    possible: reason === undefined,
    ...(reason === undefined ? {} : { reason }),
    state,
    now: leaves,
    bytesSent: sends,
    ...(failure ? { error: errorDocument(failure) } : {}),
  }));
}
