import type { AuditFilter } from '../../common/audit.ts';
import type { Database } from '../database/database.ts';
import { integer } from '../database/row.ts';
import { SEARCHED } from './text.ts';

/** Operations that may have changed something, and were not taken back; as `Views` of services has it of one. */
const UNDOABLE = `status NOT IN ('queued', 'running') AND collected = 0
  AND EXISTS (SELECT 1 FROM tag_changes WHERE operation_id = operations.id)
  AND NOT EXISTS (SELECT 1 FROM operations AS undo
    WHERE undo.undoes = operations.id AND undo.status IN ('queued', 'running', 'done'))`;

/** How operations are picked by what became of them; a change of the app's own is done when it is recorded. */
const RESULT = {
  done: "status = 'done'",
  failed: "status = 'failed'",
  cancelled: "status = 'cancelled'",
  open: "status IN ('queued', 'running', 'interrupted')",
  undone: "id IN (SELECT undoes FROM operations WHERE undoes IS NOT NULL AND status = 'done')",
  undoable: UNDOABLE,
} as const satisfies Record<NonNullable<AuditFilter['result']>, string>;

/**
 * The changes that pass a filter, each by the entry that began it: their numbers, the newest first.
 *
 * @param indexed the number of the last entry that is in the index of texts, which is attached as `found`; 0: none is
 */
export function changesFound(
  database: Database,
  filter: AuditFilter,
  undoableKinds: readonly string[],
  indexed: number,
): number[] {
  const { sql, values } = conditions(filter, undoableKinds, indexed);
  return database
    .all(
      `SELECT id FROM audit INDEXED BY audit_begun WHERE (operation_id = '' OR event = 'started')${sql} ORDER BY id DESC`,
      ...values,
    )
    .map((row) => integer(row, 'id'));
}

function conditions(
  { text: typed, kind, registry, user, result, since, until, operation, sequence }: AuditFilter,
  undoableKinds: readonly string[],
  indexed: number,
): { sql: string; values: string[] } {
  const parts: [sql: string, ...values: string[]][] = [];
  if (kind !== undefined) parts.push(['about = ?', kind]);
  if (registry !== undefined) parts.push(['place = ?', registry]);
  if (user !== undefined) parts.push(['who = ?', user]);
  if (operation !== undefined) parts.push(['operation_id = ?', operation]);
  if (sequence !== undefined) parts.push(['id = CAST(? AS INTEGER)', String(sequence)]);
  if (since !== undefined) parts.push(['at >= ?', since]);
  if (until !== undefined) parts.push(['at < ?', until]);
  if (result !== undefined) {
    const operations = `operation_id IN (SELECT id FROM operations WHERE ${RESULT[result]})`;
    parts.push([result === 'done' ? `(operation_id = '' OR ${operations})` : operations]);
    if (result === 'undoable')
      parts.push(['about IN (SELECT value FROM json_each(?))', JSON.stringify(undoableKinds)]);
  }
  for (const word of (typed ?? '').split(/\s+/).filter(Boolean)) parts.push(saying(inJson(word), indexed));
  return {
    sql: parts.map(([sql]) => ` AND ${sql}`).join(''),
    values: parts.flatMap(([, ...values]) => values),
  };
}

/** What all entries of one change have in common: what it did, and how it ended, stands in others than the first. */
const CHANGE = "iif(operation_id = '', CAST(id AS TEXT), operation_id)";

/** Characters of which the index has each sequence. */
const INDEXED = 3;

/** Changes with an entry that says a word: of those in the index by that, of the others, and of a short word, by looking at each. */
function saying(word: string, indexed: number): [sql: string, ...values: string[]] {
  const by = [...word].length < INDEXED ? 0 : indexed;
  const says = SEARCHED.map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ');
  const others = `SELECT ${CHANGE} FROM audit WHERE id > CAST(? AS INTEGER) AND (${says})`;
  const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
  const values = [String(by), ...SEARCHED.map(() => pattern)];
  if (by === 0) return [`${CHANGE} IN (${others})`, ...values];
  const found = `SELECT begun FROM found.entry_text CROSS JOIN found.entry_change ON entry_change.id = entry_text.rowid
    WHERE entry_text MATCH ?`;
  return [`(id IN (${found}) OR ${CHANGE} IN (${others}))`, `"${word.replaceAll('"', '""')}"`, ...values];
}

/** As the word stands in JSON, too. */
function inJson(word: string): string {
  return JSON.stringify(word).slice(1, -1);
}
