import type { Operation } from '../../common/operation.ts';

/** No bar. */
const NONE = -1;

const isLive = ({ status }: Operation) => status === 'queued' || status === 'running';

/** How far the operations are that run, for the system's task bar. */
export class RunningWork {
  readonly #live = new Map<string, Operation>();

  take(operation: Operation): void {
    if (isLive(operation)) this.#live.set(operation.id, operation);
    else this.#live.delete(operation.id);
  }

  /** Of all of it, from 0 to 1; below 0 where nothing runs. */
  get share(): number {
    if (this.#live.size === 0) return NONE;
    let sum = 0;
    for (const { progress } of this.#live.values()) {
      const { done, total } = progress.bytes.total > 0 ? progress.bytes : progress.steps;
      sum += total > 0 ? Math.min(1, done / total) : 0;
    }
    return sum / this.#live.size;
  }
}
