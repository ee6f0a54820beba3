import type { Database } from '../database/database.ts';
import { integer, type Row, text } from '../database/row.ts';
import { type KnownRepositoriesAsked, type RepositoriesPage, rowsOf } from './totals.ts';

/** Repositories worked out in one slice: each has some dozens of tags. */
const AT_ONCE = 50;

/** Not one of those that are named after the digest of what they are attached to: the list of its referrers, and what cosign made of it. */
const OWN_TAG = "NOT (length(tags.name) >= 71 AND tags.name GLOB 'sha[25][51][62]-[0-9a-f]*')";

/**
 * What a list shows of a repository beside its totals: on how many manifests its tags are, what these are, the newest of them, and
 * the last push of one where the product says so. It is worked out for those that are asked for, for the others when nothing is
 * asked for, and kept until tags or facts of the repository change.
 */
export class Outlines {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Of a page of repositories those that have changed. */
  *ofPage(asked: RepositoriesPage | KnownRepositoriesAsked): Generator<void, void, void> {
    const { rows, values } = rowsOf('id', asked);
    const pending = this.#database.all(
      `SELECT repository_id, stamp FROM (${rows}) JOIN pending_outlines ON repository_id = id`,
      ...values,
    );
    for (let start = 0; start < pending.length; start += AT_ONCE) {
      this.#workOut(pending.slice(start, start + AT_ONCE));
      yield;
    }
  }

  /** All that have changed; one that changes meanwhile is left to the next time. */
  *all(): Generator<void, void, void> {
    for (let after = 0; ; ) {
      const pending = this.#database.all(
        'SELECT repository_id, stamp FROM pending_outlines WHERE repository_id > ? ORDER BY repository_id LIMIT ?',
        after,
        AT_ONCE,
      );
      const last = pending.at(-1);
      if (!last) return;
      this.#workOut(pending);
      after = integer(last, 'repository_id');
      yield;
    }
  }

  /** Reads before it writes: a repository may have 100,000 tags, and who else writes must not wait for them to be read. */
  #workOut(pending: readonly Row[]): void {
    const found = pending.map((row) => {
      const id = integer(row, 'repository_id');
      return { id, stamp: integer(row, 'stamp'), ...this.#outlineOf(id) };
    });
    this.#database.transaction(() => {
      for (const { id, stamp, outline, pushed, tag } of found) {
        const isUnchanged = this.#database.run(
          'DELETE FROM pending_outlines WHERE repository_id = ? AND stamp = ?',
          id,
          stamp,
        );
        if (isUnchanged === 0) continue;
        this.#database.run(
          'UPDATE repositories SET images = ?, kinds = ?, newest_image = ?, last_push = ?, newest_tag = ? WHERE id = ?',
          outline.images as number,
          (outline.kinds ?? '') as string,
          outline.newest as string | null,
          pushed,
          tag,
          id,
        );
      }
    });
  }

  #outlineOf(repository: number): { outline: Row; pushed: string | null; tag: string | null } {
    // Of the other columns those of the row with the largest date are given.
    const outline =
      this.#database.get(
        `SELECT count(DISTINCT manifest_id) AS images, group_concat(DISTINCT kind) AS kinds, max(julianday(newest)), newest, manifest_id
         FROM tags LEFT JOIN manifests ON manifests.id = manifest_id
         WHERE repository_id = ? AND manifest_id IS NOT NULL AND ${OWN_TAG}`,
        repository,
      ) ?? {};
    const last = this.#database.get(
      `SELECT max(julianday(pushed)) AS at, pushed, tags.manifest_id AS manifest_id
       FROM tags JOIN repository_manifests AS here
         ON here.repository_id = tags.repository_id AND here.manifest_id = tags.manifest_id
       WHERE tags.repository_id = ? AND pushed IS NOT NULL AND ${OWN_TAG}`,
      repository,
    );
    const isPushed = last !== undefined && last.at !== null;
    const pushed = isPushed ? text(last, 'pushed') : null;
    if (!isPushed && outline.newest === null) return { outline, pushed, tag: null };
    // A version says more than a tag that moves, and a long one more than a short one.
    const named = this.#database.get(
      `SELECT name FROM tags WHERE manifest_id = ? AND repository_id = ? AND ${OWN_TAG}
       ORDER BY name GLOB '[0-9]*' OR name GLOB 'v[0-9]*' DESC, length(name) DESC, name DESC LIMIT 1`,
      integer(isPushed ? last : outline, 'manifest_id'),
      repository,
    );
    return { outline, pushed, tag: (named?.name ?? null) as string | null };
  }
}
