import type { Database } from './database/database.ts';
import { text } from './database/row.ts';

/** Registries give up sessions after a day or a week; older ones are not worth a request. */
const LIFETIME_SECONDS = 24 * 60 * 60;

export interface UploadRow {
  repository: string;
  digest: string;
  location: string;
  /** Mark of the process that began it. */
  owner: string;
}

/** Where interrupted uploads can go on. */
export class Uploads {
  readonly #database: Database;
  readonly #now: () => Date;

  constructor(database: Database, now: () => Date) {
    this.#database = database;
    this.#now = now;
  }

  /** Those to one registry, forgetting all that are too old. */
  at(origin: string): UploadRow[] {
    this.#database.run('DELETE FROM uploads WHERE started < ?', this.#seconds() - LIFETIME_SECONDS);
    const rows = this.#database.all(
      'SELECT repository, digest, location, owner FROM uploads WHERE origin = ?',
      origin,
    );
    return rows.map((row) => ({
      repository: text(row, 'repository'),
      digest: text(row, 'digest'),
      location: text(row, 'location'),
      owner: text(row, 'owner'),
    }));
  }

  put(origin: string, { repository, digest, location, owner }: UploadRow): void {
    this.#database.run(
      'INSERT OR REPLACE INTO uploads (origin, repository, digest, location, owner, started) VALUES (?, ?, ?, ?, ?, ?)',
      origin,
      repository,
      digest,
      location,
      owner,
      this.#seconds(),
    );
  }

  remove(origin: string, repository: string, digest: string): void {
    this.#database.run(
      'DELETE FROM uploads WHERE origin = ? AND repository = ? AND digest = ?',
      origin,
      repository,
      digest,
    );
  }

  #seconds(): number {
    return Math.floor(this.#now().getTime() / 1000);
  }
}
