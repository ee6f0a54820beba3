import { useMemo } from 'react';
import type { Notes } from '../vulnerabilities/queries.ts';
import type { TagRow } from './tag-rows.ts';

/** The rows with what the registry notes of their images; the same array where it notes nothing, the same object for the same row. */
export function useNotedRows(rows: readonly TagRow[], notes: Notes): readonly TagRow[] {
  // Rows that are made anew have nothing to do with those before: they go with them.
  const known = useMemo(() => ({ notes, rows: new WeakMap<TagRow, TagRow>() }), [notes]);
  return useMemo(() => {
    if (known.notes.size === 0) return rows;
    return rows.map((row) => {
      const note = row.details && known.notes.get(row.details.digest);
      if (!note) return row;
      const noted = known.rows.get(row) ?? { ...row, note };
      known.rows.set(row, noted);
      return noted;
    });
  }, [rows, known]);
}
