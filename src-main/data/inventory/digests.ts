import type { Database } from '../database/database.ts';
import { integer } from '../database/row.ts';

/** Bytes of one content that are counted, 16 TiB: more is a lie, and sums stay exact. */
const SIZE_MAX = 2 ** 44;

export function countedSize(size: number): number {
  return Math.min(Math.trunc(size), SIZE_MAX);
}

/** Digests and media types by the numbers that rows refer to them with. */
export class Digests {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  find(digest: string): number | undefined {
    const row = this.#database.get('SELECT id FROM contents WHERE digest = ?', digest);
    return row && integer(row, 'id');
  }

  /** Given a number if it has none. */
  idOf(digest: string): number {
    return (
      this.find(digest) ??
      integer(this.#database.get('INSERT INTO contents (digest) VALUES (?) RETURNING id', digest) ?? {}, 'id')
    );
  }

  mediaType(name: string): number {
    const known = this.#database.get('SELECT id FROM media_types WHERE name = ?', name);
    if (known) return integer(known, 'id');
    return integer(
      this.#database.get('INSERT INTO media_types (name) VALUES (?) RETURNING id', name) ?? {},
      'id',
    );
  }
}
