import type { ManifestFacts } from '../../common/facts.ts';
import type { Platform } from '../../common/image.ts';
import type { Database } from '../database/database.ts';
import { integer, json, optionalText, type Row, text } from '../database/row.ts';
import { inSlices } from '../database/slices.ts';

/** Tags looked up in one slice. */
const TAGS_AT_ONCE = 500;

/** Tags of whose manifests is told at once: more than most repositories have, and an answer that is read within a picture. */
const TAGS_A_PAGE = 10_000;

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

/** A manifest with those of its tags that were asked for. */
export interface KnownImage extends Omit<KnownTag, 'name' | 'seen' | 'moved'> {
  tags: string[];
  /** Those that were seen to have moved here, and when: Unix milliseconds. */
  moved: { name: string; at: number }[];
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
    for (const name of some) found.push(...summaryOf(database, registry, repository, name));
  });
  return found;
}

/** What is known of the manifests of the next tags by name, of each once, and the name that more tags come after. */
export function* knownImages(
  database: Database,
  { registry, repository, after = '' }: TagsAfter,
): Generator<void, { images: KnownImage[]; last?: string }, void> {
  const groups = database.all(
    `SELECT manifest_id, count(*) AS tags, max(name) AS last, json_group_array(name) AS names,
       json_group_array(json_object('name', name, 'at', moved)) FILTER (WHERE moved IS NOT NULL) AS moved
     FROM (
       SELECT tags.name AS name, manifest_id, moved FROM repositories JOIN tags ON repository_id = repositories.id
       WHERE account_id = ? AND repositories.name = ? AND tags.name > ? ORDER BY tags.name LIMIT ?
     ) GROUP BY manifest_id`,
    registry,
    repository,
    after,
    TAGS_A_PAGE,
  );
  const images: KnownImage[] = [];
  yield* inSlices(groups, TAGS_AT_ONCE, (some) => {
    for (const row of some) {
      const tags = json(row, 'names') as string[];
      const moved = json(row, 'moved') as KnownImage['moved'];
      const known = summaryOf(database, registry, repository, tags[0] ?? '');
      for (const { name, seen, ...line } of known) images.push({ ...line, tags, moved });
    }
  });
  const isAll = groups.reduce((count, row) => count + integer(row, 'tags'), 0) < TAGS_A_PAGE;
  const lasts = groups.map((row) => text(row, 'last')).sort();
  return { images, ...(isAll ? {} : { last: lasts.at(-1) ?? '' }) };
}

/** None where nothing is known of what the tag points at. */
function summaryOf(database: Database, registry: string, repository: string, name: string): KnownTag[] {
  const row = database.get(
    `SELECT ${LINE}
     FROM repositories JOIN tags ON repository_id = repositories.id JOIN contents ON contents.id = manifest_id
     JOIN manifests ON manifests.id = manifest_id
     WHERE account_id = ? AND repositories.name = ? AND tags.name = ?`,
    registry,
    repository,
    name,
  );
  return row ? [tagOf(row)] : [];
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
