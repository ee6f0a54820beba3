import type { AuditChoices, AuditEntry, AuditFilter, AuditHead } from '../../common/audit.ts';
import type { Database } from '../database/database.ts';
import { openCache, openForReading } from '../database/open.ts';
import { integer, optionalText, type Row, text } from '../database/row.ts';
import type { Room } from '../database/tasks.ts';
import type { HeadContent } from './head-file.ts';
import { ENTRY_COLUMNS, entryOf } from './rows.ts';
import { changesFound } from './search.ts';
import { AuditText, textSchema } from './text.ts';
import { verifyAudit } from './verify.ts';

/** Which changes are asked for. */
export interface AuditQuestion {
  filter: AuditFilter;
  /** Kinds of operations that can be taken back. */
  undoable: readonly string[];
}

/** Changes that were found last: paging goes on with them until something is written. */
interface Found {
  readonly key: string;
  readonly numbers: readonly number[];
}

const ENTRIES = `SELECT ${ENTRY_COLUMNS}, about, place FROM audit`;

/** Where the record is, and the index of its texts. */
export interface AuditFiles {
  record: string;
  texts: string;
}

/**
 * What is asked of the record of changes, in a thread of its own: it is read only.
 *
 * @param texts undefined where there is no index: then each entry is looked at
 */
export function auditRoom(database: Database, texts?: AuditText) {
  let last: Found | undefined;

  const found = ({ filter, undoable }: AuditQuestion): readonly number[] => {
    const [row = {}] = database.all('PRAGMA data_version');
    const key = JSON.stringify([filter, undoable, integer(row, 'data_version')]);
    if (last?.key !== key)
      last = { key, numbers: changesFound(database, filter, undoable, texts?.mark() ?? 0) };
    return last.numbers;
  };

  const entriesBy = (where: string, ...values: (string | number)[]): AuditEntry[] =>
    database.all(`${ENTRIES} WHERE ${where} ORDER BY id`, ...values).map(shownEntry);

  const questions = {
    /** Changes by their first entries, the newest first. */
    *changes({ offset, limit, ...question }: AuditQuestion & { offset: number; limit: number }) {
      // What is typed over is given up before it is looked for.
      yield;
      const numbers = found(question);
      const wanted = JSON.stringify(numbers.slice(offset, offset + limit));
      const items = entriesBy('id IN (SELECT value FROM json_each(?))', wanted).reverse();
      return { items, total: numbers.length };
    },
    *choices(): Generator<void, AuditChoices, void> {
      const all = (column: string) =>
        database
          .all(
            `SELECT DISTINCT ${column} AS name FROM audit
             WHERE (operation_id = '' OR event = 'started') AND ${column} IS NOT NULL ORDER BY 1`,
          )
          .map((row) => text(row, 'name'));
      return { registries: all('place'), users: all('who'), kinds: all('about') };
    },
    /**
     * Entries of the changes that pass the filter, oldest first, some at a time; the instants are those of entries.
     *
     * @returns `after`: where to read on; undefined at the end
     */
    *entries({ after, limit, filter, undoable }: AuditQuestion & { after: number; limit: number }) {
      const { since, until, ...about } = filter;
      const isAll = Object.keys(about).length === 0;
      const numbers = isAll ? undefined : new Set(found({ filter: about, undoable }));
      const rows = database.all(
        `${ENTRIES} WHERE id > ? AND at >= ? AND at < ? ORDER BY id LIMIT ?`,
        after,
        since ?? '',
        until ?? '~',
        limit,
      );
      const next = rows.length < limit ? undefined : integer(rows.at(-1) ?? {}, 'id');
      const wanted = numbers ? rows.filter((row) => numbers.has(beginningOf(row))) : rows;
      return { entries: wanted.map(shownEntry), ...(next === undefined ? {} : { after: next }) };
    },
    verify: ({ file, heads }: { file: HeadContent | undefined; heads: readonly AuditHead[] }) =>
      verifyAudit(database, file, heads),
  };

  /** The number of the entry that began the change. */
  const beginningOf = (row: Row): number => {
    const operation = text(row, 'operation_id');
    if (operation === '') return integer(row, 'id');
    const first = database.get(
      "SELECT id FROM audit WHERE operation_id = ? AND event = 'started' LIMIT 1",
      operation,
    );
    return first ? integer(first, 'id') : 0;
  };

  return {
    questions,
    changes: {},
    *rest() {
      yield* texts?.fill() ?? [];
    },
    close() {
      texts?.close();
      database.close();
    },
  } satisfies Room;
}

export type AuditTasks = ReturnType<typeof auditRoom>['questions'];

export async function openAudit({ record, texts }: AuditFiles): Promise<ReturnType<typeof auditRoom>> {
  const database = openForReading(record);
  return auditRoom(database, await openTexts(database, texts));
}

/** Undefined where it cannot be had (a full disk): it is a help, and the record is there without it. */
async function openTexts(database: Database, file: string): Promise<AuditText | undefined> {
  let index: Database | undefined;
  try {
    index = await openCache(file, textSchema);
    database.run('ATTACH DATABASE ? AS found', file);
    return new AuditText(database, index);
  } catch {
    index?.close();
    return undefined;
  }
}

/** With what earlier ones say in their detail only: their hashes do not cover it twice. */
function shownEntry(row: Row): AuditEntry {
  const entry = entryOf(row);
  if (entry.format === 2) return entry;
  return { ...entry, registry: optionalText(row, 'place') ?? null, kind: optionalText(row, 'about') ?? null };
}
