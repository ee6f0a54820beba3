import { setImmediate as turn } from 'node:timers/promises';
import type { Database } from './database/database.ts';
import { bytes, integer, optionalText } from './database/row.ts';
import { DataError } from './errors.ts';

export type ContentKind = 'manifest' | 'blob';

/** A repository of one registry. */
export interface ContentPlace {
  /** Scheme, host and port of the registry. */
  origin: string;
  repository: string;
}

/** Room for some hundred thousand manifests and configs. */
const DEFAULT_LIMIT = 256 * 1024 * 1024;
/** An eviction makes room for a while, so that it is rare. */
const EVICT_TO = 0.9;
/** Entries evicted in one go: some milliseconds in which nothing else happens. */
const EVICTED_AT_ONCE = 200;
const DAY_SECONDS = 86_400;
/** Milliseconds until what was put is written, together: one at a time is most of what a first listing costs. */
const WRITE_AFTER = 100;
/** Bytes that wait to be written. */
const WAITING_MAX = 4 * 1024 * 1024;

/**
 * Manifests and configs by digest. What was used least lately goes when the limit is passed. The cache is a help: the caller
 * never depends on something being in it, and hashes what comes out of it, since a file can be changed.
 *
 * Bytes are shared by all registries. Which repository holds a manifest, and as what, is kept for each: what one registry says
 * is true of no other. What is put is written a moment later; a crash, or a full disk, loses it and nothing else.
 */
export class ContentCache {
  readonly #database: Database;
  readonly #limit: number;
  readonly #now: () => Date;
  readonly #places = new Map<string, number>();
  readonly #later: (() => void)[] = [];
  /** Kind and digest of content that waits to be written. */
  readonly #waiting = new Set<string>();
  #waitingBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #size: number | undefined;
  #evicting: Promise<void> | undefined;

  constructor(database: Database, options: { limit?: number; now?: () => Date } = {}) {
    this.#database = database;
    this.#limit = options.limit ?? DEFAULT_LIMIT;
    this.#now = options.now ?? (() => new Date());
  }

  /** `mediaType`: what the manifest was served as in this place; absent where it was not seen there. */
  manifest(place: ContentPlace, digest: string): { bytes: Uint8Array; mediaType?: string } | undefined {
    if (this.#waiting.has(`manifest ${digest}`)) this.write();
    const row = this.#database.get(
      `SELECT content.id, bytes, used, media_type FROM content
       LEFT JOIN held_manifests ON content_id = content.id AND place_id = ?
       WHERE kind = 'manifest' AND digest = ?`,
      this.#placeId(place) ?? null,
      digest,
    );
    if (!row) return undefined;
    this.#use(integer(row, 'id'), integer(row, 'used'));
    const mediaType = optionalText(row, 'media_type');
    return { bytes: bytes(row, 'bytes'), ...(mediaType === undefined ? {} : { mediaType }) };
  }

  blob(digest: string): Uint8Array | undefined {
    if (this.#waiting.has(`blob ${digest}`)) this.write();
    const row = this.#database.get(
      "SELECT id, bytes, used FROM content WHERE kind = 'blob' AND digest = ?",
      digest,
    );
    if (!row) return undefined;
    this.#use(integer(row, 'id'), integer(row, 'used'));
    return bytes(row, 'bytes');
  }

  putManifest(place: ContentPlace, manifest: { digest: string; mediaType: string; bytes: Uint8Array }): void {
    this.#add('manifest', manifest, () => this.#hold(place, manifest));
  }

  putBlob(blob: { digest: string; bytes: Uint8Array }): void {
    this.#add('blob', blob);
  }

  /** Notes that the place holds a manifest that is cached; for one that is not, nothing. */
  hold(place: ContentPlace, manifest: { digest: string; mediaType: string }): void {
    this.write();
    this.#hold(place, manifest);
  }

