import type { Database } from './database.ts';
import { DataError } from './errors.ts';
import { integer, optionalText, type Row, text } from './row.ts';

type JournalStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

/** Whether an operation may still be running. */
const UNFINISHED = "('queued', 'running')";

/** One operation; `subject`, `progress` and `failure` are JSON values the journal does not look into. */
export interface JournalOperation {
  id: string;
  subject: unknown;
  status: JournalStatus;
  started: string;
  ended?: string;
  progress: unknown;
  failure?: unknown;
  dismissed: boolean;
  undoes?: string;
  /** Mark of the process that runs it. */
  owner: string;
}

export interface JournalStep {
  number: number;
  step: unknown;
  begun: boolean;
  done: boolean;
  result?: string;
}

export interface StatusChange {
  status: JournalStatus;
  progress: unknown;
  ended?: string | undefined;
  failure?: unknown;
}

/** What was begun and done, written before and after it happens, so that a crash loses nothing. */
export class Journal {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @returns the instant it is listed under: `wanted`, or the next free millisecond after the newest one */
  create(
    operation: {
      id: string;
      subject: unknown;
      progress: unknown;
      owner: string;
      undoes?: string | undefined;
    },
    steps: readonly unknown[],
    wanted: Date,
  ): string {
    return this.#database.transaction(() => {
      const newest = optionalText(
        this.#database.get('SELECT max(started) AS started FROM operations') ?? {},
        'started',
      );
      const earliest = newest === undefined ? 0 : Date.parse(newest) + 1;
      const started = new Date(Math.max(wanted.getTime(), earliest)).toISOString();
      this.#database.run(
        `INSERT INTO operations (id, subject, status, started, progress, undoes, owner)
         VALUES (?, ?, 'queued', ?, ?, ?, ?)`,
        operation.id,
        JSON.stringify(operation.subject),
        started,
        JSON.stringify(operation.progress),
        operation.undoes ?? null,
        operation.owner,
      );
      for (const [number, step] of steps.entries()) {
        this.#database.run(
          'INSERT INTO steps (operation_id, number, step) VALUES (?, ?, ?)',
          operation.id,
          number,
          JSON.stringify(step),
        );
      }
      return started;
    });
  }

  setStatus(id: string, change: StatusChange): void {
    this.#database.run(
      'UPDATE operations SET status = ?, progress = ?, ended = ?, failure = ? WHERE id = ?',
      change.status,
      JSON.stringify(change.progress),
      change.ended ?? null,
      change.failure === undefined ? null : JSON.stringify(change.failure),
      id,
    );
  }

  /** Queues an operation again that has ended, for this process; false if another one was quicker. */
  takeOver(id: string, owner: string): boolean {
    const changed = this.#database.run(
      `UPDATE operations SET owner = ?, status = 'queued', ended = NULL, failure = NULL
       WHERE id = ? AND status NOT IN ${UNFINISHED}`,
      owner,
      id,
    );
    return changed === 1;
  }

  stepBegun(id: string, number: number, at: Date): void {
    this.#database.run(
      'UPDATE steps SET begun = ? WHERE operation_id = ? AND number = ?',
      at.toISOString(),
      id,
      number,
    );
  }

  stepDone(id: string, number: number, at: Date, result: string): void {
    this.#database.run(
      'UPDATE steps SET done = ?, result = ? WHERE operation_id = ? AND number = ?',
      at.toISOString(),
      result,
      id,
      number,
    );
  }

  steps(id: string): JournalStep[] {
    const rows = this.#database.all(
      'SELECT number, step, begun, done, result FROM steps WHERE operation_id = ? ORDER BY number',
      id,
    );
    return rows.map((row) => {
      const result = optionalText(row, 'result');
      return {
        number: integer(row, 'number'),
        step: json(row, 'step'),
        begun: row.begun !== null,
        done: row.done !== null,
        ...(result === undefined ? {} : { result }),
      };
    });
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

  /** Marks as interrupted what a dead process left; false if it has moved on meanwhile. */
  interrupt(id: string, owner: string, at: Date): boolean {
    const changed = this.#database.run(
      `UPDATE operations SET status = 'interrupted', ended = ? WHERE id = ? AND owner = ? AND status IN ${UNFINISHED}`,
      at.toISOString(),
      id,
      owner,
    );
    return changed === 1;
  }

  /** Newest first. @param before a `started`; only older ones */
  history(limit: number, before?: string): JournalOperation[] {
    return this.#database
      .all('SELECT * FROM operations WHERE started < ? ORDER BY started DESC LIMIT ?', before ?? '~', limit)
      .map(operationOf);
  }

  /** What the tray shows: not dismissed, oldest first; of the finished ones the latest only. */
  tray(limit: number): JournalOperation[] {
    const rows = this.#database.all(
      `SELECT * FROM operations WHERE dismissed = 0 ORDER BY status IN ${UNFINISHED} DESC, started DESC LIMIT ?`,
      limit,
    );
    return rows.map(operationOf).sort((a, b) => (a.started < b.started ? -1 : 1));
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
    ...(row.failure === null ? {} : { failure: json(row, 'failure') }),
    dismissed: integer(row, 'dismissed') === 1,
    ...(undoes === undefined ? {} : { undoes }),
    owner: text(row, 'owner'),
  };
}

function json(row: Row, column: string): unknown {
  try {
    return JSON.parse(text(row, column));
  } catch (error) {
    throw new DataError('storageFailed', `${column} is not JSON`, { cause: error });
  }
}
