import { randomUUID } from 'node:crypto';
import { isAbsolute } from 'node:path';
import {
  type CleanupVersion,
  cleanupSchedule,
  type SavedCleanup,
  type SavedCleanupDraft,
  type ScheduledRun,
  scheduledRun,
} from '../../common/cleanup-run.ts';
import type { CleanupRules, CleanupRulesRow } from '../../data/index.ts';
import { digestOf } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { Feed } from '../feed.ts';
import type { CallOptions } from '../types.ts';

export interface SavedCleanupsOptions {
  rows: CleanupRules;
  /** @throws ServiceError `invalidInput` */
  check: (text: string) => unknown;
  /** All of the work or nothing of it. */
  exclusively: <T>(work: () => T) => T;
  /** Told of each change in the transaction in which it is made: what is not recorded is not changed. */
  changing: (before: SavedCleanup | undefined, after: SavedCleanup | undefined) => void;
  now: () => Date;
}

/** Rules of registries that are kept by name, with all that they have said. */
export class SavedCleanups {
  readonly #options: SavedCleanupsOptions;
  readonly #rows: CleanupRules;
  readonly #feed = new Feed<SavedCleanup>(() => {});

  constructor(options: SavedCleanupsOptions) {
    this.#options = options;
    this.#rows = options.rows;
  }

  list(accountId?: string): SavedCleanup[] {
    return this.#rows.list(accountId).map(savedOf);
  }

  versions(id: string): CleanupVersion[] {
    return this.#rows.versions(id);
  }

  save({ id = randomUUID(), accountId, name, text, schedule }: SavedCleanupDraft): SavedCleanup {
    const { check, exclusively, changing, now } = this.#options;
    check(text);
    if (schedule?.kubeconfig !== undefined && !isAbsolute(schedule.kubeconfig))
      throw new ServiceError('invalidInput', 'A kubeconfig of a schedule is named by its full path.');
    const saved = exclusively(() => {
      const before = this.#find(id);
      if (before && before.accountId !== accountId)
        throw new ServiceError('invalidInput', 'These rules are those of another registry.');
      if (this.#rows.isTaken(accountId, name, id))
        throw new ServiceError('invalidInput', `There are rules with the name ${name} already.`);
      const row = { id, accountId, name, ...(schedule ? { schedule } : {}) };
      this.#rows.put(row, { text, digest: digestOf(Buffer.from(text)) }, now().toISOString());
      const after = this.#get(id);
      changing(before, after);
      return after;
    });
    this.#feed.publish(saved);
    return saved;
  }

  remove(id: string): void {
    this.#options.exclusively(() => {
      const before = this.#find(id);
      this.#rows.remove(id);
      this.#options.changing(before, undefined);
    });
  }

  /** Of an account that is no more. */
  forget(accountId: string): void {
    for (const { id } of this.#rows.list(accountId)) this.remove(id);
  }

  watch({ signal }: CallOptions = {}): AsyncGenerator<SavedCleanup, void, void> {
    return this.#feed.subscribe(() => this.list().filter(({ schedule }) => schedule), signal);
  }

  /** @returns whether it was noted: else another process has noted a run meanwhile */
  noteRun({ id, lastRun }: SavedCleanup, run: ScheduledRun): boolean {
    if (!this.#rows.noteRun(id, run, lastRun)) return false;
    this.#feed.publish(this.#get(id));
    return true;
  }

  close(): void {
    this.#feed.close();
  }

  #get(id: string): SavedCleanup {
    const saved = this.#find(id);
    if (!saved) throw new ServiceError('storageFailed', 'The saved rules are gone.');
    return saved;
  }

  #find(id: string): SavedCleanup | undefined {
    const row = this.#rows.get(id);
    return row && savedOf(row);
  }
}

/** A schedule that a newer version wrote is none: these rules do not run by themselves here. */
function savedOf({ current, schedule, lastRun, ...row }: CleanupRulesRow): SavedCleanup {
  const when = cleanupSchedule.safeParse(schedule).data;
  const last = scheduledRun.safeParse(lastRun).data;
  return {
    ...row,
    version: current.version,
    digest: current.digest,
    text: current.text,
    changed: current.saved,
    ...(when ? { schedule: when } : {}),
    ...(last ? { lastRun: last } : {}),
  };
}
