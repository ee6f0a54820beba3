import { RegistryError } from '../errors.ts';

/**
 * So many requests of one piece of work at once, however many parts of it ask: what a person asks for meanwhile waits behind these few
 * and not behind all the rest.
 */
export class Lanes {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  constructor(count: number) {
    this.#free = Math.max(1, count);
  }

  /**
   * @param next before all that waits: it ends something that was begun
   * @throws {RegistryError} `cancelled` before it is begun, or what the work throws
   */
  async run<T>(signal: AbortSignal, work: () => Promise<T>, next = false): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting[next ? 'unshift' : 'push'](resolve));
    try {
      if (signal.aborted) throw new RegistryError('cancelled', '', { cause: signal.reason });
      return await work();
    } finally {
      const first = this.#waiting.shift();
      if (first) first();
      else this.#free += 1;
    }
  }
}
