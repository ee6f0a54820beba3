import type { ManifestFacts } from '../../common/facts.ts';
import type { Platform } from '../../common/image.ts';
import type { Database } from '../database/database.ts';
import { integer, json, optionalText, type Row, text } from '../database/row.ts';
import { inSlices } from '../database/slices.ts';

/** Tags looked up in one slice. */
const TAGS_AT_ONCE = 500;

/** What a line says of a tag; artifact types of what is attached, where all was looked at. */
const LINE = `tags.name AS tag, digest, coalesce(looked, tags.seen) AS looked, moved, media_type, kind, bytes,
  manifests.unread AS missing, newest, platforms, artifact_type, attested, unreadable,
  (SELECT pushed FROM repository_manifests AS here
   WHERE here.repository_id = tags.repository_id AND here.manifest_id = tags.manifest_id) AS pushed,
  iif(scanned IS NULL, NULL, (
    SELECT json_group_array(DISTINCT coalesce(referrer.artifact_type, ''))
    FROM manifests AS referrer CROSS JOIN repository_manifests AS own
      ON own.repository_id = tags.repository_id AND own.manifest_id = referrer.id
    WHERE referrer.subject_id = tags.manifest_id AND own.held IS NOT NULL AND own.missing = 0
  )) AS attached`;

/** What is known of a tag. */
export interface KnownTag {
  name: string;
  digest: string;
  /** Unix milliseconds when its digest was looked at. */
  seen: number;
  mediaType: string;
  kind: ManifestFacts['kind'];
  /** Unique bytes over all platforms; where `estimated`, what a product says of it, or those of what was read. */
  size: number;
  /** Not all of it was read. */
  estimated: boolean;
  created?: string;
  /** When it was pushed to the repository, where the product says so. RFC 3339. */
  pushed?: string;
  platforms: Platform[];
  artifactType?: string;
  attested: boolean;
  unreadable?: string;
  /** Artifact types of what is attached to it; absent where the repository was not looked through. */
  attached?: string[];
  /** Unix milliseconds when it was seen to have moved from another digest. */
  moved?: number;
}

export interface TagsAsked {
  registry: string;
  repository: string;
  names: readonly string[];
}

export interface TagsAfter {
  registry: string;
  repository: string;
  /** Name of the last one before. */
  after?: string;
}

/** Those of the tags of whose manifests anything is known, in the order asked for. */
export function* summaries(
  database: Database,
  { registry, repository, names }: TagsAsked,
): Generator<void, KnownTag[], void> {
  const found: KnownTag[] = [];
  yield* inSlices(names, TAGS_AT_ONCE, (some) => {
    for (const name of some) {
      const row = database.get(
        `SELECT ${LINE}
         FROM repositories JOIN tags ON repository_id = repositories.id JOIN contents ON contents.id = manifest_id
         JOIN manifests ON manifests.id = manifest_id
         WHERE account_id = ? AND repositories.name = ? AND tags.name = ?`,
        registry,
        repository,
        name,
      );
      if (row) found.push(tagOf(row));
    }
  });
  return found;
}

/** The next tags by name with what is known of them, and the name that more of them come after. */
export function tagSummaries(
  database: Database,
  { registry, repository, after = '' }: TagsAfter,
): { tags: KnownTag[]; last?: string } {
  const names = database.all(
    `SELECT tags.name AS name FROM repositories JOIN tags ON repository_id = repositories.id
     WHERE account_id = ? AND repositories.name = ? AND tags.name > ? ORDER BY tags.name LIMIT ?`,
    registry,
    repository,
    after,
    TAGS_AT_ONCE,
  );
  const end = names.at(-1);
  if (!end) return { tags: [] };
  const last = text(end, 'name');
  const rows = database.all(
    `SELECT ${LINE}
     FROM repositories JOIN tags ON repository_id = repositories.id JOIN contents ON contents.id = manifest_id
     JOIN manifests ON manifests.id = manifest_id
     WHERE account_id = ? AND repositories.name = ? AND tags.name > ? AND tags.name <= ?`,
    registry,
    repository,
    after,
    last,
  );
  return { tags: rows.map(tagOf), ...(names.length < TAGS_AT_ONCE ? {} : { last }) };
}

function tagOf(row: Row): KnownTag {
  const created = optionalText(row, 'newest');
  const pushed = optionalText(row, 'pushed');
  const artifactType = optionalText(row, 'artifact_type');
  const unreadable = optionalText(row, 'unreadable');
  return {
    name: text(row, 'tag'),
    digest: text(row, 'digest'),
    seen: integer(row, 'looked'),
    mediaType: text(row, 'media_type'),
    kind: text(row, 'kind') as KnownTag['kind'],
    size: integer(row, 'bytes'),
    estimated: integer(row, 'missing') > 0,
    ...(created === undefined ? {} : { created }),
    ...(pushed === undefined ? {} : { pushed }),
    platforms: json(row, 'platforms') as Platform[],
    ...(artifactType === undefined ? {} : { artifactType }),
    attested: integer(row, 'attested') === 1,
    ...(row.attached === null ? {} : { attached: json(row, 'attached') as string[] }),
    ...(row.moved === null ? {} : { moved: integer(row, 'moved') }),
    ...(unreadable === undefined ? {} : { unreadable }),
  };
}
