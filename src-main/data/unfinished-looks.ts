import type { Database } from './database/database.ts';
import { text } from './database/row.ts';

/** Of which accounts images are looked into, so that it goes on after the program ended. */
export class UnfinishedLooks {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  noted(): { ids: string[]; what: string | undefined } {
    const rows = this.#database.all('SELECT account_id, what FROM unfinished_looks');
    const [first] = rows;
    return { ids: rows.map((row) => text(row, 'account_id')), what: first && text(first, 'what') };
  }

  /** In the place of those that were noted before. @param what they are looked into for */
  note(accounts: readonly string[], what: string): void {
    this.#database.transaction(() => {
      this.#database.run('DELETE FROM unfinished_looks');
      for (const id of accounts)
        this.#database.run('INSERT INTO unfinished_looks (account_id, what) VALUES (?, ?)', id, what);
    });
  }
}
