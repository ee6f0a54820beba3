import type { Plan } from '../../src-main/common/plan.ts';
import type { CopyPlan, SyncPlan } from '../../src-main/common/transfer.ts';

/** Tags that a plan would write. */
export function toDo({ by }: Plan['items']): number {
  return (by.new ?? 0) + (by.changed ?? 0);
}

/** Whether it would move tags of a registry. */
export function isOverwriting({ items: { by }, subject }: CopyPlan | SyncPlan): boolean {
  const isRegistry = subject.kind === 'retag' || !('content' in subject.target);
  return isRegistry && (by.changed ?? 0) > 0;
}
