import type { Database } from './database.ts';
import { bytes, integer, text } from './row.ts';

export type ContentKind = 'manifest' | 'blob';

export interface CachedContent {
  digest: string;
  mediaType: string;
  bytes: Uint8Array;
}

/** Room for some hundred thousand manifests and configs. */
const DEFAULT_LIMIT = 256 * 1024 * 1024;
/** An eviction makes room for a while, so that it is rare. */
const EVICT_TO = 0.9;
const DAY_SECONDS = 86_400;

/**
 * Manifests and configs by digest, verified by whoever puts them. What was used least lately goes when the limit is passed.
 * The cache is a help: the caller never depends on something being in it.
 */
export class ContentCache {
  readonly #database: Database;
  readonly #limit: number;
  readonly #now: () => Date;
  #size: number | undefined;

  constructor(database: Database, options: { limit?: number; now?: () => Date } = {}) {
    this.#database = database;
    this.#limit = options.limit ?? DEFAULT_LIMIT;
    this.#now = options.now ?? (() => new Date());
  }

  get(kind: ContentKind, digest: string): CachedContent | undefined {
    const row = this.#database.get(
      'SELECT media_type, bytes, used FROM content WHERE kind = ? AND digest = ?',
      kind,
      digest,
    );
    if (!row) return undefined;
    const now = this.#seconds();
    // By the day: reading must not become writing.
    if (now - integer(row, 'used') >= DAY_SECONDS) {
      this.#database.run('UPDATE content SET used = ? WHERE kind = ? AND digest = ?', now, kind, digest);
    }
    return { digest, mediaType: text(row, 'media_type'), bytes: bytes(row, 'bytes') };
  }

  put(kind: ContentKind, content: CachedContent): void {
    const size = content.bytes.byteLength;
    if (size > this.#limit / 10) return;
    const added = this.#database.run(
      `INSERT INTO content (kind, digest, media_type, bytes, size, used) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
      kind,
      content.digest,
      content.mediaType,
      content.bytes,
      size,
      this.#seconds(),
    );
    if (added === 0) return;
    this.#size = (this.#size ?? this.#measure() - size) + size;
    if (this.#size > this.#limit) this.#evict();
  }

  #evict(): void {
    this.#database.transaction(() => {
      // Measured anew: another process adds and evicts as well.
      let size = this.#measure();
      while (size > this.#limit * EVICT_TO) {
        const rows = this.#database.all('SELECT rowid, size FROM content ORDER BY used, rowid LIMIT 100');
        for (const row of rows) {
          if (size <= this.#limit * EVICT_TO) break;
          this.#database.run('DELETE FROM content WHERE rowid = ?', integer(row, 'rowid'));
          size -= integer(row, 'size');
        }
        if (rows.length === 0) break;
      }
      this.#size = size;
    });
  }

  #measure(): number {
    return integer(this.#database.get('SELECT coalesce(sum(size), 0) AS size FROM content') ?? {}, 'size');
  }

  #seconds(): number {
    return Math.floor(this.#now().getTime() / 1000);
  }
}
