import type { Database } from '../database/database.ts';
import { integer, type Row, text } from '../database/row.ts';
import { isUnsettled } from './totals.ts';

const DAY_MS = 86_400_000;
/** Days of which each one is kept: the longest time that the Storage page shows, and a month more. */
const EACH_DAY_FOR = 400;
/** Rows looked at in one slice: some milliseconds. Each manifest has some dozens. */
const ROWS_AT_ONCE = 1_000;
const MANIFESTS_AT_ONCE = 200;
const MARK = 'purged';

/** Of manifests in no repository those that no tag and no manifest that stays names; what follows from changes is worked out before. */
const NOWHERE = `NOT EXISTS (SELECT 1 FROM repository_manifests WHERE manifest_id = manifests.id)
  AND NOT EXISTS (SELECT 1 FROM tags WHERE manifest_id = manifests.id)
  AND NOT EXISTS (SELECT 1 FROM manifest_children WHERE child_id = manifests.id)
  AND NOT EXISTS (SELECT 1 FROM families WHERE families.manifest_id = manifests.id)`;

/** Contents that no row names. Repositories hold nothing but manifests that they have, and blobs of these. */
const UNNAMED = `NOT EXISTS (SELECT 1 FROM manifests WHERE manifests.id = contents.id)
  AND NOT EXISTS (SELECT 1 FROM manifests WHERE subject_id = contents.id)
  AND NOT EXISTS (SELECT 1 FROM manifest_children WHERE child_id = contents.id)
  AND NOT EXISTS (SELECT 1 FROM manifest_blobs WHERE blob_id = contents.id)
  AND NOT EXISTS (SELECT 1 FROM tags WHERE manifest_id = contents.id)
  AND NOT EXISTS (SELECT 1 FROM repository_manifests WHERE manifest_id = contents.id)`;

/** What was noted of a content, by the column that names it. */
const NOTED = [
  ['image_packages', 'manifest_id'],
  ['looked_into', 'manifest_id'],
  ['former_tags', 'manifest_id'],
  ['layer_diffs', 'layer_id'],
  ['asked_configs', 'content_id'],
] as const;

/**
 * Forgets, once a day, what nothing can ask for any more:
 *
 * - facts of a manifest that no repository has: no tag is on it, no index that is known lists it, and it was deleted, found missing, or
 *   went with its repository. One that was seen somewhere without a tag stays: a cleanup may still take it there;
 * - blobs that only such manifests named, and what was noted of either (packages, former tags). What such an index listed goes the next time;
 * - of totals of more than 400 days ago all but the last ones of each month, and all of what has had nothing for as long.
 *
 * All of it can be had again. Room in the file is used again, and not given back.
 */
export function* purge(
  database: Database,
  settle: () => Generator<void, void, void>,
  now: number,
): Generator<void, void, void> {
  const today = Math.floor(now / DAY_MS);
  const mark = database.get('SELECT value FROM marks WHERE name = ?', MARK);
  if (mark && integer(mark, 'value') >= today) return;
  yield* purgeFacts(database, settle);
  yield* purgeDays(database, today - EACH_DAY_FOR);
  database.run(
    'INSERT INTO marks VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
    MARK,
    today,
  );
}

