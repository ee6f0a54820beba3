import type { z } from 'zod';
import type { Failure } from '../../common/failure.ts';
import type { Journal } from '../../data/index.ts';
import { ServiceError } from '../errors.ts';
import { failureOf } from '../failure.ts';
import { inPages } from './in-pages.ts';

/** Steps in memory at a time. */
const PAGE = 1_000;

/** How an operation has ended that was not stopped. */
export interface Outcome {
  status: 'done' | 'failed';
  failure?: Failure;
}

export interface NumberedStep<Step> {
  number: number;
  step: Step;
  /** How an earlier try ended, as the kind noted it. */
  result?: string;
}

/** Of a step that found its tag elsewhere and did not touch it. */
export const LEFT_ALONE = 'leftAlone';
/** Of a step that found everything as it should be. */
export const PRESENT = 'present';

/** What a step's result holds; undefined where it has none, for an earlier failure, and where it is spoiled. */
export function notedOf<T>(schema: z.ZodType<T>, result: string | undefined): T | undefined {
  if (result === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(result)).data;
  } catch {
    return undefined;
  }
}

/** The steps of an operation, read from the journal as they are needed and written down as they end. */
export class StepCursor<Step> {
  readonly total: number;
  /** Done by earlier runs. */
  readonly earlier: number;
  readonly #id: string;
  readonly #journal: Journal;
  readonly #schema: z.ZodType<Step>;
  readonly #now: () => Date;
  readonly #settled: () => void;
  readonly #locked: (step: unknown) => ServiceError | undefined;
  readonly #changed: ((step: unknown) => void) | undefined;
  /** That were read and did not end yet; only where their changes are told. */
  readonly #open = new Map<number, unknown>();
  #failed = 0;
  #firstFailure: Failure | undefined;
  #leftAlone = 0;
  #done = 0;
  /** Of those done: that have changed something. */
  #effects = 0;

  constructor(
    id: string,
    schema: z.ZodType<Step>,
    {
      journal,
      now,
      settled,
      locked,
      changed,
    }: {
      journal: Journal;
      now: () => Date;
      settled: () => void;
      /** Why a step must not be done. */
      locked: (step: unknown) => ServiceError | undefined;
      /** Called with each step that has changed something, before that is written down. */
      changed?: (step: unknown) => void;
    },
  ) {
    this.#id = id;
    this.#schema = schema;
    this.#journal = journal;
    this.#now = now;
    this.#settled = settled;
    this.#locked = locked;
    this.#changed = changed;
    const { waiting, done, failed } = journal.steps.counts(id);
    this.total = waiting + done + failed;
    this.earlier = done;
  }

  /**
   * Those that are not done, in order, some at a time. Earlier failures of a page count no more when it is read. What a lock forbids
   * fails and is left out.
   *
   * @throws ServiceError `storageFailed` at a step that a newer version wrote, or that was spoiled
   */
  async *pages(): AsyncGenerator<NumberedStep<Step>[], void, void> {
    const { steps } = this.#journal;
    const pages = inPages(
      -1,
      (after) => steps.open(this.#id, after, PAGE),
      ({ number }) => number,
    );
    for await (const rows of pages) {
      const page = rows.map(({ number, step, result }) => ({
        number,
        step: this.#read(step),
        ...(result === undefined ? {} : { result }),
      }));
      if (this.#changed) for (const { number, step } of page) this.#open.set(number, step);
      steps.begun(this.#id, page.at(0)?.number ?? 0, page.at(-1)?.number ?? 0, this.#now());
      yield page.filter(({ number, step }) => !this.#fails(number, step));
    }
  }

  /** Whether a lock forbids a step, which has failed then: asked once more where it is about to be done. */
  #fails(number: number, step: Step): boolean {
    const error = this.#locked(step);
    if (error) this.failed(number, failureOf(error));
    return error !== undefined;
  }

  /** All of them, also those that are done, some at a time. */
  async *all(): AsyncGenerator<Step[], void, void> {
    const { steps } = this.#journal;
    const pages = inPages(
      -1,
      (after) => steps.all(this.#id, after, PAGE),
      ({ number }) => number,
    );
    for await (const page of pages) yield page.map(({ step }) => this.#read(step));
  }

  #read(kept: unknown): Step {
    const read = this.#schema.safeParse(kept);
    if (read.success) return read.data;
    throw new ServiceError(
      'storageFailed',
      'The record of what is to be done cannot be read by this version.',
    );
  }

  done(number: number, result: string): void {
    const step = this.#open.get(number);
    this.#open.delete(number);
    if (step !== undefined && result !== LEFT_ALONE && result !== PRESENT) this.#changed?.(step);
    this.#journal.steps.done(this.#id, number, this.#now(), result);
    this.#done++;
    if (result === LEFT_ALONE) this.#leftAlone++;
    else if (result !== PRESENT) this.#effects++;
    this.#settled();
  }

  failed(number: number, failure: Failure): void {
    this.#journal.steps.failed(this.#id, number, failure);
    this.#failed++;
    this.#firstFailure ??= failure;
  }

  /** Notes of a step that is not done what the next try has to know of this one. */
  note(number: number, result: string): void {
    this.#journal.steps.noted(this.#id, number, result);
  }

  /** How many have ended, those of earlier runs included. */
  counts(): { done: number; failed: number; total: number } {
    return { done: this.earlier + this.#done, failed: this.#failed, total: this.total };
  }

  /** How the operation ends with what has been written down. */
  outcome(): Outcome {
    const first = this.#firstFailure;
    if (first) {
      if (this.total === 1) return { status: 'failed', failure: first };
      const reason = `${this.#failed} of ${this.total} steps failed. ${first.reason ?? ''}`.trim();
      return { status: 'failed', failure: { ...first, reason } };
    }
    if (this.#leftAlone === 0) return { status: 'done' };
    const failure = failureOf(
      new ServiceError('planStale', 'Tags that point elsewhere by now were left alone.'),
    );
    return { status: this.#effects > 0 ? 'done' : 'failed', failure };
  }
}
