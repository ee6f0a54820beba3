import type { Database } from './database/database.ts';
import { text } from './database/row.ts';

/** Of which accounts images are looked into, so that it goes on after the program ended. */
export class UnfinishedLooks {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  accounts(): string[] {
    return this.#database
      .all('SELECT account_id FROM unfinished_looks')
      .map((row) => text(row, 'account_id'));
  }

  /** In the place of those that were noted before. */
  note(accounts: readonly string[]): void {
    this.#database.transaction(() => {
      this.#database.run('DELETE FROM unfinished_looks');
      for (const id of accounts) this.#database.run('INSERT INTO unfinished_looks VALUES (?)', id);
    });
  }
}
