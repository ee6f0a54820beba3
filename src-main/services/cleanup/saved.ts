import { randomUUID } from 'node:crypto';
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

/** Rules of registries that are kept by name, with all that they have said. */
export class SavedCleanups {
  readonly #rows: CleanupRules;
  readonly #now: () => Date;
  /** @throws ServiceError `invalidInput` */
  readonly #check: (text: string) => unknown;
  readonly #feed = new Feed<SavedCleanup>(() => {});

  constructor(rows: CleanupRules, now: () => Date, check: (text: string) => unknown) {
    this.#rows = rows;
    this.#now = now;
    this.#check = check;
  }

  list(accountId?: string): SavedCleanup[] {
    return this.#rows.list(accountId).map(savedOf);
  }

  versions(id: string): CleanupVersion[] {
    return this.#rows.versions(id);
  }

  save({ id = randomUUID(), accountId, name, text, schedule }: SavedCleanupDraft): SavedCleanup {
    this.#check(text);
    const before = this.#rows.get(id);
    if (before && before.accountId !== accountId)
      throw new ServiceError('invalidInput', 'These rules are those of another registry.');
    if (this.#rows.isTaken(accountId, name, id))
      throw new ServiceError('invalidInput', `There are rules with the name ${name} already.`);
    const row = { id, accountId, name, ...(schedule ? { schedule } : {}) };
    this.#rows.put(row, { text, digest: digestOf(Buffer.from(text)) }, this.#now().toISOString());
    const saved = this.#get(id);
    this.#feed.publish(saved);
    return saved;
  }

  remove(id: string): void {
    this.#rows.remove(id);
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
    const row = this.#rows.get(id);
    if (!row) throw new ServiceError('storageFailed', 'The saved rules are gone.');
    return savedOf(row);
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
