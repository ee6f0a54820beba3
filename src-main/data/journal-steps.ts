import { setImmediate as turn } from 'node:timers/promises';
import type { Database } from './database/database.ts';
import { integer, json, optionalText, type Row, text } from './database/row.ts';

export interface JournalStep {
  number: number;
  step: unknown;
  done: boolean;
  result?: string;
  /** JSON value: why it failed, where the operation went on with others; null where that cannot be read. */
  failure?: unknown;
}

/** Which steps of an operation are asked for. */
export type StepState = 'waiting' | 'done' | 'failed';

/** Steps written in one transaction: together they hold up the event loop for some milliseconds. */
const STEPS_AT_ONCE = 2_000;

/** The steps of operations: made from a plan's items, and what became of each. */
export class JournalSteps {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Makes steps of some items of the plan; false when that were the last ones. */
  take(id: string, planId: string): boolean {
    const taken = this.#database.run(
      `INSERT INTO steps (operation_id, number, step)
         SELECT ?2, number, item FROM plan_items WHERE plan_id = ?1 AND acts = 1
           AND number > ifnull((SELECT max(number) FROM steps WHERE operation_id = ?2), -1)
         ORDER BY number LIMIT ?3`,
      planId,
      id,
      STEPS_AT_ONCE,
    );
    return taken === STEPS_AT_ONCE;
  }

  /** Writes those steps of an operation that are in its plan only, where a process died in the middle also. */
  async write(id: string): Promise<void> {
    for (;;) {
      const plan = this.#database.get('SELECT id FROM plans WHERE operation_id = ? AND complete = 1', id);
      if (!plan) return;
      // The disk is waited for a slice at a time: SQLite would wait for all of it when it goes through its log.
      await this.#database.durable();
      await turn();
      this.#database.transaction(() => {
        // What is left of the plan is removed when there is time for it.
        if (!this.take(id, text(plan, 'id')))
          this.#database.run('UPDATE plans SET complete = 0 WHERE id = ?', text(plan, 'id'));
      });
    }
  }

  /** Those not done of a stretch of steps are worked on: earlier failures count no more. */
  begun(id: string, first: number, last: number, at: Date): void {
    this.#database.transaction(() => {
      this.#database.run(
        'UPDATE steps SET begun = ? WHERE operation_id = ? AND number BETWEEN ? AND ? AND done IS NULL',
        at.toISOString(),
        id,
        first,
        last,
      );
      this.#database.run(
        `UPDATE steps SET state = 'waiting', failure = NULL
         WHERE operation_id = ? AND state = 'failed' AND number BETWEEN ? AND ?`,
        id,
        first,
        last,
      );
    });
  }

  done(id: string, number: number, at: Date, result: string): void {
    this.#database.run(
      `UPDATE steps SET state = 'done', done = ?, result = ?, failure = NULL
       WHERE operation_id = ? AND number = ?`,
      at.toISOString(),
      result,
      id,
      number,
    );
  }

  failed(id: string, number: number, failure: unknown): void {
    this.#database.run(
      `UPDATE steps SET state = iif(done IS NULL, 'failed', state), failure = ?
       WHERE operation_id = ? AND number = ?`,
      JSON.stringify(failure),
      id,
      number,
    );
  }

  /** What the next try of a step that is not done has to know of this one. */
  noted(id: string, number: number, result: string): void {
    this.#database.run(
      'UPDATE steps SET result = ? WHERE operation_id = ? AND number = ?',
      result,
      id,
      number,
    );
  }

  /** Some of the steps that are not done, in order. @param after the number of the last one read */
  open(id: string, after: number, limit: number): JournalStep[] {
    return this.#after('AND done IS NULL', id, after, limit);
  }

  /** Some of the steps, whatever became of them, in order. @param after the number of the last one read */
  all(id: string, after: number, limit: number): JournalStep[] {
    return this.#after('', id, after, limit);
  }

  #after(and: string, id: string, after: number, limit: number): JournalStep[] {
    return this.#database
      .all(
        `SELECT * FROM steps WHERE operation_id = ? AND number > ? ${and} ORDER BY number LIMIT ?`,
        id,
        after,
        limit,
      )
      .map(stepOf);
  }

  /** Some of the steps by their place in the list, in order. */
  page(
    id: string,
    { state, offset, limit }: { state?: StepState | undefined; offset: number; limit: number },
  ): JournalStep[] {
    // Which they are is found in the index alone.
    const which =
      state === undefined
        ? 'steps WHERE operation_id = ?1'
        : 'steps INDEXED BY steps_state WHERE operation_id = ?1 AND state = ?4';
    return this.#database
      .all(
        `SELECT * FROM steps WHERE operation_id = ?1 AND number IN
           (SELECT number FROM ${which} ORDER BY number LIMIT ?2 OFFSET ?3)
         ORDER BY number`,
        id,
        limit,
        offset,
        ...(state === undefined ? [] : [state]),
      )
      .map(stepOf);
  }

  /** How many steps there are of each state. */
  counts(id: string): Record<StepState, number> {
    const counts: Record<StepState, number> = { waiting: 0, done: 0, failed: 0 };
    const rows = this.#database.all(
      'SELECT state, count(*) AS count FROM steps WHERE operation_id = ? GROUP BY state',
      id,
    );
    // The table's CHECK allows nothing else.
    for (const row of rows) counts[text(row, 'state') as StepState] = integer(row, 'count');
    return counts;
  }
}

function stepOf(row: Row): JournalStep {
  const result = optionalText(row, 'result');
  return {
    number: integer(row, 'number'),
    step: json(row, 'step'),
    done: row.done !== null,
    ...(result === undefined ? {} : { result }),
    ...(row.failure === null ? {} : { failure: json(row, 'failure') ?? null }),
  };
}
