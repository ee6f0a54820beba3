interface Shared<T> {
  promise: Promise<T>;
  controller: AbortController;
  waiting: number;
}

/**
 * Lets equal requests in flight share one. It is aborted when no one waits for it any more; one who aborts leaves the others
 * undisturbed.
 */
export class Coalescer<T> {
  readonly #inFlight = new Map<string, Shared<T>>();

  async run(
    key: string,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const shared = this.#inFlight.get(key) ?? this.#start(key, work);
    shared.waiting++;
    let leave: (() => void) | undefined;
    const left = new Promise<never>((_, reject) => {
      leave = () => reject(signal?.reason);
      signal?.addEventListener('abort', leave, { once: true });
    });
    try {
      return await Promise.race([shared.promise, left]);
    } finally {
      if (leave) signal?.removeEventListener('abort', leave);
      shared.waiting--;
      if (shared.waiting === 0 && this.#inFlight.get(key) === shared) {
        this.#inFlight.delete(key);
        shared.controller.abort();
      }
    }
  }

  #start(key: string, work: (signal: AbortSignal) => Promise<T>): Shared<T> {
    const controller = new AbortController();
    const promise = work(controller.signal).finally(() => {
      if (this.#inFlight.get(key) === shared) this.#inFlight.delete(key);
    });
    const shared: Shared<T> = { promise, controller, waiting: 0 };
    // Everybody may have left when it fails.
    promise.catch(() => undefined);
    this.#inFlight.set(key, shared);
    return shared;
  }
}
