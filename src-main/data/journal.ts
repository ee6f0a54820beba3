import type { Database } from './database/database.ts';
import { integer, optionalText, type Row, text } from './database/row.ts';

type JournalStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

/** How an operation is stopped by whoever asks for it; `paused`: to go on with it later. */
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
  /** JSON value: why it failed, where the operation went on with others; null where that cannot be read. */
  failure?: unknown;
}

/** Which steps of an operation are asked for. */
export type StepState = 'waiting' | 'done' | 'failed';

const STEP_STATES: Readonly<Record<StepState, string>> = {
  waiting: 'done IS NULL AND failure IS NULL',
  done: 'done IS NOT NULL',
  failed: 'done IS NULL AND failure IS NOT NULL',
};

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
      `UPDATE operations SET owner = ?, status = 'queued', paused = 0, stop = NULL, ended = NULL, failure = NULL
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

  /** All that are not done: they are worked on together, and earlier failures count no more. */
  stepsBegun(id: string, at: Date): void {
    this.#database.run(
      'UPDATE steps SET begun = ?, failure = NULL WHERE operation_id = ? AND done IS NULL',
      at.toISOString(),
      id,
    );
  }

  stepDone(id: string, number: number, at: Date, result: string): void {
    this.#database.run(
      'UPDATE steps SET done = ?, result = ?, failure = NULL WHERE operation_id = ? AND number = ?',
      at.toISOString(),
      result,
      id,
      number,
    );
  }

  stepFailed(id: string, number: number, failure: unknown): void {
    this.#database.run(
      'UPDATE steps SET failure = ? WHERE operation_id = ? AND number = ?',
      JSON.stringify(failure),
      id,
      number,
    );
  }

  /** From here on the step may have changed something, whatever was found out about an earlier try. */
  stepTouches(id: string, number: number): void {
    this.#database.run(
      "UPDATE steps SET result = 'touched' WHERE operation_id = ? AND number = ?",
      id,
      number,
    );
  }

  /** Looking has shown that the step changed nothing. */
  stepUntouched(id: string, number: number): void {
    this.#database.run(
      "UPDATE steps SET result = 'untouched' WHERE operation_id = ? AND number = ?",
      id,
      number,
    );
  }

  /** Whether a step may have changed something. Steps that found nothing to delete count where an older version ran them. */
  mayHaveChanged(id: string): boolean {
    const row = this.#database.get(
      `SELECT 1 FROM steps WHERE operation_id = ? AND result IN ('touched', 'deleted', 'gone') LIMIT 1`,
      id,
    );
    return row !== undefined;
  }

  steps(id: string): JournalStep[] {
    return this.#database.all('SELECT * FROM steps WHERE operation_id = ? ORDER BY number', id).map(stepOf);
  }

  /** Some of the steps, in order, with the number of all that are in that state. */
  stepPage(
    id: string,
    { state, offset, limit }: { state?: StepState | undefined; offset: number; limit: number },
  ): { steps: JournalStep[]; total: number } {
    const where = `operation_id = ? AND ${state === undefined ? 'true' : STEP_STATES[state]}`;
    const counted = this.#database.get(`SELECT count(*) AS total FROM steps WHERE ${where}`, id) ?? {};
    const rows = this.#database.all(
      `SELECT * FROM steps WHERE ${where} ORDER BY number LIMIT ? OFFSET ?`,
      id,
      limit,
      offset,
    );
    return { steps: rows.map(stepOf), total: integer(counted, 'total') };
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

  /** Cancels what stands still, so that nobody goes on with it by himself; false if it does not. */
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

function stepOf(row: Row): JournalStep {
  const result = optionalText(row, 'result');
  return {
    number: integer(row, 'number'),
    step: json(row, 'step'),
    begun: row.begun !== null,
    done: row.done !== null,
    ...(result === undefined ? {} : { result }),
    ...(row.failure === null ? {} : { failure: json(row, 'failure') ?? null }),
  };
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
    ...(undoes === undefined ? {} : { undoes }),
    owner: text(row, 'owner'),
  };
}

/** A row that a crash or another program spoiled costs itself only: whoever reads it says so. */
function json(row: Row, column: string): unknown {
  try {
    return JSON.parse(text(row, column));
  } catch {
    return undefined;
  }
}
