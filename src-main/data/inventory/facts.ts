import type { ManifestFacts } from '../../common/facts.ts';
import type { Platform } from '../../common/image.ts';
import type { Database } from '../database/database.ts';
import { integer, json, optionalText, type Row, text } from '../database/row.ts';
import { ROLES } from './manifests.ts';

/** Children and blobs of one manifest: real ones have some dozens, and what has more can be read itself. */
const PARTS_MAX = 500;
/** Rows read in one slice. */
const ROWS_AT_ONCE = 1_000;

/**
 * Facts of those of the manifests that were read, wherever that was; those with more than 500 children and blobs are left out. A size
 * is the most that any manifest said of it.
 */
export function* facts(
  database: Database,
  digests: readonly string[],
): Generator<void, ManifestFacts[], void> {
  const found: ManifestFacts[] = [];
  let rows = 0;
  for (const digest of digests) {
    if (rows >= ROWS_AT_ONCE) {
      rows = 0;
      yield;
    }
    const one = factsOf(database, digest);
    rows += one ? 1 + one.children.length + one.blobs.length : 1;
    if (one) found.push(one);
  }
  return found;
}

function factsOf(database: Database, digest: string): ManifestFacts | undefined {
  const row = database.get(
    `SELECT own.id AS id, own.size AS size, media_type, kind, created, platforms, artifact_type, attested,
       subject.digest AS subject, unreadable
     FROM contents AS own JOIN manifests ON manifests.id = own.id LEFT JOIN contents AS subject ON subject.id = subject_id
     WHERE own.digest = ? AND read = 1`,
    digest,
  );
  if (!row) return undefined;
  const id = integer(row, 'id');
  const children = database.all(
    `SELECT digest, manifest_children.size AS size, media_types.name AS type, platform, attestation
     FROM manifest_children JOIN contents ON contents.id = child_id JOIN media_types ON media_types.id = media_type
     WHERE manifest_id = ? ORDER BY position LIMIT ?`,
    id,
    PARTS_MAX + 1,
  );
  const blobs = database.all(
    `SELECT digest, contents.size AS size, media_types.name AS type, role
     FROM manifest_blobs JOIN contents ON contents.id = blob_id JOIN media_types ON media_types.id = media_type
     WHERE manifest_id = ? ORDER BY position LIMIT ?`,
    id,
    PARTS_MAX + 1,
  );
  if (children.length + blobs.length > PARTS_MAX) return undefined;
  return {
    digest,
    mediaType: text(row, 'media_type'),
    kind: text(row, 'kind') as ManifestFacts['kind'],
    size: integer(row, 'size'),
    ...optional(row, 'created', 'created'),
    platforms: json(row, 'platforms') as Platform[],
    ...optional(row, 'artifact_type', 'artifactType'),
    attested: integer(row, 'attested') === 1,
    ...optional(row, 'subject', 'subject'),
    children: children.map((child) => ({
      digest: text(child, 'digest'),
      size: integer(child, 'size'),
      mediaType: text(child, 'type'),
      ...(child.platform === null ? {} : { platform: json(child, 'platform') as Platform }),
      ...(integer(child, 'attestation') === 1 ? { attestation: true as const } : {}),
    })),
    blobs: blobs.map((blob) => ({
      digest: text(blob, 'digest'),
      size: integer(blob, 'size'),
      mediaType: text(blob, 'type'),
      role: ROLES[integer(blob, 'role')] ?? 'other',
    })),
    ...optional(row, 'unreadable', 'unreadable'),
  };
}

function optional<Name extends string>(row: Row, column: string, name: Name): { [N in Name]?: string } {
  const value = optionalText(row, column);
  return (value === undefined ? {} : { [name]: value }) as { [N in Name]?: string };
}
