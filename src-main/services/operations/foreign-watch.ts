import { DataError, type JournalOperation } from '../../data/index.ts';

/** How often another process's operations are looked at while somebody watches. */
const LOOK_EVERY = 1_000;

interface Looks {
  /** Called before each look. */
  recover(): Promise<void>;
  /** Rows of other processes. */
  rows(): JournalOperation[];
  /** Called with each row that is not as it was. */
  changed(row: JournalOperation): void;
}

/** Sees what other processes on the same home do with operations. */
export class ForeignWatch {
  readonly #looks: Looks;
  /** As they were reported last, as JSON. */
  readonly #known = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(looks: Looks) {
    this.#looks = looks;
  }

  /** Keeps this process: who watches may wait for another one and for nothing else. */
  start(): void {
    this.stop();
    for (const row of this.#looks.rows()) this.#known.set(row.id, JSON.stringify(row));
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#known.clear();
  }

  async #look(): Promise<void> {
    try {
      await this.#looks.recover();
      for (const row of this.#looks.rows()) {
        const text = JSON.stringify(row);
        if (this.#known.get(row.id) === text) continue;
        this.#known.set(row.id, text);
        this.#looks.changed(row);
      }
    } catch (error) {
      // A disk in trouble is reported by what the user does; looking is tried again.
      if (!(error instanceof DataError)) throw error;
    }
  }
}
