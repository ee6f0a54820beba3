import { existsSync } from 'node:fs';
// The only import of this module: the desktop test build puts another library in its place.
import { DatabaseSync } from 'node:sqlite';
import { Database } from '../database/database.ts';
import { integer, optionalText, text } from '../database/row.ts';
import { Digests } from './digests.ts';

/** Tags taken over in one transaction. */
const TAGS_AT_ONCE = 1_000;
/** Milliseconds that the other database may be in use. */
const BUSY_TIMEOUT = 10_000;

/** How far it is, by the mark 'former'. */
const LISTED = 1;
const DONE = 2;
/** The mark of how many tags are still to be taken over, at most. */
const LEFT = 'former left';

/**
 * Places that versions before the inventory kept in the database of the journal. Their repositories are taken over at once, so that
 * listings and removals since then count for them; tags follow a little at a time, and a repository that is listed meanwhile needs
 * none of them. Then their tables go.
 */
export class FormerPlaces {
  readonly #inventory: Database;
  readonly #digests: Digests;
  readonly #file: string;
  #former: Database | undefined;

  /** @param file of the database that they are in */
  constructor(inventory: Database, file: string) {
    this.#inventory = inventory;
    this.#digests = new Digests(inventory);
    this.#file = file;
  }

  begin(): void {
    if (this.#mark() === DONE || !existsSync(this.#file)) return;
    const former = new Database(
      new DatabaseSync(this.#file, { enableForeignKeyConstraints: false, timeout: BUSY_TIMEOUT }),
    );
    this.#former = former;
    this.#inventory.transaction(() => {
      if (!hasPlaces(former)) this.#setMark('former', DONE);
      if (this.#mark() === DONE) return;
      this.#setMark(LEFT, integer(former.get('SELECT count(*) AS count FROM tags') ?? {}, 'count'));
      if (this.#mark() === LISTED) return;
      for (const row of former.all('SELECT id, account_id, name, seen FROM repositories')) {
        this.#inventory.run(
          `INSERT INTO repositories (account_id, name, seen, former_id) VALUES (?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET former_id = excluded.former_id`,
          text(row, 'account_id'),
          text(row, 'name'),
          integer(row, 'seen'),
          integer(row, 'id'),
        );
      }
      this.#setMark('former', LISTED);
    });
    if (this.#mark() === DONE) this.close();
  }

  *takeOver(): Generator<void, void, void> {
    const former = this.#former;
    if (!former) return;
    let taken = 0;
    for (;;) {
      const row = this.#inventory.get(
        'SELECT id, former_id FROM repositories WHERE former_id IS NOT NULL LIMIT 1',
      );
      if (!row) break;
      taken += yield* this.#tagsOf(integer(row, 'id'), integer(row, 'former_id'), former);
      if (taken < TAGS_AT_ONCE) continue;
      taken = 0;
      yield;
    }
    yield;
    former.script('BEGIN IMMEDIATE; DROP TABLE IF EXISTS tags; DROP TABLE IF EXISTS repositories; COMMIT');
    this.#inventory.transaction(() => {
      this.#setMark('former', DONE);
      this.#setMark(LEFT, 0);
    });
    this.close();
  }

  /** Before something is removed from a repository: what follows would bring it back. */
  *takeOverOf(repositoryId: number): Generator<void, void, void> {
    const row = this.#inventory.get(
      'SELECT former_id FROM repositories WHERE id = ? AND former_id IS NOT NULL',
      repositoryId,
    );
    if (row && this.#former) yield* this.#tagsOf(repositoryId, integer(row, 'former_id'), this.#former);
  }

  close(): void {
    this.#former?.close();
    this.#former = undefined;
  }

  *#tagsOf(id: number, formerId: number, former: Database): Generator<void, number, void> {
    let taken = 0;
    let after = '';
    for (;;) {
      const rows = former.all(
        'SELECT name, digest, seen FROM tags WHERE repository_id = ? AND name > ? ORDER BY name LIMIT ?',
        formerId,
        after,
        TAGS_AT_ONCE,
      );
      const isLast = rows.length < TAGS_AT_ONCE;
      this.#inventory.transaction(() => {
        for (const row of rows) {
          const digest = optionalText(row, 'digest');
          this.#inventory.run(
            `INSERT INTO tags (repository_id, name, manifest_id, seen)
             SELECT id, ?, ?, ? FROM repositories WHERE id = ? AND former_id IS NOT NULL
             ON CONFLICT DO UPDATE SET manifest_id = coalesce(manifest_id, excluded.manifest_id)`,
            text(row, 'name'),
            digest === undefined ? null : this.#digests.idOf(digest),
            integer(row, 'seen'),
            id,
          );
        }
        if (isLast) this.#inventory.run('UPDATE repositories SET former_id = NULL WHERE id = ?', id);
        this.#setMark(LEFT, Math.max(0, formerLeft(this.#inventory) - rows.length));
      });
      taken += rows.length;
      const last = rows.at(-1);
      if (isLast || !last) return taken;
      after = text(last, 'name');
      yield;
    }
  }

  #mark(): number {
    const row = this.#inventory.get("SELECT value FROM marks WHERE name = 'former'");
    return row ? integer(row, 'value') : 0;
  }

  #setMark(name: 'former' | typeof LEFT, value: number): void {
    this.#inventory.run(
      'INSERT INTO marks (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      name,
      value,
    );
  }
}

/** Tags that are still to be taken over, at most. */
export function formerLeft(inventory: Database): number {
  const row = inventory.get('SELECT value FROM marks WHERE name = ?', LEFT);
  return row ? integer(row, 'value') : 0;
}

function hasPlaces(former: Database): boolean {
  const row = former.get(
    "SELECT count(*) AS count FROM sqlite_schema WHERE type = 'table' AND name IN ('repositories', 'tags')",
  );
  return integer(row ?? {}, 'count') === 2;
}
