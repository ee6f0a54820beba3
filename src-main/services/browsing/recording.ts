import { accountOf } from '../../common/place.ts';
import type { RegistryHandle } from '../types.ts';

/** Pages that wait to be written: 50,000 names at most. */
const WRITES_AHEAD = 10;

/** Writes down what a listing yields, behind it: whoever lists waits for it only where a long list comes faster than it is written. */
export class Recording {
  readonly #writing = new Set<Promise<void>>();

  /** What belongs to no account is not written down. */
  async next(registry: RegistryHandle, write: (accountId: string) => Promise<void>): Promise<void> {
    const account = accountOf(registry.place);
    if (account === undefined) return;
    if (this.#writing.size >= WRITES_AHEAD) await Promise.race(this.#writing);
    const writing = write(account).finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  async ended(): Promise<void> {
    await Promise.all(this.#writing);
  }
}
