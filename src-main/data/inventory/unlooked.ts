import type { Database } from '../database/database.ts';
import { integer, text } from '../database/row.ts';
import { HELD } from './holders.ts';
import { type Scope, within } from './totals.ts';

/** Into how many images of a scope somebody has looked. */
export interface LookedCounts {
  images: number;
  looked: number;
  /** Of those looked into, the ones of which something could not be read. */
  partly: number;
  /** Manifests that were not read: it is not known whether they are images. */
  unread: number;
  /** Bytes of the layers of the others, each layer once. */
  bytes: number;
}

/** An image that nobody looked into, in one of its repositories. */
export interface UnlookedImage {
  /** Rises; what comes after it is asked for next. */
  id: number;
  registry: string;
  repository: string;
  digest: string;
  /** An index that has it, to which SBOMs may be attached. */
  index?: string;
}

/** All registries where no scope is given. */
export type LookedScope = Scope | undefined;

function held(scope: LookedScope): { sql: string; values: string[] } {
  const { where, values } = scope ? within(scope) : { where: '1', values: [] };
  return {
    sql: `SELECT manifest_id AS id, min(repository_id) AS repository_id FROM repository_manifests
      JOIN repositories ON repositories.id = repository_id WHERE ${HELD} AND ${where} GROUP BY manifest_id`,
    values,
  };
}

export function lookedCounts(database: Database, scope: LookedScope): LookedCounts {
  const { sql, values } = held(scope);
  const images = `(${sql}) AS held CROSS JOIN manifests ON manifests.id = held.id AND kind = 'image' AND read = 1
    LEFT JOIN looked_into ON looked_into.manifest_id = held.id`;
  const counts = database.get(
    `SELECT count(*) AS images, count(looked) AS looked, total(partly) AS partly FROM ${images}`,
    ...values,
  );
  const bytes = database.get(
    `SELECT total(size) AS bytes FROM contents WHERE id IN
       (SELECT blob_id FROM ${images} CROSS JOIN manifest_blobs ON manifest_blobs.manifest_id = held.id AND role = 1
        WHERE looked IS NULL)`,
    ...values,
  );
  const { where } = scope ? within(scope) : { where: '1' };
  const unread = database.get(`SELECT total(unread) AS unread FROM repositories WHERE ${where}`, ...values);
  return {
    images: integer(counts ?? {}, 'images'),
    looked: integer(counts ?? {}, 'looked'),
    partly: integer(counts ?? {}, 'partly'),
    unread: integer(unread ?? {}, 'unread'),
    bytes: integer(bytes ?? {}, 'bytes'),
  };
}

/** A layer of `manifest_id` that is not among the digests of a JSON array. */
const UNREAD_LAYER = `manifest_blobs JOIN contents ON contents.id = blob_id AND role = 1
  WHERE manifest_id = manifests.id AND contents.digest NOT IN (SELECT value FROM json_each(?))`;

export interface UnreadLayersAsked {
  scope: LookedScope;
  /** Digests of the layers whose files are known. */
  known: readonly string[];
}

/** Layers whose files are not known, each once, and the images that have them. */
export function unreadLayers(
  database: Database,
  { scope, known }: UnreadLayersAsked,
): { images: number; layers: number; bytes: number } {
  const { sql, values } = held(scope);
  const images = `(${sql}) AS held CROSS JOIN manifests ON manifests.id = held.id AND kind = 'image' AND read = 1`;
  const digests = JSON.stringify(known);
  const having = database.get(
    `SELECT count(*) AS images FROM ${images} WHERE EXISTS (SELECT 1 FROM ${UNREAD_LAYER})`,
    ...values,
    digests,
  );
  const layers = database.get(
    `SELECT count(*) AS layers, total(size) AS bytes FROM contents WHERE id IN
       (SELECT blob_id FROM ${images} CROSS JOIN manifest_blobs ON manifest_blobs.manifest_id = held.id AND role = 1)
       AND digest NOT IN (SELECT value FROM json_each(?))`,
    ...values,
    digests,
  );
  return {
    images: integer(having ?? {}, 'images'),
    layers: integer(layers ?? {}, 'layers'),
    bytes: integer(layers ?? {}, 'bytes'),
  };
}

export interface UnlookedAsked {
  scope: LookedScope;
  after: number;
  limit: number;
  /** Digests of layers: images are meant that have others. Absent: images whose packages nobody has looked for. */
  known?: readonly string[];
}

export function unlookedImages(
  database: Database,
  { scope, after, limit, known }: UnlookedAsked,
): UnlookedImage[] {
  const unlooked = known
    ? `EXISTS (SELECT 1 FROM ${UNREAD_LAYER})`
    : 'NOT EXISTS (SELECT 1 FROM looked_into WHERE manifest_id = manifests.id)';
  const { where, values } = scope ? within(scope) : { where: '1', values: [] };
  const rows = database.all(
    `SELECT manifests.id, account_id, repositories.name AS repository, own.digest AS digest, around.digest AS around
     FROM manifests CROSS JOIN repositories ON repositories.id =
       (SELECT repository_id FROM repository_manifests JOIN repositories ON repositories.id = repository_id
        WHERE manifest_id = manifests.id AND ${HELD} AND ${where} LIMIT 1)
     JOIN contents AS own ON own.id = manifests.id
     LEFT JOIN contents AS around ON around.id =
       (SELECT edge.manifest_id FROM manifest_children AS edge CROSS JOIN repository_manifests AS parent
          ON parent.manifest_id = edge.manifest_id AND parent.repository_id = repositories.id AND status = 2
        WHERE child_id = manifests.id LIMIT 1)
     WHERE manifests.id > ? AND kind = 'image' AND read = 1 AND ${unlooked}
     ORDER BY manifests.id LIMIT ?`,
    ...values,
    after,
    ...(known ? [JSON.stringify(known)] : []),
    limit,
  );
  return rows.map((row) => ({
    id: integer(row, 'id'),
    registry: text(row, 'account_id'),
    repository: text(row, 'repository'),
    digest: text(row, 'digest'),
    ...(row.around === null ? {} : { index: text(row, 'around') }),
  }));
}
