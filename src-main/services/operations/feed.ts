interface Subscriber {
  /** The latest snapshot of each operation not yet taken: a slow reader skips snapshots and holds up nothing. */
  pending: Map<string, Operation>;
  wake: () => void;
}

/** Gives every change of an operation to everybody who watches. */
import type { Operation } from '../../common/operation.ts';
export class Feed {
  readonly #subscribers = new Set<Subscriber>();
  /** Called when the first one begins to watch and when the last one has left. */
  readonly #watched: (watched: boolean) => void;
  #closed = false;

  constructor(watched: (watched: boolean) => void) {
    this.#watched = watched;
  }

  publish(operation: Operation): void {
    for (const subscriber of this.#subscribers) {
      subscriber.pending.set(operation.id, operation);
      subscriber.wake();
    }
  }

  /** What `initial` answers, then every change after that. Ends with the signal or when the feed is closed. */
  async *subscribe(
    initial: () => readonly Operation[],
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Operation, void, void> {
    const subscriber: Subscriber = { pending: new Map(), wake: () => undefined };
    const wake = () => subscriber.wake();
    this.#subscribers.add(subscriber);
    if (this.#subscribers.size === 1) this.#watched(true);
    signal?.addEventListener('abort', wake);
    try {
      yield* initial();
      while (!this.#closed && !signal?.aborted) {
        if (subscriber.pending.size === 0) {
          await new Promise<void>((resolve) => {
            subscriber.wake = resolve;
            if (signal?.aborted || this.#closed) resolve();
          });
          continue;
        }
        const snapshots = [...subscriber.pending.values()];
        subscriber.pending.clear();
        yield* snapshots;
      }
    } finally {
      signal?.removeEventListener('abort', wake);
      this.#subscribers.delete(subscriber);
      if (this.#subscribers.size === 0) this.#watched(false);
    }
  }

  close(): void {
    this.#closed = true;
    for (const subscriber of this.#subscribers) subscriber.wake();
  }
}
