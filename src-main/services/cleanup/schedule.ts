import type { CleanupPlan, SavedCleanup, ScheduledRun } from '../../common/cleanup-run.ts';
import type { PlansService } from '../core/plans.ts';
import { failureOf } from '../failure.ts';
import type { SavedCleanups } from './saved.ts';

/** Milliseconds between two looks at what is due. */
const LOOK_EVERY = 60_000;
const HOUR = 3_600_000;
/** Hours after which what failed, or a process that ended left, is tried again, unless it is due sooner. */
const AGAIN_AFTER = 1;

export interface ScheduleOptions {
  saved: SavedCleanups;
  /** The plan of saved rules for their registry. */
  plan(saved: SavedCleanup, signal: AbortSignal): Promise<CleanupPlan>;
  plans: Pick<PlansService, 'start'>;
  now: () => Date;
}

/**
 * Runs saved rules when they are due, in hosts that stay open. Each run makes its plan anew. It is started only where the user has
 * allowed that, and nothing is in it that asks for consent.
 */
export class CleanupSchedule {
  readonly #options: ScheduleOptions;
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  constructor(options: ScheduleOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY).unref();
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#stop.abort();
    await this.#looking;
  }

  /** Runs what is due, one after the other. */
  look(): Promise<void> {
    this.#looking ??= this.#run().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #run(): Promise<void> {
    const { saved, now } = this.#options;
    for (const rules of saved.list()) {
      if (this.#stop.signal.aborted) return;
      if (!isDue(rules, now().getTime())) continue;
      const begun: ScheduledRun = { at: now().toISOString(), outcome: 'running' };
      // Another process may have begun it.
      if (!saved.noteRun(rules, begun)) continue;
      const ended = await this.#one(rules);
      saved.noteRun({ ...rules, lastRun: begun }, { at: begun.at, ...ended });
    }
  }

  async #one(rules: SavedCleanup): Promise<Omit<ScheduledRun, 'at'>> {
    const { plan: planFor, plans } = this.#options;
    try {
      const plan = await planFor(rules, this.#stop.signal);
      const { tags, manifests } = plan.subject.going;
      const found = { tags, bytesFreed: plan.summary.bytesFreed };
      if (tags + manifests === 0) return { outcome: 'nothing', ...found };
      if (!mayStart(rules, plan)) return { outcome: 'waits', ...found };
      // Whoever set the schedule has confirmed what the rules say, however much that is.
      const { operationId } = await plans.start(plan.id, { typed: plan.typed, signal: this.#stop.signal });
      return { outcome: 'started', ...found, operationId };
    } catch (error) {
      return { outcome: 'failed', failure: failureOf(error) };
    }
  }
}

/** Whether the user has allowed in advance what a plan would do. */
function mayStart({ schedule }: SavedCleanup, { subject, summary, needsConsent }: CleanupPlan): boolean {
  const { tags, manifests } = subject.going;
  return (
    schedule?.deletes === true &&
    !needsConsent &&
    summary.emptied.length === 0 &&
    summary.unlooked.length === 0 &&
    Math.max(tags, manifests) <= schedule.atMost
  );
}

/** Whether the last run is that old. The first one is due so long after they were saved. */
export function isDue({ schedule, lastRun, changed }: SavedCleanup, now: number): boolean {
  if (!schedule) return false;
  const unfinished = lastRun?.outcome === 'failed' || lastRun?.outcome === 'running';
  const wait = unfinished ? Math.min(schedule.hours, AGAIN_AFTER) : schedule.hours;
  return now - Date.parse(lastRun?.at ?? changed) >= wait * HOUR;
}
