interface Subscriber<Snapshot> {
  /** The latest snapshot of each not yet taken: a slow reader skips snapshots and holds up nothing. */
  pending: Map<string, Snapshot>;
  wake: () => void;
}

/** Gives every change of an operation or a scan to everybody who watches. */
export class Feed<Snapshot extends { readonly id: string }> {
  readonly #subscribers = new Set<Subscriber<Snapshot>>();
  /** Called when the first one begins to watch and when the last one has left. */
  readonly #watched: (watched: boolean) => void;
  #closed = false;

  constructor(watched: (watched: boolean) => void) {
    this.#watched = watched;
  }

  publish(snapshot: Snapshot): void {
    for (const subscriber of this.#subscribers) {
      subscriber.pending.set(snapshot.id, snapshot);
      subscriber.wake();
    }
  }

  /** What `initial` answers, then every change after that. Ends with the signal or when the feed is closed. */
  async *subscribe(
    initial: () => readonly Snapshot[] | Promise<readonly Snapshot[]>,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Snapshot, void, void> {
    const subscriber: Subscriber<Snapshot> = { pending: new Map(), wake: () => undefined };
    const wake = () => subscriber.wake();
    this.#subscribers.add(subscriber);
    if (this.#subscribers.size === 1) this.#watched(true);
    signal?.addEventListener('abort', wake);
    try {
      yield* await initial();
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
