import { setImmediate as turn } from 'node:timers/promises';
import type { Database } from './database/database.ts';
import { integer, json, optionalText, type Row, text } from './database/row.ts';

/** Items written or removed in one transaction: together they hold up the event loop for some milliseconds. */
const ITEMS_AT_ONCE = 1_000;

/** What an operation would do; `subject`, `summary` and `basis` are JSON values that are not looked into. */
export interface PlanRow {
  id: string;
  kind: string;
  subject: unknown;
  summary: unknown;
  basis?: unknown;
  needsConsent: boolean;
  /** The operation it takes back. */
  undoes?: string;
  made: string;
  /** Number of items by state. */
  counts: Readonly<Record<string, number>>;
  /** Items that become steps. */
  acting: number;
}

/** One line of a plan; `item` is a JSON value, and the step that it becomes where it `acts`. */
export interface NewPlanItem {
  item: unknown;
  state: string;
  acts: boolean;
}

/** Plans of every kind between being shown and being confirmed. */
export class Plans {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Adds a plan with its items, numbered in their order. It can be read when all of it is written.
   *
   * @param states counted also where there is none
   */
  async add(
    plan: Omit<PlanRow, 'counts' | 'acting'>,
    items: Iterable<NewPlanItem>,
    states: readonly string[],
  ): Promise<Pick<PlanRow, 'counts' | 'acting'>> {
    const database = this.#database;
    const counts: Record<string, number> = Object.fromEntries(states.map((state) => [state, 0]));
    let acting = 0;
    let number = 0;
    const source = items[Symbol.iterator]();
    const writeSome = (): boolean => {
      for (let count = 0; count < ITEMS_AT_ONCE; count++) {
        const next = source.next();
        if (next.done) return false;
        const { item, state, acts } = next.value;
        database.run(
          'INSERT INTO plan_items (plan_id, number, item, state, acts) VALUES (?, ?, ?, ?, ?)',
          plan.id,
          number++,
          JSON.stringify(item),
          state,
          acts ? 1 : 0,
        );
        counts[state] = (counts[state] ?? 0) + 1;
        if (acts) acting++;
      }
      return true;
    };
    const finish = () =>
      database.run(
        'UPDATE plans SET complete = 1, counts = ?, acting = ? WHERE id = ?',
        JSON.stringify(counts),
        acting,
        plan.id,
      );
    let more = database.transaction(() => {
      database.run(
        `INSERT INTO plans (id, kind, subject, summary, basis, needs_consent, undoes, made)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        plan.id,
        plan.kind,
        JSON.stringify(plan.subject),
        JSON.stringify(plan.summary),
        plan.basis === undefined ? null : JSON.stringify(plan.basis),
        plan.needsConsent ? 1 : 0,
        plan.undoes ?? null,
        plan.made,
      );
      const left = writeSome();
      if (!left) finish();
      return left;
    });
    while (more) {
      await turn();
      more = database.transaction(() => {
        const left = writeSome();
        if (!left) finish();
        return left;
      });
    }
    return { counts, acting };
  }

  /** One that was not started. */
  get(id: string): PlanRow | undefined {
    const row = this.#database.get(
      'SELECT * FROM plans WHERE id = ? AND complete = 1 AND operation_id IS NULL',
      id,
    );
    return row && planOf(row);
  }

  /** Some of the items in order, with the number of each. */
  items(
    id: string,
    { state, offset, limit }: { state?: string | undefined; offset: number; limit: number },
  ): { number: number; item: unknown; state: string }[] {
    const [where, values] =
      state === undefined ? ['plan_id = ?', [id]] : ['plan_id = ? AND state = ?', [id, state]];
    return this.#database
      .all(
        `SELECT number, item, state FROM plan_items WHERE ${where} ORDER BY number LIMIT ? OFFSET ?`,
        ...values,
        limit,
        offset,
      )
      .map((row) => ({ number: integer(row, 'number'), item: json(row, 'item'), state: text(row, 'state') }));
  }

  /** Those that were made up to an instant and not started, and what is left of those whose steps are written. */
  stale(upTo: string): string[] {
    return this.#database
      .all(
        `SELECT id FROM plans WHERE operation_id IS NULL AND made <= ?
           OR operation_id IS NOT NULL AND complete = 0`,
        upTo,
      )
      .map((row) => text(row, 'id'));
  }

  async remove(id: string): Promise<void> {
    for (;;) {
      const removed = this.#database.run(
        `DELETE FROM plan_items WHERE plan_id = ?1
           AND number < ?2 + (SELECT min(number) FROM plan_items WHERE plan_id = ?1)`,
        id,
        ITEMS_AT_ONCE,
      );
      if (removed === 0) break;
      await turn();
    }
    this.#database.run('DELETE FROM plans WHERE id = ?', id);
  }
}

function planOf(row: Row): PlanRow {
  const undoes = optionalText(row, 'undoes');
  return {
    id: text(row, 'id'),
    kind: text(row, 'kind'),
    subject: json(row, 'subject'),
    summary: json(row, 'summary'),
    ...(row.basis === null ? {} : { basis: json(row, 'basis') }),
    needsConsent: integer(row, 'needs_consent') === 1,
    ...(undoes === undefined ? {} : { undoes }),
    made: text(row, 'made'),
    // Written above.
    counts: json(row, 'counts') as Record<string, number>,
    acting: integer(row, 'acting'),
  };
}
