import { randomUUID } from 'node:crypto';
import {
  type ComparisonRun,
  comparisonRun,
  matrixDefinition,
  type SavedComparison,
  type SavedComparisonDraft,
  savedComparison,
} from '../../common/comparison-matrix.ts';
import type { SavedComparisons as Rows, SavedComparisonRow } from '../../data/index.ts';
import { ServiceError } from '../errors.ts';
import { Feed } from '../feed.ts';
import type { CallOptions } from '../types.ts';

/** Comparisons that are kept by name. */
export class SavedComparisons {
  readonly #rows: Rows;
  readonly #now: () => Date;
  readonly #feed = new Feed<SavedComparison>(() => {});

  constructor(rows: Rows, now: () => Date) {
    this.#rows = rows;
    this.#now = now;
  }

  list(): SavedComparison[] {
    return this.#rows.list().flatMap((row) => savedOf(row) ?? []);
  }

  unreadable(): { id: string; name: string }[] {
    return this.#rows
      .list()
      .filter((row) => !savedOf(row))
      .map(({ id, name }) => ({ id, name }));
  }

  /** @throws ServiceError `invalidInput` */
  get(id: string): SavedComparison {
    const saved = this.list().find((each) => each.id === id);
    if (!saved) throw new ServiceError('invalidInput', 'There is no such saved comparison.');
    return saved;
  }

  save({ id = randomUUID(), name, definition, schedule }: SavedComparisonDraft): SavedComparison {
    if (this.#rows.isTaken(name, id))
      throw new ServiceError('invalidInput', `There is a comparison with the name ${name} already.`);
    const created = this.#now().toISOString();
    this.#rows.put({ id, name, definition, created, ...(schedule ? { schedule } : {}) });
    const saved = this.get(id);
    this.#feed.publish(saved);
    return saved;
  }

  remove(id: string): void {
    this.#rows.remove(id);
  }

  /** @returns whether it was noted: else another process has noted a run meanwhile */
  noteRun({ id, lastRun }: SavedComparison, run: ComparisonRun): boolean {
    if (!this.#rows.noteRun(id, run, lastRun?.at)) return false;
    this.#feed.publish(this.get(id));
    return true;
  }

  watch({ signal }: CallOptions = {}): AsyncGenerator<SavedComparison, void, void> {
    return this.#feed.subscribe(() => this.list(), signal);
  }

  close(): void {
    this.#feed.close();
  }
}

/** Undefined for one that a newer version wrote. A schedule that it wrote is none: this one is not looked at by itself here. */
function savedOf({ definition, schedule, lastRun, ...row }: SavedComparisonRow): SavedComparison | undefined {
  const read = matrixDefinition.safeParse(definition).data;
  if (!read) return undefined;
  const when = savedComparison.shape.schedule.safeParse(schedule).data;
  const last = comparisonRun.safeParse(lastRun).data;
  return {
    ...row,
    definition: read,
    ...(when ? { schedule: when } : {}),
    ...(last ? { lastRun: last } : {}),
  };
}
