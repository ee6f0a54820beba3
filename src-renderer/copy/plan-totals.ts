/** Several copies taken together. */
import type { CopyPlan, LeftOut } from '../../src-main/common/transfer.ts';
export interface PlanTotals {
  manifests: number;
  /** How many of the manifests are attached ones. */
  attached: number;
  present: { count: number; bytes: number };
  mount: { count: number; bytes: number };
  send: { count: number; bytes: number };
  leftOut: LeftOut;
  /** Target tags that move away from another digest. */
  replaced: readonly string[];
  unchanged: number;
  /** Why target tags could not be looked at: that of the first. */
  unseen: CopyPlan['unseen'];
  /** Plans that have something to do, in order. */
  todo: readonly CopyPlan[];
}

/**
 * Sums over plans. Blobs that several images share count once for each: what is really sent is at most this much.
 */
export function planTotals(plans: readonly CopyPlan[]): PlanTotals {
  const todo = plans.filter(({ unchanged }) => !unchanged);
  const sum = (pick: (plan: CopyPlan) => { count: number; bytes: number }) => ({
    count: todo.reduce((total, plan) => total + pick(plan).count, 0),
    bytes: todo.reduce((total, plan) => total + pick(plan).bytes, 0),
  });
  return {
    manifests: todo.reduce((total, { manifests }) => total + manifests, 0),
    attached: todo.reduce((total, { attached }) => total + attached, 0),
    present: sum(({ blobs }) => blobs.present),
    mount: sum(({ blobs }) => blobs.mount),
    send: sum(({ blobs }) => blobs.send),
    leftOut: {
      ...sum(({ leftOut }) => leftOut),
      hosts: [...new Set(todo.flatMap(({ leftOut }) => leftOut.hosts))],
    },
    replaced: todo.filter(({ replaces }) => replaces !== undefined).map(({ target }) => target.tag),
    unchanged: plans.length - todo.length,
    unseen: todo.find(({ unseen }) => unseen)?.unseen,
    todo,
  };
}