  /** What was kept of a manifest by {@link keepSummary} in this place. */
  summary(place: ContentPlace, digest: string): string | undefined {
    const row = this.#database.get(
      `SELECT id, used, summary FROM content
       JOIN held_manifests ON content_id = content.id AND place_id = ?
       WHERE kind = 'manifest' AND digest = ?`,
      this.#placeId(place) ?? null,
      digest,
    );
    if (!row) return undefined;
    this.#use(integer(row, 'id'), integer(row, 'used'));
    return optionalText(row, 'summary');
  }

  /** Goes with the manifest when that is evicted; for one that is not held here, nothing. */
  keepSummary(place: ContentPlace, digest: string, summary: string): void {
    this.#later.push(() =>
      this.#database.run(
        `UPDATE held_manifests SET summary = ? WHERE place_id = ?
         AND content_id = (SELECT id FROM content WHERE kind = 'manifest' AND digest = ?)`,
        summary,
        this.#placeId(place) ?? null,
        digest,
      ),
    );
    this.#plan();
  }

  /** Writes what was put, and ends making room for it. */
  async close(): Promise<void> {
    this.write();
    await this.#evicting;
  }

  /** Writes what was put, now. */
  write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const later = this.#later.splice(0);
    this.#waiting.clear();
    this.#waitingBytes = 0;
    if (later.length === 0) return;
    try {
      this.#database.transaction(() => {
        for (const work of later) work();
      });
      this.#makeRoom();
    } catch (error) {
      this.#size = undefined;
      if (!(error instanceof DataError)) throw error;
    }
  }

  #add(kind: ContentKind, content: { digest: string; bytes: Uint8Array }, then?: () => void): void {
    this.#later.push(() => {
      this.#put(kind, content);
      then?.();
    });
    this.#waiting.add(`${kind} ${content.digest}`);
    this.#waitingBytes += content.bytes.byteLength;
    if (this.#waitingBytes > WAITING_MAX) this.write();
    else this.#plan();
  }

  #plan(): void {
    this.#timer ??= setTimeout(() => this.write(), WRITE_AFTER).unref();
  }

  #hold(place: ContentPlace, { digest, mediaType }: { digest: string; mediaType: string }): void {
    this.#database.run(
      `INSERT INTO held_manifests (content_id, place_id, media_type)
       SELECT id, ?, ? FROM content WHERE kind = 'manifest' AND digest = ?
       ON CONFLICT DO UPDATE SET media_type = excluded.media_type`,
      this.#placeId(place) ?? this.#addPlace(place),
      mediaType,
      digest,
    );
  }

  /** Forgets content that turned out to be something else than its digest says. */
  drop(kind: ContentKind, digest: string): void {
    this.write();
    this.#database.run('DELETE FROM content WHERE kind = ? AND digest = ?', kind, digest);
    this.#size = undefined;
  }

  #put(kind: ContentKind, content: { digest: string; bytes: Uint8Array }): void {
    const size = content.bytes.byteLength;
    if (size > this.#limit / 10) return;
    const added = this.#database.run(
      `INSERT INTO content (kind, digest, bytes, size, used) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      kind,
      content.digest,
      content.bytes,
      size,
      this.#seconds(),
    );
    if (added > 0 && this.#size !== undefined) this.#size += size;
  }

  /** By the day: reading must not become writing. */
  #use(id: number, used: number): void {
    const now = this.#seconds();
    if (now - used >= DAY_SECONDS) this.#database.run('UPDATE content SET used = ? WHERE id = ?', now, id);
  }

  #placeId({ origin, repository }: ContentPlace): number | undefined {
    const key = `${origin} ${repository}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const row = this.#database.get(
      'SELECT id FROM content_places WHERE origin = ? AND repository = ?',
      origin,
      repository,
    );
    if (!row) return undefined;
    const id = integer(row, 'id');
    this.#places.set(key, id);
    return id;
  }

  #addPlace(place: ContentPlace): number {
    this.#database.run(
      'INSERT INTO content_places (origin, repository) VALUES (?, ?) ON CONFLICT DO NOTHING',
      place.origin,
      place.repository,
    );
    return this.#placeId(place) ?? 0;
  }

  #makeRoom(): void {
    this.#size ??= this.#measure();
    if (this.#size <= this.#limit) return;
    this.#evicting ??= this.#evict().finally(() => {
      this.#evicting = undefined;
    });
  }

  async #evict(): Promise<void> {
    try {
      // Measured anew: another process adds and evicts as well.
      this.#size = this.#measure();
      while (this.#evictSome()) await turn();
    } catch (error) {
      this.#size = undefined;
      if (!(error instanceof DataError)) throw error;
    }
  }

  /** @returns whether there is more to evict */
  #evictSome(): boolean {
    return this.#database.transaction(() => {
      let size = this.#size ?? this.#measure();
      const rows = this.#database.all(
        'SELECT id, size FROM content ORDER BY used, id LIMIT ?',
        EVICTED_AT_ONCE,
      );
      for (const row of rows) {
        if (size <= this.#limit * EVICT_TO) break;
        this.#database.run('DELETE FROM content WHERE id = ?', integer(row, 'id'));
        size -= integer(row, 'size');
      }
      this.#size = size;
      return size > this.#limit * EVICT_TO && rows.length > 0;
    });
  }

  #measure(): number {
    return integer(this.#database.get('SELECT coalesce(sum(size), 0) AS size FROM content') ?? {}, 'size');
  }

  #seconds(): number {
    return Math.floor(this.#now().getTime() / 1000);
  }
}
