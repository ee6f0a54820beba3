import type { Plan } from '../../src-main/common/plan.ts';

/** Tags that a plan would write. */
export function toDo({ by }: Plan['items']): number {
  return (by.new ?? 0) + (by.changed ?? 0);
}
