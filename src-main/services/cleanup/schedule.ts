import type { CleanupPlan, SavedCleanup, ScheduledRun } from '../../common/cleanup-run.ts';
import type { PlansService } from '../core/plans.ts';
import { isRunDue, Schedule } from '../periodic.ts';
import type { SavedCleanups } from './saved.ts';

type Ended = Omit<ScheduledRun, 'at'>;

export interface ScheduledCleanups {
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
export function scheduleCleanups({
  saved,
  plan: planFor,
  plans,
  now,
}: ScheduledCleanups): Schedule<SavedCleanup, Ended> {
  const work = async (rules: SavedCleanup, { signal }: { signal: AbortSignal }): Promise<Ended> => {
    const plan = await planFor(rules, signal);
    const { tags, manifests } = plan.subject.going;
    const found = { tags, manifests, bytesFreed: plan.summary.bytesFreed };
    if (tags + manifests === 0) return { outcome: 'nothing', ...found };
    if (!mayStart(rules, plan)) return { outcome: 'waits', ...found };
    // Whoever set the schedule has confirmed what the rules say, however much that is.
    const { operationId } = await plans.start(plan.id, { typed: plan.typed, signal });
    return { outcome: 'started', ...found, operationId };
  };
  return new Schedule({ saved, isDue, work, now });
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

/** The first run is due so long after they were saved. */
export function isDue(rules: SavedCleanup, now: number): boolean {
  return isRunDue(rules, rules.changed, now);
}
