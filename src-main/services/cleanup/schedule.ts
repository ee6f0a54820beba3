import type { CleanupPlan, SavedCleanup, ScheduledRun } from '../../common/cleanup-run.ts';
import type { PlansService } from '../core/plans.ts';
import { failureOf } from '../failure.ts';
import { isRunDue, Periodic } from '../periodic.ts';
import type { SavedCleanups } from './saved.ts';

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
  readonly #periodic = new Periodic((signal) => this.#run(signal));

  constructor(options: ScheduleOptions) {
    this.#options = options;
  }

  start(): void {
    this.#periodic.start();
  }

  async close(): Promise<void> {
    await this.#periodic.close();
  }

  /** Runs what is due, one after the other. */
  look(): Promise<void> {
    return this.#periodic.look();
  }

  async #run(signal: AbortSignal): Promise<void> {
    const { saved, now } = this.#options;
    for (const rules of saved.list()) {
      if (signal.aborted) return;
      if (!isDue(rules, now().getTime())) continue;
      const begun: ScheduledRun = { at: now().toISOString(), outcome: 'running' };
      // Another process may have begun it.
      if (!saved.noteRun(rules, begun)) continue;
      const ended = await this.#one(rules, signal);
      saved.noteRun({ ...rules, lastRun: begun }, { at: begun.at, ...ended });
    }
  }

  async #one(rules: SavedCleanup, signal: AbortSignal): Promise<Omit<ScheduledRun, 'at'>> {
    const { plan: planFor, plans } = this.#options;
    try {
      const plan = await planFor(rules, signal);
      const { tags, manifests } = plan.subject.going;
      const found = { tags, manifests, bytesFreed: plan.summary.bytesFreed };
      if (tags + manifests === 0) return { outcome: 'nothing', ...found };
      if (!mayStart(rules, plan)) return { outcome: 'waits', ...found };
      // Whoever set the schedule has confirmed what the rules say, however much that is.
      const { operationId } = await plans.start(plan.id, { typed: plan.typed, signal });
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
  return schedule !== undefined && isRunDue({ hours: schedule.hours, last: lastRun, since: changed }, now);
}
