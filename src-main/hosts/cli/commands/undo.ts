import type { RestoreItem } from '../../../common/restoring.ts';
import { restoreItem } from '../../../common/restoring.ts';
import type { AccessOverrides, Core } from '../../../services/index.ts';
import { type ChangeFlags, confirm } from '../ask.ts';
import { type Context, warnOfReach } from '../context.ts';
import { CommandFailure, errorDocument, reasonOf } from '../failures.ts';
import { operationDocument } from '../operation-text.ts';
import { print, printJson, report, shortDigest } from '../output.ts';
import { runOperation } from '../run-operation.ts';
import { findOperation, sidesOf } from './operations.ts';

/** Rows of a plan asked for at a time. */
const PAGE = 1_000;

/** `undo ID`: takes back what an operation did to tags, after showing it. */
export async function undo(
  context: Context,
  text: string,
  flags: ChangeFlags,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const operation = findOperation(core, text);
  if (!operation.actions.undo)
    throw new CommandFailure({
      code: 'unsupported',
      message: `${operation.title} cannot be undone: it changed nothing, was undone, its layers were collected, or its record has too little.`,
    });
  const { target } = sidesOf(core, operation.id);
  if (target) warnOfReach(await core.accounts.at(target, access));
  const plan = await core.plans.planUndo(operation.id, { access: { target: access }, signal });
  const items = itemsOf(core, plan.id);
  const host = target?.host ?? '';
  if (flags.plan) {
    if (json) await printJson({ operation: operation.id, changes: items.flatMap(changeDocuments) });
    else await print(linesOf(host, items));
    return;
  }
  if (!flags.yes || !json) report(linesOf(host, items));
  await confirm('Put it back?', flags, signal);
  const { operationId } = await core.plans.start(plan.id, { signal });
  const ended = await runOperation(context, operationId);
  if (json) await printJson({ ...operationDocument(ended), undoes: operation.id });
  else
    await print(`${ended.title}: ${ended.status}${ended.failure?.reason ? `. ${ended.failure.reason}` : ''}`);
}

function itemsOf({ plans }: Core, id: string): RestoreItem[] {
  const items: RestoreItem[] = [];
  for (;;) {
    const page = plans.items(id, { offset: items.length, limit: PAGE });
    items.push(...page.items.map((item) => restoreItem.parse(item)));
    if (page.items.length === 0 || items.length >= page.total) return items;
  }
}

function linesOf(host: string, items: readonly RestoreItem[]): string[] {
  const repositories = Map.groupBy(items, ({ repository }) => repository);
  return [...repositories].flatMap(([repository, own]) => [
    `Put back in ${host}/${repository}`,
    ...own.flatMap((item) => namesOf(item).map((tag) => `  ${tag ?? 'no tag'} ${effectOf(item)}`)),
  ]);
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
      return 'cannot be put back: the registry collected its layers';
    case 'stays':
      return `stays: ${failure ? reasonOf(failure) : 'it cannot be deleted'}`;
  }
}

function changeDocuments(item: RestoreItem): object[] {
  const { repository, state, digest, leaves, failure } = item;
  return namesOf(item).map((tag) => ({
    repository,
    tag,
    before: leaves,
    after: digest,
    state,
    error: failure ? errorDocument(failure) : null,
  }));
}
