import { DataError, type Journal, type ProcessMark } from '../../data/index.ts';

/** Milliseconds between two looks: the operation ends within about this time after the request. */
const LOOK_EVERY = 1_000;

/** Stops operations of this process that another one (a window, a command) asked to stop. */
export class StopRequests {
  readonly #journal: Journal;
  readonly #owner: Pick<ProcessMark, 'text'>;
  readonly #stop: (id: string, as: 'paused' | 'cancelled') => void;
  #looking: NodeJS.Timeout | undefined;

  constructor(
    journal: Journal,
    owner: Pick<ProcessMark, 'text'>,
    stop: (id: string, as: 'paused' | 'cancelled') => void,
  ) {
    this.#journal = journal;
    this.#owner = owner;
    this.#stop = stop;
  }

  /** @param running whether there is anything to stop */
  listen(running: boolean): void {
    if (running === (this.#looking !== undefined)) return;
    clearInterval(this.#looking);
    this.#looking = running ? setInterval(() => this.#look(), LOOK_EVERY).unref() : undefined;
  }

  #look(): void {
    try {
      for (const { id, stop } of this.#journal.stopsAsked(this.#owner.text)) this.#stop(id, stop);
    } catch (error) {
      // A disk in trouble is reported by what must be written; looking is tried again.
      if (!(error instanceof DataError)) throw error;
    }
  }
}
