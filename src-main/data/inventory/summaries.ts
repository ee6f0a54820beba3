import type { ManifestFacts } from '../../common/facts.ts';
import type { Platform } from '../../common/image.ts';
import type { Database } from '../database/database.ts';
import { integer, json, optionalText, type Row, text } from '../database/row.ts';
import { inSlices } from '../database/slices.ts';

/** Tags looked up in one slice. */
const TAGS_AT_ONCE = 500;

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
  platforms: Platform[];
  artifactType?: string;
  attested: boolean;
  unreadable?: string;
}

export interface TagsAsked {
  registry: string;
  repository: string;
  names: readonly string[];
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
        `SELECT tags.name AS tag, digest, coalesce(looked, tags.seen) AS looked, media_type, kind, bytes, manifests.unread AS missing,
           newest, platforms, artifact_type, attested, unreadable
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

function tagOf(row: Row): KnownTag {
  const created = optionalText(row, 'newest');
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
    platforms: json(row, 'platforms') as Platform[],
    ...(artifactType === undefined ? {} : { artifactType }),
    attested: integer(row, 'attested') === 1,
    ...(unreadable === undefined ? {} : { unreadable }),
  };
}
