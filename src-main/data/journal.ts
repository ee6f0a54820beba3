import type { Database } from './database/database.ts';
import { integer, json, optionalText, type Row, text } from './database/row.ts';
import { JournalSteps } from './journal-steps.ts';

type JournalStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

/** How an operation is stopped on request; `paused`: to go on with it later. */
type StopAs = 'paused' | 'cancelled';

/** Whether an operation may still be running. */
const UNFINISHED = "('queued', 'running')";

/** One operation; `subject`, `progress` and `failure` are JSON values the journal does not look into, undefined where they are none. */
export interface JournalOperation {
  id: string;
  subject: unknown;
  status: JournalStatus;
  started: string;
  ended?: string;
  progress: unknown;
  failure?: unknown;
  /** Interrupted by a user who means to go on. */
  paused: boolean;
  dismissed: boolean;
  /** The registry's garbage collection took what it could be taken back to. */
  collected: boolean;
  /** What it takes away is kept as a whole, blobs too. */
  keepsContent: boolean;
  undoes?: string;
  /** Mark of the process that runs it. */
  owner: string;
}

export interface StatusChange {
  status: JournalStatus;
  progress: unknown;
  ended?: string | undefined;
  failure?: unknown;
  paused?: boolean;
}

/** What was begun and done, written before and after it happens, so that a crash loses nothing. */
export class Journal {
  readonly #database: Database;
  readonly steps: JournalSteps;

  constructor(database: Database) {
    this.#database = database;
    this.steps = new JournalSteps(database);
  }

  /** All of the work is written or nothing of it: what happens to an operation and what the record says of it. */
  together<T>(work: () => T): T {
    return this.#database.transaction(work);
  }

  /**
   * Resolves when all that was written, here and into trash and record, outlives a power cut. Waited for before a registry is changed, so
   * that no change is ever made of which nothing is known.
   *
   * @throws DataError `storageFailed`, `diskFull`
   */
  durable(): Promise<void> {
    return this.#database.durable();
  }

