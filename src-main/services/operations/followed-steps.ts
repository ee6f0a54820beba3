import { z } from 'zod';
import type { CollectionRunState } from '../../engine/vocabulary/collection.ts';
import { endOf, logIfAny } from '../followed-run.ts';
import type { Meter, RunContext } from './kind.ts';
import { notedOf, type Outcome, type StepCursor } from './steps.ts';

/** Noted as soon as it is known, so that the next try follows the same run. */
const noted = z.object({ run: z.string() });

interface Run {
  readonly id: string;
  readonly state: CollectionRunState;
}

/** What such work has counted: its steps, where it says them, and bytes. */
interface Counted {
  steps?: { done: number; total: number };
  bytes: { done: number; total: number };
}

interface Followed<R extends Run> {
  /** @returns the id of the run, which is begun or was asked to end */
  begin(): Promise<string>;
  /** Follows it to its end, telling each look. */
  follow(id: string, report: (run: R) => void): Promise<R>;
  log(run: R): Promise<string>;
  /** As it is kept. */
  kept(run: R): object;
  counted(run: R | undefined): Counted;
}

/** Steps each of which a registry does itself: begun unless an earlier try has begun it, and followed to its end. */
export async function followSteps<R extends Run>(
  steps: StepCursor<unknown>,
  { measure, moved }: Pick<RunContext<unknown, unknown>, 'measure' | 'moved'>,
  work: Followed<R>,
): Promise<Outcome> {
  const meter = new RunMeter((run: R | undefined) => work.counted(run));
  measure(meter);
  for await (const page of steps.pages())
    for (const { number, result } of page) {
      let id = notedOf(noted, result)?.run;
      if (id === undefined) {
        id = await work.begin();
        steps.note(number, JSON.stringify({ run: id }));
      }
      const run = await work.follow(id, (now) => {
        meter.run = now;
        moved();
      });
      const log = await logIfAny(() => work.log(run));
      steps.done(number, JSON.stringify({ run: work.kept(run), ...(log && { log: endOf(log) }) }));
    }
  return steps.outcome();
}

class RunMeter<R extends Run> implements Meter {
  run: R | undefined;
  readonly #counted: (run: R | undefined) => Counted;

  constructor(counted: (run: R | undefined) => Counted) {
    this.#counted = counted;
  }

  read() {
    const { steps = this.#ended(), bytes } = this.#counted(this.run);
    return { steps, bytes, bytesSent: 0, bytesMounted: 0, bytesPresent: 0, rate: 0 };
  }

  details() {
    return { items: { ...this.#ended(), failed: 0 }, active: [] };
  }

  #ended() {
    return { done: this.run?.state === 'done' ? 1 : 0, total: 1 };
  }
}
