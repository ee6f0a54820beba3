import type { Plan } from '../../src-main/common/plan.ts';

/**
 * Asks the main side for a plan.
 *
 * @param change laid over what was asked for, where the plan's page offers something to choose
 */
export type MakePlan = (signal?: AbortSignal, change?: object) => Promise<Plan>;

/** Plans remembered: each is started or expires within 15 minutes. */
const REMEMBERED = 50;

const made = new Map<string, MakePlan>();

/** How a plan can be made again while this window is open: what was asked for is not part of a plan. */
export function rememberMade(planId: string, make: MakePlan): void {
  made.set(planId, make);
  const [oldest] = made.keys();
  if (made.size > REMEMBERED && oldest !== undefined) made.delete(oldest);
}

export function madeBy(planId: string): MakePlan | undefined {
  return made.get(planId);
}
