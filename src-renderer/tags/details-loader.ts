import type { TagAnswer } from '../../src-main/common/tag.ts';
import { throttle } from '../lists/throttle.ts';
import { failureOf } from '../ui/failure.ts';

/** Tags asked for in one call: small enough that rows in view do not wait long behind rows out of view. */
const BATCH = 100;
/** Calls in flight. The main side paces the requests to the registry; a second call keeps it from running dry between two. */
const CALLS = 2;
/** Least milliseconds between two deliveries of answers. */
const DELIVERY_INTERVAL = 100;
/** More of them for each tag of the repository: a delivery draws up the whole table anew. */
const INTERVAL_PER_TAG = 0.05;

export interface DetailsLoaderOptions {
  ask(names: readonly string[], signal: AbortSignal): Promise<AsyncIterable<TagAnswer>>;
  /** Tags of the repository at the moment: the more there are, the rarer are deliveries. */
  count(): number;
  /** Takes answers, some at a time. */
  deliver(answers: readonly TagAnswer[]): void;
}

/** Loads details of the tags wanted at the moment; what is not wanted any more before it was asked for is not asked for. */
export class DetailsLoader {
  readonly #options: DetailsLoaderOptions;
  readonly #abort = new AbortController();
  readonly #inFlight = new Set<string>();
  readonly #delivery = throttle(
    () => this.#deliver(),
    () => DELIVERY_INTERVAL + this.#options.count() * INTERVAL_PER_TAG,
  );
  #wanted: readonly string[] = [];
  #answers: TagAnswer[] = [];
  #calls = 0;

  constructor(options: DetailsLoaderOptions) {
    this.#options = options;
  }

  /** Replaces the wish: the names still without details, most urgent first. */
  want(names: readonly string[]): void {
    this.#wanted = names;
    this.#next();
  }

  /** Ends all calls; nothing is delivered any more. */
  close(): void {
    this.#abort.abort();
    this.#delivery.cancel();
  }

  #next(): void {
    while (this.#calls < CALLS && !this.#abort.signal.aborted) {
      const batch: string[] = [];
      let read = 0;
      for (const name of this.#wanted) {
        if (batch.length === BATCH) break;
        read += 1;
        if (!this.#inFlight.has(name)) batch.push(name);
      }
      if (batch.length === 0) return;
      this.#wanted = this.#wanted.slice(read);
      void this.#load(batch);
    }
  }

  async #load(batch: readonly string[]): Promise<void> {
    this.#calls += 1;
    const open = new Set(batch);
    for (const name of batch) this.#inFlight.add(name);
    const take = (answer: TagAnswer) => {
      open.delete(answer.name);
      this.#answers.push(answer);
      this.#delivery.request();
    };
    try {
      for await (const answer of await this.#options.ask(batch, this.#abort.signal)) take(answer);
    } catch (error) {
      if (this.#abort.signal.aborted) return;
      // A call that broke is reported on its rows; asking again by itself would hammer a registry that is down.
      const failure = failureOf(error);
      for (const name of [...open]) take({ name, failure });
    }
    this.#calls -= 1;
    for (const name of open) {
      take({ name, failure: { code: 'invalidResponse', message: 'No answer came for this tag.' } });
    }
    this.#next();
  }

  #deliver(): void {
    const answers = this.#answers;
    this.#answers = [];
    const answered = new Set(answers.map(({ name }) => name));
    for (const name of answered) this.#inFlight.delete(name);
    // The wish may be older than these answers.
    this.#wanted = this.#wanted.filter((name) => !answered.has(name));
    this.#options.deliver(answers);
  }
}
