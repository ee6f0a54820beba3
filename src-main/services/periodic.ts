/** Milliseconds between two looks at what is due, and until the first: a window has been shown by then. */
const LOOK_EVERY = 60_000;
const HOUR = 3_600_000;
/** Hours after which what failed, or a process that ended left, is tried again, unless it is due sooner. */
const AGAIN_AFTER = 1;

/** Looks every minute at what is due, one look at a time, in hosts that stay open. */
export class Periodic {
  readonly #work: (signal: AbortSignal) => Promise<void>;
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  /** @param work does what is due, one after the other */
  constructor(work: (signal: AbortSignal) => Promise<void>) {
    this.#work = work;
  }

  start(): void {
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY).unref();
  }

  /** A look that is under way is stopped and waited for. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#stop.abort();
    await this.#looking;
  }

  look(): Promise<void> {
    this.#looking ??= this.#work(this.#stop.signal).finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }
}

/** What is run by itself, and how its last run is. */
interface Scheduled {
  hours: number;
  last: { at: string; outcome: string } | undefined;
  /** The first run is due so long after this. */
  since: string;
}

/** Whether the last run is that old. */
export function isRunDue({ hours, last, since }: Scheduled, now: number): boolean {
  const unfinished = last?.outcome === 'failed' || last?.outcome === 'running';
  const wait = unfinished ? Math.min(hours, AGAIN_AFTER) : hours;
  return now - Date.parse(last?.at ?? since) >= wait * HOUR;
}
