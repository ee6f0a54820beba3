import { setImmediate as turn } from 'node:timers/promises';
import { type DataError, storageError } from '../errors.ts';
import type { Room } from './tasks.ts';

/** Milliseconds without a task after which the rest is gone on with: what was just listed is being shown by the same processors. */
const QUIET = 500;
/** Milliseconds after which a slice of the rest is done all the same. */
const PATIENCE = 2_000;

interface Job {
  id: number;
  work: Generator<void, unknown, void>;
}

export interface Answers {
  done(id: number, output: unknown): void;
  failed(id: number, error: DataError): void;
}

/** Takes turns between the tasks of a room, a slice at a time, so that a question never waits longer than a slice for changes. */
export class Schedule {
  readonly #room: Room;
  readonly #answers: Answers;
  readonly #questions: Job[] = [];
  readonly #changes: Job[] = [];
  #rest: Generator<void, void, void> | undefined;
  /** Something was asked for since the rest was begun. */
  #restIsOld = false;
  #restTimer: NodeJS.Timeout | undefined;
  #lastTask = performance.now();
  #lastRest = performance.now();
  #working: Promise<void> | undefined;

  constructor(room: Room, answers: Answers) {
    this.#room = room;
    this.#answers = answers;
    this.#planRest(QUIET);
  }

  run(id: number, name: string, input: unknown): void {
    const { questions, changes } = this.#room;
    const task = questions[name] ?? changes[name];
    if (!task) {
      this.#answers.failed(id, storageError(new Error(`There is no task ${name}`)));
      return;
    }
    // What is sent comes from a client with the types of this room.
    const job = { id, work: task(input as never) };
    (name in questions ? this.#questions : this.#changes).push(job);
    this.#lastTask = performance.now();
    this.#restIsOld = true;
    if (!this.#restTimer) this.#planRest(QUIET);
    this.#working ??= this.#work();
  }

  /** Does no more of it, if it is not done; what it has changed stays. */
  cancel(id: number): void {
    for (const jobs of [this.#questions, this.#changes]) {
      const index = jobs.findIndex((job) => job.id === id);
      if (index >= 0) jobs.splice(index, 1)[0]?.work.return(undefined);
    }
  }

  /** Ends all changes, and nothing else. */
  async close(): Promise<void> {
    this.#questions.length = 0;
    this.#room.closing?.();
    await this.#working;
    this.#leaveRest();
    this.#room.close();
  }

  /** Ends nothing. */
  abandon(): void {
    this.#questions.length = 0;
    this.#changes.length = 0;
    this.#leaveRest();
    this.#room.close();
  }

  #leaveRest(): void {
    clearTimeout(this.#restTimer);
    this.#rest?.return();
  }

  async #work(): Promise<void> {
    for (;;) {
      const jobs = this.#questions.length > 0 ? this.#questions : this.#changes;
      const [job] = jobs;
      if (!job) break;
      this.#slice(job, jobs);
      // Messages come in here: what else is asked for, and what no more.
      await turn();
    }
    this.#working = undefined;
  }

  #slice(job: Job, jobs: Job[]): void {
    try {
      const { done, value } = job.work.next();
      if (!done) {
        // One question after the other goes on; changes keep their order.
        if (jobs === this.#questions) jobs.push(...jobs.splice(0, 1));
        return;
      }
      this.#answers.done(job.id, value);
    } catch (error) {
      this.#answers.failed(job.id, storageError(error));
    }
    jobs.shift();
  }

  #planRest(milliseconds: number): void {
    this.#restTimer = setTimeout(() => this.#restSlice(), milliseconds).unref();
  }

  #restSlice(): void {
    this.#restTimer = undefined;
    const begun = performance.now();
    const quiet = !this.#working && begun - this.#lastTask >= QUIET;
    if (!quiet && begun - this.#lastRest < PATIENCE) {
      this.#planRest(QUIET);
      return;
    }
    if (!this.#rest) {
      this.#rest = this.#room.rest();
      this.#restIsOld = false;
    }
    try {
      if (this.#rest.next().done) {
        this.#rest = undefined;
        // What was changed meanwhile may be what it had done already.
        if (this.#restIsOld) this.#planRest(QUIET);
        return;
      }
    } catch {
      // A full disk, or another process that writes for long: what is left is tried again after the next task.
      this.#rest = undefined;
      return;
    }
    this.#lastRest = performance.now();
    // Half of a processor at most: no one waits for this.
    this.#planRest(this.#lastRest - begun);
  }
}
