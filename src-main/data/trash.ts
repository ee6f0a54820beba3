import { z } from 'zod';
import type { Database } from './database/database.ts';
import { bytes, type Row, text } from './database/row.ts';

export interface TrashedManifest {
  digest: string;
  mediaType: string;
  bytes: Uint8Array;
  /** Tags that the deletion takes from it. */
  tags: string[];
}

const tagList = z.array(z.string());

function manifestOf(row: Row): TrashedManifest {
  return {
    digest: text(row, 'digest'),
    mediaType: text(row, 'media_type'),
    bytes: bytes(row, 'bytes'),
    tags: tagList.parse(JSON.parse(text(row, 'tags'))),
  };
}

/**
 * Manifests as they were before a deletion, so that it can be taken back. Whoever writes them back checks them against their
 * digests: a file can be changed.
 */
export class Trash {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Keeps them in the order given: children before parents. Repeating it adds tags and changes nothing else. */
  put(operationId: string, manifests: readonly TrashedManifest[]): void {
    this.#database.transaction(() => {
      for (const manifest of manifests) {
        const row = this.#database.get(
          'SELECT tags FROM trash WHERE operation_id = ? AND digest = ?',
          operationId,
          manifest.digest,
        );
        const tags = new Set([
          ...(row ? tagList.parse(JSON.parse(text(row, 'tags'))) : []),
          ...manifest.tags,
        ]);
        this.#database.run(
          `INSERT INTO trash (operation_id, position, digest, media_type, bytes, tags)
           VALUES (?1, (SELECT count(*) FROM trash WHERE operation_id = ?1), ?2, ?3, ?4, ?5)
           ON CONFLICT DO UPDATE SET tags = excluded.tags`,
          operationId,
          manifest.digest,
          manifest.mediaType,
          manifest.bytes,
          JSON.stringify([...tags]),
        );
      }
    });
  }

  of(operationId: string): TrashedManifest[] {
    return this.#database
      .all('SELECT * FROM trash WHERE operation_id = ? ORDER BY position', operationId)
      .map(manifestOf);
  }

  get(operationId: string, digest: string): TrashedManifest | undefined {
    const row = this.#database.get(
      'SELECT * FROM trash WHERE operation_id = ? AND digest = ?',
      operationId,
      digest,
    );
    return row && manifestOf(row);
  }

  holds(operationId: string): boolean {
    return (
      this.#database.get('SELECT 1 FROM trash WHERE operation_id = ? LIMIT 1', operationId) !== undefined
    );
  }
}
