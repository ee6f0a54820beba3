import type { Database } from '../database/database.ts';
import { integer, type Row } from '../database/row.ts';
import { Days } from './days.ts';
import type { Holdings } from './holdings.ts';

/** Contents counted in one transaction: some milliseconds. */
const CONTENTS_AT_ONCE = 250;
/** Manifests looked at in one transaction. */
const MANIFESTS_AT_ONCE = 100;

/** What a manifest is to a repository: see the schema. */
const NOT_NEEDED = 0;
const UNREAD = 1;
const COUNTED = 2;
const MISSING = 3;

/**
 * Works out what repositories hold, from the manifests that changed: `pending`. A manifest is needed where a tag is on it, a needed index
 * that was read lists it, or what it is attached to is needed and it was seen there. What becomes of it is looked up from what is known, never from an
 * earlier result, so that the order of changes does not matter and loops (a referrer that lists its subject) hold nothing.
 */
export class Settling {
  readonly #database: Database;
  readonly #holdings: Holdings;
  readonly #days: Days;

  constructor(database: Database, holdings: Holdings) {
    this.#database = database;
    this.#holdings = holdings;
    this.#days = new Days(database);
  }

  /** All that is pending, or that of one repository. */
  *settle(repository?: number): Generator<void, void, void> {
    while (this.#some(repository)) yield;
  }

  /** @returns false where nothing is left */
  #some(repository: number | undefined): boolean {
    if (!this.#database.get('SELECT 1 FROM pending LIMIT 1')) return false;
    try {
      return this.#database.transaction(() => {
        const rows =
          repository === undefined
            ? this.#database.all('SELECT * FROM pending LIMIT ?', MANIFESTS_AT_ONCE)
            : this.#database.all(
                'SELECT * FROM pending WHERE repository_id = ? LIMIT ?',
                repository,
                MANIFESTS_AT_ONCE,
              );
        let contents = 0;
        for (const row of rows) {
          contents += this.#settle(integer(row, 'repository_id'), integer(row, 'manifest_id'));
          if (contents >= CONTENTS_AT_ONCE) break;
        }
        this.#holdings.write();
        if (rows.length > 0)
          this.#database.run(
            "INSERT INTO marks VALUES ('settled', 1) ON CONFLICT DO UPDATE SET value = value + 1",
          );
        return rows.length > 0;
      });
    } catch (error) {
      this.#holdings.forget();
      throw error;
    }
  }

  /** @returns contents that were counted */
  #settle(repository: number, manifest: number): number {
    this.#database.run(
      'DELETE FROM pending WHERE repository_id = ? AND manifest_id = ?',
      repository,
      manifest,
    );
    const row = this.#database.get(
      'SELECT held, missing, status FROM repository_manifests WHERE repository_id = ? AND manifest_id = ?',
      repository,
      manifest,
    );
    const had = row ? integer(row, 'status') : NOT_NEEDED;
    const status = this.#statusOf(repository, manifest, row);
    if (status === had) return 0;
    this.#database.run(
      `INSERT INTO repository_manifests (repository_id, manifest_id, status) VALUES (?1, ?2, ?3)
       ON CONFLICT DO UPDATE SET status = ?3`,
      repository,
      manifest,
      status,
    );
    if (status === NOT_NEEDED && row?.held === null && row.missing === 0)
      this.#database.run(
        'DELETE FROM repository_manifests WHERE repository_id = ? AND manifest_id = ?',
        repository,
        manifest,
      );
    this.#database.run(
      'UPDATE repositories SET manifests = manifests + ?, unread = unread + ? WHERE id = ?',
      Number(isThere(status)) - Number(isThere(had)),
      Number(status === UNREAD) - Number(had === UNREAD),
      repository,
    );
    this.#database.run(
      `INSERT OR IGNORE INTO pending SELECT ?1, child_id FROM manifest_children WHERE manifest_id = ?2
       UNION SELECT ?1, id FROM manifests WHERE subject_id = ?2`,
      repository,
      manifest,
    );
    this.#days.later(repository);
    if (status === COUNTED) return this.#each(manifest, (content) => this.#holdings.add(repository, content));
    if (had === COUNTED) return this.#each(manifest, (content) => this.#holdings.remove(repository, content));
    return 0;
  }

  #each(manifest: number, work: (content: number) => void): number {
    const rows = this.#database.all(
      'SELECT ?1 AS id UNION SELECT blob_id FROM manifest_blobs WHERE manifest_id = ?1',
      manifest,
    );
    for (const row of rows) work(integer(row, 'id'));
    return rows.length;
  }

  #statusOf(repository: number, manifest: number, row: Row | undefined): number {
    if (!this.#isNeeded(repository, manifest)) return NOT_NEEDED;
    if (row && integer(row, 'missing') === 1) return MISSING;
    const facts = this.#database.get('SELECT read FROM manifests WHERE id = ?', manifest);
    return facts && integer(facts, 'read') === 1 ? COUNTED : UNREAD;
  }

  /** Looks for a tag upwards. */
  #isNeeded(repository: number, manifest: number): boolean {
    const looked = new Set([manifest]);
    for (const id of looked) {
      if (
        this.#database.get(
          'SELECT 1 FROM tags WHERE manifest_id = ? AND repository_id = ? LIMIT 1',
          id,
          repository,
        )
      )
        return true;
      for (const row of this.#database.all(
        `SELECT parent.manifest_id AS id FROM manifest_children AS child CROSS JOIN repository_manifests AS parent
           ON parent.manifest_id = child.manifest_id AND parent.repository_id = ?1
           WHERE child.child_id = ?2 AND parent.status = ${COUNTED}
         UNION ALL SELECT subject_id FROM manifests
           CROSS JOIN repository_manifests AS own ON own.manifest_id = ?2 AND own.repository_id = ?1
           CROSS JOIN repository_manifests AS subject ON subject.manifest_id = subject_id AND subject.repository_id = ?1
           WHERE manifests.id = ?2 AND own.held IS NOT NULL AND own.missing = 0 AND subject.status IN (${UNREAD}, ${COUNTED})`,
        repository,
        id,
      ))
        looked.add(integer(row, 'id'));
    }
    return false;
  }
}

function isThere(status: number): boolean {
  return status === UNREAD || status === COUNTED;
}
