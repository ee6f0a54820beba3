import type { Database } from '../database/database.ts';
import { integer, optionalText, type Row, text } from '../database/row.ts';

/** Rows read in one slice: what each holds is looked up as well. */
const ROWS_AT_ONCE = 200;

/** What is known of a manifest that a cleanup may take. */
export interface Candidate {
  digest: string;
  /** Of it and all below it, as far as that was read. */
  size: number;
  created?: string;
  /** Where the product says when it was pushed and pulled last: null where it never was. */
  pushed?: string;
  pulled?: string | null;
  /** Digests of all manifests below it and of their configs; absent where not all of it was read. */
  holds?: string[];
}

export interface CandidateTag extends Candidate {
  name: string;
  /** Absent where the manifest was not read. */
  mediaType?: string;
  /** Unix milliseconds when the tag was looked at. */
  looked: number;
}

/** A manifest that was seen in the repository, and that no tag, index or subject there needs. */
export interface UntaggedManifest extends Candidate {
  /** What it is attached to, and is not there. */
  subject?: string;
}

/** What a cleanup may take of a repository. */
export interface Candidates {
  tags: CandidateTag[];
  untagged: UntaggedManifest[];
  /** Tags of which it is not known what they are. */
  unseen: string[];
  /** Unix milliseconds when the tag was looked at that was not for the longest time; absent where none was. */
  asOf?: number;
}

export interface CandidatesAsked {
  registry: string;
  repository: string;
}

export function* candidates(
  database: Database,
  { registry, repository }: CandidatesAsked,
): Generator<void, Candidates, void> {
  const found: Candidates = { tags: [], untagged: [], unseen: [] };
  const row = database.get(
    'SELECT id FROM repositories WHERE account_id = ? AND name = ?',
    registry,
    repository,
  );
  if (!row) return found;
  const id = integer(row, 'id');
  yield* taggedOf(database, id, found);
  yield* untaggedOf(database, id, found);
  return found;
}

function* taggedOf(database: Database, repository: number, found: Candidates): Generator<void, void, void> {
  const held = new Map<number, string[] | undefined>();
  for (let after = ''; ; yield) {
    const rows = database.all(
      `SELECT tags.name AS name, coalesce(looked, tags.seen) AS looked, contents.id AS id, contents.digest AS digest,
         media_type, bytes, unread, newest, pushed, pulled
       FROM tags LEFT JOIN contents ON contents.id = tags.manifest_id LEFT JOIN manifests ON manifests.id = contents.id
       LEFT JOIN repository_manifests AS own ON own.repository_id = tags.repository_id AND own.manifest_id = contents.id
       WHERE tags.repository_id = ? AND tags.name > ? ORDER BY tags.name LIMIT ?`,
      repository,
      after,
      ROWS_AT_ONCE,
    );
    for (const row of rows) {
      const name = text(row, 'name');
      if (row.digest === null) {
        found.unseen.push(name);
        continue;
      }
      const looked = integer(row, 'looked');
      const mediaType = optionalText(row, 'media_type');
      found.tags.push({
        name,
        looked,
        ...(mediaType === undefined ? {} : { mediaType }),
        ...candidateOf(database, row, held),
      });
      found.asOf = Math.min(found.asOf ?? Number.POSITIVE_INFINITY, looked);
    }
    if (rows.length < ROWS_AT_ONCE) return;
    after = text(rows.at(-1) ?? {}, 'name');
  }
}

function* untaggedOf(database: Database, repository: number, found: Candidates): Generator<void, void, void> {
  const held = new Map<number, string[] | undefined>();
  for (let after = -1; ; yield) {
    const rows = database.all(
      `SELECT own.manifest_id AS id, contents.digest AS digest, bytes, unread, newest, pushed, pulled,
         subject.digest AS subject
       FROM repository_manifests AS own JOIN contents ON contents.id = own.manifest_id
       JOIN manifests ON manifests.id = own.manifest_id LEFT JOIN contents AS subject ON subject.id = subject_id
       WHERE own.repository_id = ? AND own.manifest_id > ? AND held IS NOT NULL AND missing = 0 AND status = 0
       ORDER BY own.manifest_id LIMIT ?`,
      repository,
      after,
      ROWS_AT_ONCE,
    );
    for (const row of rows) {
      const subject = optionalText(row, 'subject');
      found.untagged.push({
        ...candidateOf(database, row, held),
        ...(subject === undefined ? {} : { subject }),
      });
    }
    if (rows.length < ROWS_AT_ONCE) return;
    after = integer(rows.at(-1) ?? {}, 'id');
  }
}

function candidateOf(database: Database, row: Row, held: Map<number, string[] | undefined>): Candidate {
  const id = integer(row, 'id');
  if (!held.has(id)) held.set(id, row.unread === 0 ? heldBy(database, id) : undefined);
  const holds = held.get(id);
  const created = optionalText(row, 'newest');
  const pushed = optionalText(row, 'pushed');
  const pulled = optionalText(row, 'pulled');
  return {
    digest: text(row, 'digest'),
    size: row.bytes === null ? 0 : integer(row, 'bytes'),
    ...(created === undefined ? {} : { created }),
    ...(pushed === undefined ? {} : { pushed }),
    ...(pulled === undefined ? {} : { pulled: pulled === '' ? null : pulled }),
    ...(holds ? { holds } : {}),
  };
}

function heldBy(database: Database, manifest: number): string[] {
  const rows = database.all(
    `WITH RECURSIVE below (id) AS (
       SELECT ?1 UNION SELECT child_id FROM below JOIN manifest_children ON manifest_id = below.id
     )
     SELECT digest FROM below JOIN contents USING (id) WHERE id <> ?1
     UNION SELECT digest FROM below JOIN manifest_blobs ON manifest_id = below.id AND role = 0
       JOIN contents ON contents.id = blob_id`,
    manifest,
  );
  return rows.map((row) => text(row, 'digest'));
}
