import { referencesOf, type TagRow } from './tag-rows.ts';

/** Rows by how much of them is selected. */
export interface RowSelection {
  /** Ids of rows that are selected whole. */
  readonly whole: ReadonlySet<string>;
  /** Ids of rows of which some tags are. */
  readonly partly: ReadonlySet<string>;
}

/** What a selection of tags and digests is for rows that stand for one or more of them. */
export function selectionOfRows(rows: readonly TagRow[], selected: ReadonlySet<string>): RowSelection {
  const whole = new Set<string>();
  const partly = new Set<string>();
  if (selected.size === 0) return { whole, partly };
  for (const row of rows) {
    const references = referencesOf(row);
    let count = 0;
    for (const reference of references) if (selected.has(reference)) count++;
    if (count === references.length) whole.add(row.id);
    else if (count > 0) partly.add(row.id);
  }
  return { whole, partly };
}

/** The selection after rows were taken in or out: each with all that it stands for. Where no row is left, nothing is. */
export function selectRows(
  rows: readonly TagRow[],
  selected: ReadonlySet<string>,
  before: RowSelection,
  whole: ReadonlySet<string>,
): ReadonlySet<string> {
  if (whole.size === 0 && before.whole.size !== 1) return new Set();
  const next = new Set(selected);
  for (const row of rows) {
    const isIn = whole.has(row.id);
    if (isIn === before.whole.has(row.id)) continue;
    for (const reference of referencesOf(row)) {
      if (isIn) next.add(reference);
      else next.delete(reference);
    }
  }
  return next;
}