function* purgeFacts(
  database: Database,
  settle: () => Generator<void, void, void>,
): Generator<void, void, void> {
  for (let after: Row = { repository_id: -1, manifest_id: -1 }; ; yield) {
    const range = [integer(after, 'repository_id'), integer(after, 'manifest_id')];
    const rows = database.all(
      `SELECT repository_id, manifest_id FROM repository_manifests WHERE (repository_id, manifest_id) > (?, ?)
       ORDER BY repository_id, manifest_id LIMIT ?`,
      ...range,
      ROWS_AT_ONCE,
    );
    const last = rows.at(-1);
    if (!last) break;
    yield* whenSettled(database, settle, () =>
      database.run(
        `DELETE FROM repository_manifests WHERE (repository_id, manifest_id) > (?, ?) AND (repository_id, manifest_id) <= (?, ?)
           AND status = 0 AND (held IS NULL OR missing = 1)`,
        ...range,
        integer(last, 'repository_id'),
        integer(last, 'manifest_id'),
      ),
    );
    after = last;
  }
  yield* eachRange(database, 'manifests', settle, (from, to) => {
    const gone = database.all(`SELECT id FROM manifests WHERE id > ? AND id <= ? AND ${NOWHERE}`, from, to);
    for (const row of gone)
      for (const [table, column] of [
        ['manifest_children', 'manifest_id'],
        ['manifest_blobs', 'manifest_id'],
        ['pending_sums', 'manifest_id'],
        ['manifests', 'id'],
      ])
        database.run(`DELETE FROM ${table} WHERE ${column} = ?`, integer(row, 'id'));
  });
  // Foreign keys would be looked for in tables that have no index for it; the condition says what they do.
  yield* eachRange(
    database,
    'contents',
    settle,
    (from, to) => {
      const unnamed = `SELECT id FROM contents WHERE id > ? AND id <= ? AND ${UNNAMED}`;
      for (const [table, column] of NOTED)
        database.run(`DELETE FROM ${table} WHERE ${column} IN (${unnamed})`, from, to);
      database.run(`DELETE FROM contents WHERE id IN (${unnamed})`, from, to);
    },
    (work) => {
      database.script('PRAGMA foreign_keys = OFF');
      try {
        work();
      } finally {
        database.script('PRAGMA foreign_keys = ON');
      }
    },
  );
}

/** All of a table in slices of its ids. */
function* eachRange(
  database: Database,
  table: 'manifests' | 'contents',
  settle: () => Generator<void, void, void>,
  work: (from: number, to: number) => void,
  around: (work: () => void) => void = (inner) => inner(),
): Generator<void, void, void> {
  for (let from = 0; ; yield) {
    const row = database.get(
      `SELECT max(id) AS last FROM (SELECT id FROM ${table} WHERE id > ? ORDER BY id LIMIT ?)`,
      from,
      table === 'manifests' ? MANIFESTS_AT_ONCE : ROWS_AT_ONCE,
    );
    if (!row || row.last === null) return;
    const to = integer(row, 'last');
    yield* whenSettled(database, settle, () => work(from, to), around);
    from = to;
  }
}

/** Done in a transaction in which all that was changed is worked out: what a tag was just put on is needed. */
function* whenSettled(
  database: Database,
  settle: () => Generator<void, void, void>,
  work: () => void,
  around: (work: () => void) => void = (inner) => inner(),
): Generator<void, void, void> {
  for (let isDone = false; !isDone; ) {
    yield* settle();
    around(() => {
      isDone = database.transaction(() => {
        if (isUnsettled(database)) return false;
        work();
        return true;
      });
    });
  }
}

/** @param until the first of the days of which each one is kept */
function* purgeDays(database: Database, until: number): Generator<void, void, void> {
  for (let after: Row = { account_id: '', name: '', day: 0 }; ; yield) {
    const range = [text(after, 'account_id'), text(after, 'name'), integer(after, 'day')];
    const rows = database.all(
      `SELECT account_id, name, day FROM days WHERE (account_id, name, day) > (?, ?, ?)
       ORDER BY account_id, name, day LIMIT ?`,
      ...range,
      ROWS_AT_ONCE,
    );
    const last = rows.at(-1);
    if (!last) return;
    const month = (day: string) => `strftime('%Y-%m', ${day} * 86400, 'unixepoch')`;
    const later = 'FROM days AS later WHERE later.account_id = days.account_id AND later.name = days.name';
    database.run(
      `DELETE FROM days WHERE (account_id, name, day) > (?1, ?2, ?3) AND (account_id, name, day) <= (?4, ?5, ?6) AND day < ?7
         AND (EXISTS (SELECT 1 ${later} AND later.day > days.day AND later.day < ?7 AND ${month('later.day')} = ${month('days.day')})
           OR (SELECT later.day < ?7 AND tags + referenced_bytes + unique_bytes = 0 ${later} ORDER BY later.day DESC LIMIT 1))`,
      ...range,
      text(last, 'account_id'),
      text(last, 'name'),
      integer(last, 'day'),
      until,
    );
    after = last;
  }
}
