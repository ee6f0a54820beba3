import type { Platform } from '../../common/image.ts';
import type { Database } from '../database/database.ts';
import { integer, json, text } from '../database/row.ts';
import { HELD, TAGGED, upwards } from './holders.ts';
import { ROLES } from './manifests.ts';
import type { PackageVersion } from './packages.ts';
import { digestsOf } from './search-text.ts';

/** Tags of a place that are named. */
const TAGS_MAX = 5;
/** Digests that begin alike. */
const DIGESTS_MAX = 20;

/** A manifest in a repository. */
export interface FoundManifest {
  /** An account's id, or the origin of a registry without one. */
  registry: string;
  repository: string;
  digest: string;
  platforms: Platform[];
  /** The first of those that lead to it, through whatever index or subject, by name. */
  tags: string[];
  moreTags: number;
}

/** What is looked for: a content itself and what holds it, or images with a package. */
type Sought = { digest: string } | { package: Omit<PackageVersion, 'id'> };

export interface PlacesAsked {
  of: Sought;
  offset: number;
  limit: number;
}

/** Manifests that are what is looked for, or hold it, in each repository. */
export function foundPlaces(
  database: Database,
  { of, offset, limit }: PlacesAsked,
): { items: FoundManifest[]; total: number } {
  const { sql, values } = soughtBy(of);
  const held = `(${sql}) AS sought CROSS JOIN repository_manifests ON manifest_id = sought.id AND ${HELD}`;
  const total = database.get(`SELECT count(*) AS count FROM ${held}`, ...values);
  const rows = database.all(
    `SELECT repository_id, manifest_id, account_id, repositories.name AS repository, digest, coalesce(platforms, '[]') AS platforms
     FROM ${held} JOIN repositories ON repositories.id = repository_id JOIN contents ON contents.id = manifest_id
     LEFT JOIN manifests ON manifests.id = manifest_id
     ORDER BY account_id, repositories.name, manifest_id DESC LIMIT ? OFFSET ?`,
    ...values,
    limit,
    offset,
  );
  const items = rows.map((row) => ({
    registry: text(row, 'account_id'),
    repository: text(row, 'repository'),
    digest: text(row, 'digest'),
    platforms: json(row, 'platforms') as Platform[],
    ...tagsOf(database, integer(row, 'repository_id'), integer(row, 'manifest_id')),
  }));
  return { items, total: integer(total ?? {}, 'count') };
}

function soughtBy(of: Sought): { sql: string; values: string[] } {
  if ('package' in of)
    return {
      sql: `SELECT manifest_id AS id FROM package_names JOIN package_versions ON name_id = package_names.id
        JOIN image_packages ON package_id = package_versions.id WHERE name = ? AND type = ? AND version = ?`,
      values: [of.package.name, of.package.type, of.package.version],
    };
  const content = `SELECT id FROM contents WHERE digest = ?1
    UNION SELECT layer_id FROM layer_diffs WHERE diff_id = ?1`;
  return {
    sql: `SELECT id FROM contents WHERE digest = ?1
      UNION SELECT manifest_id FROM manifest_blobs WHERE blob_id IN (${content})`,
    values: [of.digest],
  };
}

/** Those that lead to a manifest in its repository. */
export function tagsOf(
  database: Database,
  repository: number,
  manifest: number,
): Pick<FoundManifest, 'tags' | 'moreTags'> {
  const up = upwards('SELECT ?1 AS repository_id, ?2 AS manifest_id');
  const names = database
    .all(`${up} SELECT DISTINCT tags.name FROM ${TAGGED} ORDER BY tags.name`, repository, manifest)
    .map((row) => text(row, 'name'));
  return { tags: names.slice(0, TAGS_MAX), moreTags: Math.max(0, names.length - TAGS_MAX) };
}

/** What is known by a digest. */
export interface FoundDigest {
  digest: string;
  /** Of a manifest its kind, where it was read; of a blob what it is to its manifests. `diffId`: a layer without its compression. */
  kind: string;
  /** Bytes; absent where nothing said how many. */
  size?: number;
}

/** Digests that begin so: at least six digits of them. */
export function* foundDigests(database: Database, beginning: string): Generator<void, FoundDigest[], void> {
  const found: FoundDigest[] = [];
  for (const { from, to } of digestsOf(beginning.toLowerCase())) {
    const rows = database.all(
      `SELECT id, digest, size FROM contents WHERE digest >= ? AND digest < ? ORDER BY digest LIMIT ${DIGESTS_MAX}`,
      from,
      to,
    );
    for (const row of rows) {
      const kind = kindOf(database, integer(row, 'id'));
      const size = integer(row, 'size');
      if (kind !== undefined)
        found.push({ digest: text(row, 'digest'), kind, ...(size === 0 ? {} : { size }) });
    }
    yield;
    const diffs = database.all(
      `SELECT DISTINCT diff_id FROM layer_diffs WHERE diff_id >= ? AND diff_id < ? ORDER BY diff_id LIMIT ${DIGESTS_MAX}`,
      from,
      to,
    );
    for (const row of diffs) {
      const digest = text(row, 'diff_id');
      // A layer that is not compressed is its own.
      if (!found.some((each) => each.digest === digest)) found.push({ digest, kind: 'diffId' });
    }
  }
  return found.slice(0, DIGESTS_MAX);
}

/** Undefined for what no repository holds. */
function kindOf(database: Database, id: number): string | undefined {
  const manifest = database.get(
    `SELECT coalesce(kind, 'unread') AS kind FROM repository_manifests LEFT JOIN manifests ON manifests.id = manifest_id
     WHERE manifest_id = ? AND ${HELD} LIMIT 1`,
    id,
  );
  if (manifest) return text(manifest, 'kind');
  const blob = database.get(
    `SELECT role FROM manifest_blobs CROSS JOIN repository_manifests USING (manifest_id) WHERE blob_id = ? AND ${HELD} LIMIT 1`,
    id,
  );
  return blob && (ROLES[integer(blob, 'role')] ?? 'other');
}
