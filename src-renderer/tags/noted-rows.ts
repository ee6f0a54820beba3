import { ROWS_A_STEP, type Sliced } from '../ui/slices.ts';
import type { Notes } from '../vulnerabilities/queries.ts';
import type { TagRow } from './tag-rows.ts';

/** Rows with what the registry notes of their images; the same object for the same row. */
export class NotedRows {
  #notes: Notes = new Map();
  /** Rows that are made anew have nothing to do with those before: they go with them. */
  #rows = new WeakMap<TagRow, TagRow>();

  /** The same array where nothing is noted. */
  *of(rows: readonly TagRow[], notes: Notes): Sliced<readonly TagRow[]> {
    if (notes.size === 0) return rows;
    if (notes !== this.#notes) this.#rows = new WeakMap();
    this.#notes = notes;
    const known = this.#rows;
    const noted: TagRow[] = [];
    for (const row of rows) {
      const note = row.details && notes.get(row.details.digest);
      const next = note ? (known.get(row) ?? { ...row, note }) : row;
      if (note) known.set(row, next);
      if (noted.push(next) % ROWS_A_STEP === 0) yield;
    }
    return noted;
  }
}
