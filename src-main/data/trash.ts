import type { Database } from './database/database.ts';
import { bytes, type Row, text } from './database/row.ts';
import { type TagChange, TagChanges } from './tag-changes.ts';

export interface TrashedManifest {
  digest: string;
  mediaType: string;
  bytes: Uint8Array;
}

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
