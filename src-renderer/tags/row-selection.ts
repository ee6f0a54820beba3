import type { TagRow } from './tag-rows.ts';

/** Rows by how many of their tags are selected. */
export interface RowSelection {
  /** Ids of rows that are selected whole. */
  readonly whole: ReadonlySet<string>;
  /** Ids of rows of which some tags are. */
  readonly partly: ReadonlySet<string>;
}

/** What a selection of tags is for rows that stand for one or more of them. */
export function selectionOfRows(rows: readonly TagRow[], selected: ReadonlySet<string>): RowSelection {
  const whole = new Set<string>();
  const partly = new Set<string>();
  if (selected.size === 0) return { whole, partly };
  for (const { id, tags } of rows) {
    if (tags.length === 0) continue;
    let count = 0;
    for (const { name } of tags) if (selected.has(name)) count++;
    if (count === tags.length) whole.add(id);
    else if (count > 0) partly.add(id);
  }
  return { whole, partly };
}

/** The tags after rows were taken in or out: each with all of its tags. Where no row is left, no tag is. */
export function selectRows(
  rows: readonly TagRow[],
  selected: ReadonlySet<string>,
  before: RowSelection,
  whole: ReadonlySet<string>,
): ReadonlySet<string> {
  if (whole.size === 0 && before.whole.size !== 1) return new Set();
  const next = new Set(selected);
  for (const { id, tags } of rows) {
    const isIn = whole.has(id);
    if (isIn === before.whole.has(id)) continue;
    for (const { name } of tags) {
      if (isIn) next.add(name);
      else next.delete(name);
    }
  }
  return next;
}
