import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { storageError } from '../errors.ts';
import type { LogSync } from './log-sync.ts';
import type { Row } from './row.ts';

type Value = string | number | null | Uint8Array;

/** SQLite in WAL mode with typed failures; statements are prepared once. Several processes may have it open. */
export class Database {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  readonly #log: LogSync | undefined;

  /** @param log of a database whose content must outlive a power cut */
  constructor(connection: DatabaseSync, log?: LogSync) {
    this.#connection = connection;
    this.#log = log;
  }

  run(sql: string, ...values: Value[]): number {
    this.#log?.soon();
    return this.#guard(() => Number(this.#statement(sql).run(...values).changes));
  }

  /**
   * Resolves when all that was committed before, by whatever connection, outlives a power cut.
   *
   * @throws DataError `storageFailed`, `diskFull`
   */
  async durable(): Promise<void> {
    await this.#log?.now();
  }

  get(sql: string, ...values: Value[]): Row | undefined {
    return this.#guard(() => this.#statement(sql).get(...values));
  }

  all(sql: string, ...values: Value[]): readonly Row[] {
    return this.#guard(() => this.#statement(sql).all(...values));
  }

  /** Several statements without values. */
  script(sql: string): void {
    this.#guard(() => this.#connection.exec(sql));
  }

  /** All of the work or nothing of it; while it runs no other process writes. Inside another transaction it joins that. */
  transaction<T>(work: () => T): T {
    if (this.#guard(() => this.#connection.isTransaction)) return work();
    this.script('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.script('COMMIT');
      return result;
    } catch (error) {
      if (this.#connection.isTransaction) this.script('ROLLBACK');
      throw error;
    }
  }

  /** Work that sees the database as it is now, whatever other connections write meanwhile; it writes nothing. */
  reading<T>(work: () => T): T {
    this.script('BEGIN');
    try {
      return work();
    } finally {
      this.script('COMMIT');
    }
  }

  close(): void {
    this.#statements.clear();
    this.#log?.close();
    if (this.#connection.isOpen) this.#connection.close();
  }

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#connection.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw storageError(error);
    }
  }
}
