import type { Database } from '../database/database.ts';
import { integer, optionalText, text } from '../database/row.ts';
import { tagsOf } from './found-places.ts';
import { HELD } from './holders.ts';

/** Images with a layer that are looked at in one slice. */
const IMAGES_AT_ONCE = 500;
/** Images that are the same base: rebuilt with other configs. */
const BASES_MAX = 20;

export interface BaseAsked {
  /** Digests, the lowest first. */
  layers: readonly string[];
}

/** A tag that pointed at the base and points elsewhere now. */
interface BaseUpdate {
  registry: string;
  repository: string;
  tag: string;
  /** That it points at now. */
  digest: string;
  /** RFC 3339, of what it points at. */
  created?: string;
  /** Unix milliseconds when its digest was looked at. */
  looked: number;
}

/** An image whose layers are the first ones of another. */
export interface FoundBase {
  digest: string;
  layers: number;
  /** Of these layers, each once. */
  bytes: number;
  created?: string;
  /** Where it is tagged. */
  tagged: { registry: string; repository: string; tags: string[]; moreTags: number }[];
  /** The newest first. */
  updates: BaseUpdate[];
}

/** The images with the most of the first layers, and no other ones; those with tags first, then the newest. */
export function* bases(database: Database, { layers }: BaseAsked): Generator<void, FoundBase[], void> {
  const chain: number[] = [];
  for (const digest of layers) {
    const row = database.get('SELECT id FROM contents WHERE digest = ?', digest);
    if (!row) break;
    chain.push(integer(row, 'id'));
  }
  for (let length = Math.min(chain.length, layers.length - 1); length > 0; length--) {
    const ids = yield* withLayers(database, chain.slice(0, length));
    if (ids.length === 0) continue;
    const found = ids.map((id) => baseOf(database, id, length));
    return found.sort(
      (one, other) =>
        Number(other.tagged.length > 0) - Number(one.tagged.length > 0) ||
        Date.parse(other.created ?? '0') - Date.parse(one.created ?? '0'),
    );
  }
  return [];
}

/** Images that repositories hold with these layers and no other ones. */
function* withLayers(database: Database, chain: readonly number[]): Generator<void, number[], void> {
  const found: number[] = [];
  const wanted = chain.join(' ');
  for (let after = 0; found.length < BASES_MAX; ) {
    const rows = database.all(
      `SELECT manifest_id AS id, max(position) AS position FROM manifest_blobs
       WHERE blob_id = ? AND manifest_id > ? AND role = 1 GROUP BY manifest_id ORDER BY manifest_id LIMIT ?`,
      chain.at(-1) ?? 0,
      after,
      IMAGES_AT_ONCE,
    );
    for (const row of rows) {
      const id = integer(row, 'id');
      const isLast = !database.get(
        'SELECT 1 FROM manifest_blobs WHERE manifest_id = ? AND position > ? AND role = 1',
        id,
        integer(row, 'position'),
      );
      if (isLast && layersOf(database, id) === wanted && isHeldImage(database, id)) found.push(id);
    }
    if (rows.length < IMAGES_AT_ONCE) break;
    after = integer(rows.at(-1) ?? {}, 'id');
    yield;
  }
  return found.slice(0, BASES_MAX);
}

function layersOf(database: Database, manifest: number): string {
  return database
    .all('SELECT blob_id FROM manifest_blobs WHERE manifest_id = ? AND role = 1 ORDER BY position', manifest)
    .map((row) => integer(row, 'blob_id'))
    .join(' ');
}

function isHeldImage(database: Database, manifest: number): boolean {
  const row = database.get(
    `SELECT 1 FROM manifests CROSS JOIN repository_manifests ON manifest_id = manifests.id AND ${HELD}
     WHERE manifests.id = ? AND kind = 'image'`,
    manifest,
  );
  return row !== undefined;
}

function baseOf(database: Database, id: number, layers: number): FoundBase {
  const row =
    database.get(
      `SELECT digest, created, (SELECT total(size) FROM contents WHERE id IN
         (SELECT blob_id FROM manifest_blobs WHERE manifest_id = ?1 AND role = 1)) AS bytes
       FROM contents JOIN manifests USING (id) WHERE id = ?1`,
      id,
    ) ?? {};
  const created = optionalText(row, 'created');
  const tagged = database
    .all(
      `SELECT repository_id, account_id, name FROM repository_manifests JOIN repositories ON repositories.id = repository_id
       WHERE manifest_id = ? AND ${HELD} ORDER BY account_id, name`,
      id,
    )
    .map((place) => ({
      registry: text(place, 'account_id'),
      repository: text(place, 'name'),
      ...tagsOf(database, integer(place, 'repository_id'), id),
    }))
    .filter(({ tags }) => tags.length > 0);
  return {
    digest: text(row, 'digest'),
    layers,
    bytes: integer(row, 'bytes'),
    ...(created === undefined ? {} : { created }),
    tagged,
    updates: updatesOf(database, id),
  };
}

/** Tags that once led to an image, itself or by an index around it, and lead to others by now. */
function updatesOf(database: Database, id: number): BaseUpdate[] {
  const around = 'SELECT ?1 UNION SELECT manifest_id FROM manifest_children WHERE child_id = ?1';
  return database
    .all(
      `SELECT account_id, repositories.name AS repository, tags.name AS tag, digest, newest, coalesce(looked, tags.seen) AS looked
       FROM former_tags JOIN tags ON tags.repository_id = former_tags.repository_id AND tags.name = former_tags.name
       JOIN repositories ON repositories.id = tags.repository_id JOIN contents ON contents.id = tags.manifest_id
       LEFT JOIN manifests ON manifests.id = tags.manifest_id
       WHERE former_tags.manifest_id IN (${around}) AND tags.manifest_id NOT IN (${around})
       GROUP BY tags.id ORDER BY julianday(newest) DESC, tags.moved DESC, tags.name`,
      id,
    )
    .map((row) => {
      const created = optionalText(row, 'newest');
      return {
        registry: text(row, 'account_id'),
        repository: text(row, 'repository'),
        tag: text(row, 'tag'),
        digest: text(row, 'digest'),
        ...(created === undefined ? {} : { created }),
        looked: integer(row, 'looked'),
      };
    });
}