  /**
   * Adds an operation that a plan becomes, with its first steps; `steps.write` adds the others. Of a short plan that is all, and the plan
   * goes with it.
   *
   * @returns the instant it is listed under: `wanted`, or the next free millisecond after the newest one; undefined where the plan
   * is gone or became an operation already
   */
  create(
    operation: {
      id: string;
      planId: string;
      subject: unknown;
      progress: unknown;
      owner: string;
      undoes?: string | undefined;
      keepsContent?: boolean;
    },
    wanted: Date,
  ): string | undefined {
    return this.#database.transaction(() => {
      const free = this.#database.get(
        'SELECT 1 FROM plans WHERE id = ? AND complete = 1 AND operation_id IS NULL',
        operation.planId,
      );
      if (!free) return undefined;
      const newest = optionalText(
        this.#database.get('SELECT max(started) AS started FROM operations') ?? {},
        'started',
      );
      const earliest = newest === undefined ? 0 : Date.parse(newest) + 1;
      const started = new Date(Math.max(wanted.getTime(), earliest)).toISOString();
      this.#database.run(
        `INSERT INTO operations (id, subject, status, started, progress, undoes, owner, keeps_content)
         VALUES (?, ?, 'queued', ?, ?, ?, ?, ?)`,
        operation.id,
        JSON.stringify(operation.subject),
        started,
        JSON.stringify(operation.progress),
        operation.undoes ?? null,
        operation.owner,
        operation.keepsContent ? 1 : 0,
      );
      this.#database.run('UPDATE plans SET operation_id = ? WHERE id = ?', operation.id, operation.planId);
      if (!this.steps.take(operation.id, operation.planId))
        this.#database.run('DELETE FROM plans WHERE id = ?', operation.planId);
      return started;
    });
  }

  setStatus(id: string, change: StatusChange): void {
    this.#database.run(
      'UPDATE operations SET status = ?, paused = ?, progress = ?, ended = ?, failure = ? WHERE id = ?',
      change.status,
      change.paused ? 1 : 0,
      JSON.stringify(change.progress),
      change.ended ?? null,
      change.failure === undefined ? null : JSON.stringify(change.failure),
      id,
    );
  }

  /** Queues an operation again that has ended, for this process; false if another one was quicker. */
  takeOver(id: string, owner: string): boolean {
    const changed = this.#database.run(
      `UPDATE operations SET owner = ?, status = 'queued', paused = 0, dismissed = 0, stop = NULL, ended = NULL, failure = NULL
       WHERE id = ? AND status NOT IN ${UNFINISHED}`,
      owner,
      id,
    );
    return changed === 1;
  }

  get(id: string): JournalOperation | undefined {
    const row = this.#database.get('SELECT * FROM operations WHERE id = ?', id);
    return row && operationOf(row);
  }

  /** Those that were running when last written; their owner may have died. */
  unfinished(): JournalOperation[] {
    return this.#database
      .all(`SELECT * FROM operations WHERE status IN ${UNFINISHED} ORDER BY started`)
      .map(operationOf);
  }

  /**
   * Marks as interrupted what a dead process left, or as what it was asked to become; false if it has moved on meanwhile.
   */
  interrupt(id: string, owner: string, at: Date): boolean {
    const changed = this.#database.run(
      `UPDATE operations SET status = iif(stop = 'cancelled', stop, 'interrupted'), paused = ifnull(stop = 'paused', 0),
       ended = ? WHERE id = ? AND owner = ? AND status IN ${UNFINISHED}`,
      at.toISOString(),
      id,
      owner,
    );
    return changed === 1;
  }

  /** Asks the process that runs an operation to stop it; false if none runs it. */
  askToStop(id: string, stop: StopAs): boolean {
    const changed = this.#database.run(
      `UPDATE operations SET stop = ? WHERE id = ? AND status IN ${UNFINISHED}`,
      stop,
      id,
    );
    return changed === 1;
  }

  /** What this process was asked to stop. */
  stopsAsked(owner: string): { id: string; stop: StopAs }[] {
    const rows = this.#database.all(
      `SELECT id, stop FROM operations WHERE owner = ? AND stop IS NOT NULL AND status IN ${UNFINISHED}`,
      owner,
    );
    // The table's CHECK allows nothing else.
    return rows.map((row) => ({ id: text(row, 'id'), stop: text(row, 'stop') as StopAs }));
  }

  /** Cancels what has stopped, so that it does not go on by itself; false if it had not. */
  giveUp(id: string): boolean {
    const changed = this.#database.run(
      "UPDATE operations SET status = 'cancelled', paused = 0 WHERE id = ? AND status = 'interrupted'",
      id,
    );
    return changed === 1;
  }

  /** Newest first. @param before a `started`; only older ones. @param kinds of their subjects; only these */
  history(limit: number, before?: string, kinds?: readonly string[]): JournalOperation[] {
    return this.#database
      .all(
        `SELECT * FROM operations WHERE started < ?
           AND (? IS NULL OR iif(json_valid(subject), json_extract(subject, '$.kind'), NULL)
                IN (SELECT value FROM json_each(?)))
         ORDER BY started DESC LIMIT ?`,
        before ?? '~',
        kinds ? JSON.stringify(kinds) : null,
        kinds ? JSON.stringify(kinds) : null,
        limit,
      )
      .map(operationOf);
  }

  /**
   * What the status bar shows, oldest first and not what was dismissed: what may be running before what stopped or failed, and that
   * before the latest of the others, by which a window that lost sight of one learns how it ended.
   */
  current(limit: number): JournalOperation[] {
    const rows: JournalOperation[] = [];
    // One after the other, so that each is read from its index and no further than asked.
    for (const status of ['running', 'queued', 'interrupted', 'failed', 'done', 'cancelled']) {
      const sql = 'SELECT * FROM operations WHERE status = ? AND dismissed = 0 ORDER BY started DESC LIMIT ?';
      rows.push(...this.#database.all(sql, status, limit - rows.length).map(operationOf));
    }
    return rows.sort((a, b) => (a.started < b.started ? -1 : 1));
  }

  setCollected(id: string, collected: boolean): void {
    this.#database.run('UPDATE operations SET collected = ? WHERE id = ?', collected ? 1 : 0, id);
  }

  dismiss(id: string): void {
    this.#database.run('UPDATE operations SET dismissed = 1 WHERE id = ?', id);
  }

  /** The operations that take this one back. */
  undoneBy(id: string): JournalOperation[] {
    return this.#database.all('SELECT * FROM operations WHERE undoes = ?', id).map(operationOf);
  }
}

function operationOf(row: Row): JournalOperation {
  const ended = optionalText(row, 'ended');
  const undoes = optionalText(row, 'undoes');
  return {
    id: text(row, 'id'),
    subject: json(row, 'subject'),
    // The table's CHECK allows nothing else.
    status: text(row, 'status') as JournalStatus,
    started: text(row, 'started'),
    ...(ended === undefined ? {} : { ended }),
    progress: json(row, 'progress'),
    ...(row.failure === null ? {} : { failure: json(row, 'failure') ?? null }),
    paused: integer(row, 'paused') === 1,
    dismissed: integer(row, 'dismissed') === 1,
    collected: integer(row, 'collected') === 1,
    keepsContent: integer(row, 'keeps_content') === 1,
    ...(undoes === undefined ? {} : { undoes }),
    owner: text(row, 'owner'),
  };
}
