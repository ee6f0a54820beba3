import type { Database } from '../database/database.ts';
import { integer, text } from '../database/row.ts';
import type { Holder } from './holders.ts';
import { type Scope, within } from './totals.ts';

const DAY_MS = 86_400_000;
/** Dates of images are written in whatever zone; those of a day in UTC begin with it, or with one beside it. */
const dayAt = (time: number) => new Date(time).toISOString().slice(0, 10);

/** Tags that came or moved on a day. */
const BEHIND = `
  WITH behind (id) AS (
    SELECT id FROM tags WHERE moved >= ?1 AND moved < ?2
    UNION SELECT tags.id FROM manifests CROSS JOIN tags ON tags.manifest_id = manifests.id
      WHERE newest >= ?3 AND newest < ?4 AND unixepoch(newest) * 1000 >= ?1 AND unixepoch(newest) * 1000 < ?2
    UNION SELECT tags.id FROM repository_manifests AS own CROSS JOIN tags ON tags.manifest_id = own.manifest_id
        AND tags.repository_id = own.repository_id
      WHERE pushed >= ?3 AND pushed < ?4 AND unixepoch(pushed) * 1000 >= ?1 AND unixepoch(pushed) * 1000 < ?2
  )`;

/** The tags that were seen to move on a day of UTC (`2026-11-26`), or whose image was pushed or built on it, by repository and name. */
export function dayTags(
  database: Database,
  { scope, day, offset, limit }: { scope: Scope; day: string; offset: number; limit: number },
): { items: Holder[]; total: number } {
  const begins = Date.parse(day);
  const times = [begins, begins + DAY_MS, dayAt(begins - DAY_MS), dayAt(begins + 2 * DAY_MS)];
  const { where, values } = within(scope);
  const from = `behind CROSS JOIN tags ON tags.id = behind.id
    CROSS JOIN repositories ON repositories.id = tags.repository_id
    CROSS JOIN contents ON contents.id = tags.manifest_id WHERE ${where}`;
  const total = database.get(`${BEHIND} SELECT count(*) AS count FROM ${from}`, ...times, ...values);
  const rows = database.all(
    `${BEHIND} SELECT repositories.name AS repository, tags.name AS tag, digest FROM ${from}
     ORDER BY repositories.name, tags.name LIMIT ? OFFSET ?`,
    ...times,
    ...values,
    limit,
    offset,
  );
  const items = rows.map((row) => ({
    repository: text(row, 'repository'),
    tag: text(row, 'tag'),
    digest: text(row, 'digest'),
  }));
  return { items, total: integer(total ?? {}, 'count') };
}
