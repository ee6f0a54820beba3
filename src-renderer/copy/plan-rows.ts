import type { TransferItem } from '../../src-main/common/transfer.ts';
import { naturalKey } from '../lists/natural-order.ts';
import { foldText, wordFilter } from '../lists/word-filter.ts';
import type { Sort } from '../ui/sort.ts';

/** A tag of a plan, or a repository of the destination with all that go into it. */
export interface PlanRow {
  readonly id: string;
  readonly level: number;
  /** Undefined for a tag. */
  readonly expanded: boolean | undefined;
  /** Of the destination. */
  readonly repository: string;
  /** One, or those of the repository that are shown. */
  readonly items: readonly TransferItem[];
  /** How many of them would be written. */
  readonly acting: number;
  /** Bytes of what would be written; of each as far as it was looked at. */
  readonly size: number;
  readonly send: number;
  readonly mount: number;
  readonly present: number;
  /** How many signatures, SBOMs and attestations go along. */
  readonly extras: number;
}

export interface PlanRowsOptions {
  /** Those of this verdict alone. */
  state?: string | undefined;
  typed: string;
  sort: Sort | undefined;
  /** Whether a repository's tags are not shown. */
  isClosed: (repository: string) => boolean;
}

/** Whether it would be written. */
export function isActing({ state }: Pick<TransferItem, 'state'>): boolean {
  return state === 'new' || state === 'changed';
}

/** The tags of a plan by repository; of one repository they are a list. */
export function planRows(
  items: readonly TransferItem[],
  { state, typed, sort, isClosed }: PlanRowsOptions,
): readonly PlanRow[] {
  const matches = wordFilter(typed);
  const shown = items.filter(
    (item) =>
      (state === undefined || item.state === state) &&
      (!matches || matches(foldText(`${item.target.repository}:${item.target.tag}`))),
  );
  const groups = Map.groupBy(shown, ({ target }) => target.repository);
  const isList = groups.size < 2 && new Set(items.map(({ target }) => target.repository)).size < 2;
  const inOrder = (rows: readonly PlanRow[]) => (sort ? sorted(rows, sort) : rows);
  const tags = (of: readonly TransferItem[], level: number) =>
    inOrder(of.map((item) => rowOf(`${item.number}`, level, undefined, item.target.repository, [item])));
  if (isList) return tags(shown, 1);
  const repositories = [...groups].map(([repository, of]) =>
    rowOf(`/${repository}`, 1, !isClosed(repository), repository, of),
  );
  return inOrder(repositories).flatMap((row) => (row.expanded ? [row, ...tags(row.items, 2)] : [row]));
}

function rowOf(
  id: string,
  level: number,
  expanded: boolean | undefined,
  repository: string,
  items: readonly TransferItem[],
): PlanRow {
  const row = { acting: 0, size: 0, send: 0, mount: 0, present: 0, extras: 0 };
  for (const item of items) {
    if (!isActing(item)) continue;
    row.acting++;
    row.size += item.size ?? 0;
    row.send += item.bytes?.send ?? 0;
    row.mount += item.bytes?.mount ?? 0;
    row.present += item.bytes?.present ?? 0;
    row.extras += item.extras;
  }
  return { id, level, expanded, repository, items, ...row };
}

/** What is dangerous, or did not work, first. */
const VERDICT_ORDER = ['refused', 'changed', 'new', 'kept', 'same'];

/** Equal rows stay as they came. */
function sorted(rows: readonly PlanRow[], { column, descending }: Sort): readonly PlanRow[] {
  const keyed = rows.map((row) => ({ row, key: keyOf(row, column) }));
  keyed.sort((a, b) => (a.key === b.key ? 0 : a.key < b.key !== descending ? -1 : 1));
  return keyed.map(({ row }) => row);
}

function keyOf(row: PlanRow, column: string): number | string {
  if (column === 'size') return row.size;
  if (column === 'send') return row.send;
  return column === 'verdict' ? rankOf(row) : nameOf(row);
}

function rankOf({ items }: PlanRow): number {
  return Math.min(...items.map(({ state }) => VERDICT_ORDER.indexOf(state)));
}

function nameOf({ repository, items, expanded }: PlanRow): string {
  const [item] = items;
  return naturalKey(expanded === undefined && item ? item.target.tag : repository);
}
