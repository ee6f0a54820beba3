import type { Failure } from '../common/failure.ts';
import { failureOf } from './failure.ts';

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

/** What is kept by name and may be run by itself, with how its last run is. */
interface Kept {
  schedule?: { hours: number };
  lastRun?: { at: string; outcome: string };
}

type Run<Ended> = { at: string } & (Ended | { outcome: 'running' } | { outcome: 'failed'; failure: Failure });

interface ScheduleOptions<Item, Ended, Options> {
  saved: {
    list(): readonly Item[];
    /** @returns whether it was noted: else another process has noted a run meanwhile */
    noteRun(item: Item, run: Run<Ended>): boolean;
  };
  isDue(item: Item, now: number): boolean;
  work(item: Item, options: Options | { signal: AbortSignal }): Promise<Ended>;
  now: () => Date;
}

/** Runs what is due, one after the other, in hosts that stay open; each run is noted when it begins and when it has ended. */
export class Schedule<Item extends Kept, Ended extends object, Options = { signal: AbortSignal }> {
  readonly #options: ScheduleOptions<Item, Ended, Options>;
  readonly #periodic = new Periodic((signal) => this.#runDue(signal));

  constructor(options: ScheduleOptions<Item, Ended, Options>) {
    this.#options = options;
  }

  start(): void {
    this.#periodic.start();
  }

  async close(): Promise<void> {
    await this.#periodic.close();
  }

  /** Runs what is due. */
  look(): Promise<void> {
    return this.#periodic.look();
  }

  /** Runs one now. @returns whether it was begun: else another process has */
  async run(item: Item, options: Options | { signal: AbortSignal }): Promise<boolean> {
    const { saved, work, now } = this.#options;
    const begun = { at: now().toISOString(), outcome: 'running' } as const;
    if (!saved.noteRun(item, begun)) return false;
    const ended = await work(item, options).catch((error: unknown) => ({
      outcome: 'failed' as const,
      failure: failureOf(error),
    }));
    saved.noteRun({ ...item, lastRun: begun }, { at: begun.at, ...ended });
    return true;
  }

  async #runDue(signal: AbortSignal): Promise<void> {
    const { saved, isDue, now } = this.#options;
    for (const item of saved.list()) {
      if (signal.aborted) return;
      // What cannot be noted does not keep the others from being run.
      if (isDue(item, now().getTime())) await this.run(item, { signal }).catch(() => {});
    }
  }
}

/** Whether the last run is that old. @param since the first one is due so long after this */
export function isRunDue({ schedule, lastRun }: Kept, since: string, now: number): boolean {
  if (!schedule) return false;
  const unfinished = lastRun?.outcome === 'failed' || lastRun?.outcome === 'running';
  return isOld(lastRun?.at ?? since, { hours: schedule.hours, unfinished }, now);
}

/** Whether what is done every so many hours is due again, by when that was last. */
export function isOld(
  last: string,
  { hours, unfinished }: { hours: number; unfinished: boolean },
  now: number,
): boolean {
  const wait = unfinished ? Math.min(hours, AGAIN_AFTER) : hours;
  return now - Date.parse(last) >= wait * HOUR;
}
