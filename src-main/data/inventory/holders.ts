import type { Database } from '../database/database.ts';
import { integer, text } from '../database/row.ts';
import { type Scope, within } from './totals.ts';

export interface Holder {
  repository: string;
  tag: string;
  /** That the tag is on. */
  digest: string;
}

/** In a repository, as a tag, an index or a list of the product says. */
export const HELD = 'missing = 0 AND (status IN (1, 2) OR held IS NOT NULL)';

/** Manifests (with their repository) from some upwards: indexes, and what they are attached to. @param from selects `repository_id` and `manifest_id` of these */
export const upwards = (from: string) => `
  WITH RECURSIVE up (repository_id, manifest_id) AS (
    ${from}
    UNION SELECT up.repository_id, parent.manifest_id FROM up
      CROSS JOIN manifest_children AS edge ON edge.child_id = up.manifest_id
      CROSS JOIN repository_manifests AS parent ON parent.manifest_id = edge.manifest_id
        AND parent.repository_id = up.repository_id AND parent.status = 2
    UNION SELECT up.repository_id, subject.manifest_id FROM up
      CROSS JOIN manifests AS facts ON facts.id = up.manifest_id AND facts.subject_id IS NOT NULL
      CROSS JOIN repository_manifests AS own ON own.repository_id = up.repository_id AND own.manifest_id = up.manifest_id
        AND own.held IS NOT NULL
      CROSS JOIN repository_manifests AS subject ON subject.repository_id = up.repository_id
        AND subject.manifest_id = facts.subject_id AND subject.status IN (1, 2)
  )`;
/** The same from those that hold a content, which is `?1`. @param condition of `repositories` */
const fromHolding = (condition: string) =>
  upwards(`SELECT held.repository_id, held.manifest_id FROM
      (SELECT ?1 AS id UNION SELECT manifest_id FROM manifest_blobs WHERE blob_id = ?1) AS holding
      CROSS JOIN repository_manifests AS held ON held.manifest_id = holding.id AND (held.status = 2 OR held.status = 1)
      CROSS JOIN repositories ON repositories.id = held.repository_id WHERE ${condition}`);
export const TAGGED =
  'up CROSS JOIN tags ON tags.manifest_id = up.manifest_id AND tags.repository_id = up.repository_id';

/** The tags that lead to a content, through whatever index or referrer, by repository and name. */
export function holders(
  database: Database,
  { scope, digest, offset, limit }: { scope: Scope; digest: string; offset: number; limit: number },
): { items: Holder[]; total: number } {
  const content = database.get('SELECT id FROM contents WHERE digest = ?', digest);
  if (!content) return { items: [], total: 0 };
  const id = integer(content, 'id');
  const { where, values } = within(scope);
  const up = fromHolding(where);
  const total = database.get(`${up} SELECT count(*) AS count FROM ${TAGGED}`, id, ...values);
  const rows = database.all(
    `${up} SELECT repositories.name AS repository, tags.name AS tag, digest FROM ${TAGGED}
     JOIN repositories ON repositories.id = tags.repository_id JOIN contents ON contents.id = tags.manifest_id
     ORDER BY repositories.name, tags.name LIMIT ? OFFSET ?`,
    id,
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

/** How many tags of a registry lead to a content, counted up to `most`. */
export function countTags(database: Database, registry: string, content: number, most: number): number {
  const { where, values } = within({ registry });
  const row = database.get(
    `${fromHolding(where)} SELECT count(*) AS count FROM (SELECT 1 FROM ${TAGGED} LIMIT ?)`,
    content,
    ...values,
    most,
  );
  return integer(row ?? {}, 'count');
}
