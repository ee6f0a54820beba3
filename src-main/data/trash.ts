import { setImmediate as turn } from 'node:timers/promises';
import type { Database } from './database/database.ts';
import { bytes, integer, type Row, text } from './database/row.ts';
import { type TagChange, TagChanges } from './tag-changes.ts';

export interface TrashedManifest {
  digest: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** What the trash has of one operation, and what content is kept for it. */
interface TrashOf {
  operationId: string;
  started: string;
  manifests: number;
  /** Of the manifests. */
  bytes: number;
  /** Of content that is kept, what other operations need as well included. */
  content: number;
}

/** Manifests removed in one go: some milliseconds in which nothing else happens. */
const REMOVED_AT_ONCE = 500;

/** Operations whose manifests nobody may be about to need: neither they nor what takes them back runs. */
export const SETTLED = `status NOT IN ('queued', 'running') AND NOT EXISTS
  (SELECT 1 FROM operations AS undo WHERE undo.undoes = operations.id AND undo.status IN ('queued', 'running'))`;

function manifestOf(row: Row): TrashedManifest {
  return {
    digest: text(row, 'digest'),
    mediaType: text(row, 'media_type'),
    bytes: bytes(row, 'bytes'),
  };
}

/**
 * Manifests as they were before an operation took them, or took tags away from them, so that it can be taken back. Whoever writes
 * them back checks them against their digests: a file can be changed.
 */
export class Trash {
  readonly #database: Database;
  readonly #changes: TagChanges;

  constructor(database: Database) {
    this.#database = database;
    this.#changes = new TagChanges(database);
  }

  /** Keeps manifests of a repository, and notes what is about to change, together. Repeating it changes nothing. */
  keep(
    operationId: string,
    repository: string,
    manifests: readonly TrashedManifest[],
    changes: readonly TagChange[],
  ): void {
    this.#database.transaction(() => {
      for (const manifest of manifests)
        this.#database.run(
          `INSERT INTO trash (operation_id, repository, digest, media_type, bytes) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT DO NOTHING`,
          operationId,
          repository,
          manifest.digest,
          manifest.mediaType,
          manifest.bytes,
        );
      this.#changes.begin(operationId, changes);
    });
  }

  get(operationId: string, repository: string, digest: string): TrashedManifest | undefined {
    const row = this.#database.get(
      'SELECT * FROM trash WHERE operation_id = ? AND repository = ? AND digest = ?',
      operationId,
      repository,
      digest,
    );
    return row && manifestOf(row);
  }

  /** All of it, in numbers. */
  totals(): { operations: number; manifests: number; bytes: number } {
    const row = this.#database.get(
      `SELECT count(*) AS operations, coalesce(sum(manifests), 0) AS manifests, coalesce(sum(bytes), 0) AS bytes
       FROM trash_totals`,
    );
    const read = (column: string): number => integer(row ?? {}, column);
    return { operations: read('operations'), manifests: read('manifests'), bytes: read('bytes') };
  }

  /** What it has of each operation, the newest first. */
  list({ offset, limit }: { offset: number; limit: number }): TrashOf[] {
    return this.#database
      .all(
        `SELECT id, started, coalesce(manifests, 0) AS manifests, coalesce(bytes, 0) AS bytes,
           (SELECT coalesce(sum(size), 0) FROM kept_content WHERE operation_id = id) AS content
         FROM (SELECT operation_id AS held FROM trash_totals UNION SELECT DISTINCT operation_id FROM kept_content)
           JOIN operations ON id = held LEFT JOIN trash_totals ON operation_id = id
         ORDER BY started DESC LIMIT ? OFFSET ?`,
        limit,
        offset,
      )
      .map((row) => ({
        operationId: text(row, 'id'),
        started: text(row, 'started'),
        manifests: integer(row, 'manifests'),
        bytes: integer(row, 'bytes'),
        content: integer(row, 'content'),
      }));
  }

  /** The operation that began first of those that are over and have something in it. */
  oldest(): { operationId: string; started: string } | undefined {
    const row = this.#database.get(
      `SELECT id, started FROM operations JOIN trash_totals ON operation_id = id
       WHERE ${SETTLED} ORDER BY started LIMIT 1`,
    );
    return row && { operationId: text(row, 'id'), started: text(row, 'started') };
  }

  /** Forgets what it has of an operation. What its tags pointed at is still known. */
  async remove(operationId: string): Promise<void> {
    for (let removed = REMOVED_AT_ONCE; removed === REMOVED_AT_ONCE; ) {
      removed = this.#database.run(
        'DELETE FROM trash WHERE rowid IN (SELECT rowid FROM trash WHERE operation_id = ? LIMIT ?)',
        operationId,
        REMOVED_AT_ONCE,
      );
      await turn();
    }
  }

  /** Some of what an operation took from a repository. @param after the digest of the last one read */
  page(operationId: string, repository: string, after: string, limit: number): TrashedManifest[] {
    return this.#database
      .all(
        `SELECT * FROM trash WHERE operation_id = ? AND repository = ? AND digest > ?
         ORDER BY digest LIMIT ?`,
        operationId,
        repository,
        after,
        limit,
      )
      .map(manifestOf);
  }
}
