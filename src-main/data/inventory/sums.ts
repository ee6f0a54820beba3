import type { Database } from '../database/database.ts';
import { integer, optionalText } from '../database/row.ts';

/** Manifests summed up in one transaction: each has some dozens of rows. */
const SUMS_AT_ONCE = 50;

/** Bytes of a manifest with all below it, what of it was not read, and its newest date: kept with each manifest and its repositories' tags. */
export class Sums {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  *settle(): Generator<void, void, void> {
    while (this.#isLeft()) {
      this.#database.transaction(() => {
        for (const row of this.#database.all('SELECT manifest_id FROM pending_sums LIMIT ?', SUMS_AT_ONCE))
          this.#sum(integer(row, 'manifest_id'));
      });
      yield;
    }
  }

  /** Looked for without the lock that only one process has: a question must not wait for what another one writes. */
  #isLeft(): boolean {
    return this.#database.get('SELECT 1 FROM pending_sums LIMIT 1') !== undefined;
  }

  #sum(manifest: number): void {
    this.#database.run('DELETE FROM pending_sums WHERE manifest_id = ?', manifest);
    const had = this.#database.get(
      'SELECT bytes, unread, newest, listed_size FROM manifests WHERE id = ?',
      manifest,
    );
    if (!had) return;
    const { read, unread, newest } = this.#below(manifest);
    const listed = had.listed_size === null ? undefined : integer(had, 'listed_size');
    const bytes = unread > 0 && listed !== undefined ? listed : this.#bytesOf(read);
    const [hadBytes, hadUnread] = [integer(had, 'bytes'), integer(had, 'unread')];
    if (hadBytes === bytes && hadUnread === unread && optionalText(had, 'newest') === newest) return;
    this.#database.run(
      'UPDATE manifests SET bytes = ?, unread = ?, newest = ? WHERE id = ?',
      bytes,
      unread,
      newest ?? null,
      manifest,
    );
    this.#database.run(
      'INSERT OR IGNORE INTO pending_sums SELECT manifest_id FROM manifest_children WHERE child_id = ?',
      manifest,
    );
    const estimated = Number(unread > 0) - Number(hadUnread > 0);
    if (hadBytes === bytes && estimated === 0) return;
    this.#database.run(
      `UPDATE repositories SET referenced_bytes = referenced_bytes + ?1 * count, estimated = estimated + ?2 * count
       FROM (SELECT repository_id, count(*) AS count FROM tags WHERE manifest_id = ?3 GROUP BY repository_id) AS tagged
       WHERE repositories.id = tagged.repository_id`,
      bytes - hadBytes,
      estimated,
      manifest,
    );
  }

  /** Manifests from one on, itself included: those that were read, how many were not, and the newest date. */
  #below(root: number): { read: number[]; unread: number; newest: string | undefined } {
    const found = new Set([root]);
    const read: number[] = [];
    let newest: string | undefined;
    for (const manifest of found) {
      const facts = this.#database.get('SELECT read, created FROM manifests WHERE id = ?', manifest);
      const created = facts && optionalText(facts, 'created');
      if (created !== undefined && isNewer(created, newest)) newest = created;
      if (!facts || integer(facts, 'read') === 0) continue;
      read.push(manifest);
      for (const row of this.#database.all(
        'SELECT child_id FROM manifest_children WHERE manifest_id = ?',
        manifest,
      ))
        found.add(integer(row, 'child_id'));
    }
    return { read, unread: found.size - read.length, newest };
  }

  #bytesOf(manifests: readonly number[]): number {
    const sizes = new Map<number, number>();
    for (const manifest of manifests)
      for (const row of this.#database.all(
        `SELECT id, size FROM contents WHERE id = ?1 UNION ALL
         SELECT id, size FROM manifest_blobs CROSS JOIN contents ON id = blob_id WHERE manifest_id = ?1`,
        manifest,
      ))
        sizes.set(integer(row, 'id'), integer(row, 'size'));
    let bytes = 0;
    for (const size of sizes.values()) bytes += size;
    return bytes;
  }
}

/** Of dates in RFC 3339. */
export function isNewer(instant: string, than: string | undefined): boolean {
  return than === undefined || Date.parse(instant) > Date.parse(than);
}
