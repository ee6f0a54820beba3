import type { Failure } from '../../common/failure.ts';
import type { Database } from '../database/database.ts';
import { integer, json, optionalText, text } from '../database/row.ts';
import { inSlices } from '../database/slices.ts';

/** Rows read in one slice. */
const ROWS_AT_ONCE = 500;

/** The digest that a tag was last known to have. */
export interface LookedTag {
  name: string;
  digest: string;
  /** Unix milliseconds when its digest was looked at. */
  looked: number;
}

/** A config as manifests name it. */
export interface UndatedConfig {
  digest: string;
  size: number;
  /** It was asked for not long ago, and this went wrong. */
  failure?: Failure;
}

export interface UndatedAsked extends UnreadAsked {
  /** Unix milliseconds: what was asked for before, and went wrong, counts no more. */
  since: number;
}

export interface UnreadAsked {
  registry: string;
  repository: string;
}

export interface LookedAsked extends UnreadAsked {
  names: readonly string[];
}

/** Those of the tags whose digest is known. */
export function* lookedTags(
  database: Database,
  { registry, repository, names }: LookedAsked,
): Generator<void, LookedTag[], void> {
  const found: LookedTag[] = [];
  yield* inSlices(names, ROWS_AT_ONCE, (some) => {
    for (const name of some) {
      const row = database.get(
        `SELECT digest, coalesce(looked, tags.seen) AS looked
         FROM repositories JOIN tags ON repository_id = repositories.id JOIN contents ON contents.id = manifest_id
         WHERE account_id = ? AND repositories.name = ? AND tags.name = ?`,
        registry,
        repository,
        name,
      );
      if (row) found.push({ name, digest: text(row, 'digest'), looked: integer(row, 'looked') });
    }
  });
  return found;
}

/** Manifests that a repository needs and that were neither read nor found missing. */
export function* unreadManifests(
  database: Database,
  { registry, repository }: UnreadAsked,
): Generator<void, string[], void> {
  const found: string[] = [];
  let after = -1;
  for (;;) {
    const rows = database.all(
      `SELECT manifest_id AS id, digest
       FROM repositories JOIN repository_manifests ON repository_id = repositories.id JOIN contents ON contents.id = manifest_id
       WHERE account_id = ? AND repositories.name = ? AND manifest_id > ? AND status = 1 ORDER BY manifest_id LIMIT ?`,
      registry,
      repository,
      after,
      ROWS_AT_ONCE,
    );
    found.push(...rows.map((row) => text(row, 'digest')));
    if (rows.length < ROWS_AT_ONCE) return found;
    after = integer(rows.at(-1) ?? {}, 'id');
    yield;
  }
}

/** Configs of images that a repository holds and of which it is not known what they are for: these configs were not read. One that was and does not say it is left out. */
export function* undatedConfigs(
  database: Database,
  { registry, repository, since }: UndatedAsked,
): Generator<void, UndatedConfig[], void> {
  const found = new Map<string, UndatedConfig>();
  let after = -1;
  for (;;) {
    const rows = database.all(
      `SELECT held.id, contents.digest, contents.size, content_id, iif(asked >= ?, failure, NULL) AS failure, failure IS NULL AS silent
       FROM (SELECT manifest_id AS id, status
             FROM repositories JOIN repository_manifests ON repository_id = repositories.id
             WHERE account_id = ? AND name = ? AND manifest_id > ? ORDER BY manifest_id LIMIT ?) AS held
       LEFT JOIN manifests ON manifests.id = held.id AND status = 2 AND kind = 'image' AND platforms = '[]'
       LEFT JOIN manifest_blobs ON manifest_id = manifests.id AND position = 0 AND role = 0
       LEFT JOIN contents ON contents.id = blob_id LEFT JOIN asked_configs ON content_id = contents.id
       ORDER BY held.id`,
      since,
      registry,
      repository,
      after,
      ROWS_AT_ONCE,
    );
    for (const row of rows) {
      const digest = optionalText(row, 'digest');
      if (digest === undefined || (row.content_id !== null && row.silent === 1)) continue;
      const failed = row.failure === null ? {} : { failure: json(row, 'failure') as Failure };
      found.set(digest, { digest, size: integer(row, 'size'), ...failed });
    }
    if (rows.length < ROWS_AT_ONCE) return [...found.values()];
    after = integer(rows.at(-1) ?? {}, 'id');
    yield;
  }
}
