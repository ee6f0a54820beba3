import type { BlobTask, TransferItem, TransferPlan } from './types.ts';

/**
 * The part of a plan that some of its items are: nothing is asked for again, and the plan stays as it is. A blob that was to be mounted from where an
 * item that is left out would have brought it is sent.
 */
export function narrowPlan(
  plan: TransferPlan,
  isKept: (item: TransferItem, position: number) => boolean,
): TransferPlan {
  const items = plan.items.filter(isKept);
  const tasks = new Map(items.flatMap(({ blobs }) => blobs.map((task) => [task, { ...task }])));
  /** Who is sent instead of one that is not needed any more. */
  const instead = new Map<BlobTask, BlobTask>();
  for (const [{ after }, task] of tasks) {
    if (!after) continue;
    const first = tasks.get(after) ?? instead.get(after);
    if (first) {
      task.after = first;
      task.from = first.repository;
      continue;
    }
    instead.set(after, task);
    task.state = 'send';
    delete task.from;
    delete task.after;
  }
  const taskOf = (task: BlobTask) => tasks.get(task) ?? task;
  return {
    ...plan,
    items: items.map((item) => ({ ...item, blobs: item.blobs.map(taskOf) })),
    blobs: [...tasks.values()],
  };
}
