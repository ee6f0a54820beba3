import type {
  DeleteManyPlan,
  DeleteManyPlanning,
  DeletionPlan,
  DeletionPlanning,
} from '../../src-main/common/deletion.ts';
import { api } from '../api.ts';

export type Looking = Extract<DeletionPlanning, { kind: 'looking' }>;

/** Makes the plan of a deletion, telling on the way how far looking is. */
export async function planDeletion(
  input: Parameters<typeof api.deletion.plan>[0],
  signal: AbortSignal | undefined,
  onLooking: (looking: Looking) => void,
): Promise<DeletionPlan> {
  for await (const step of await api.deletion.plan(input, signal ? { signal } : {})) {
    if (step.kind === 'plan') return step.plan;
    onLooking(step);
  }
  throw new TypeError('Planning ends with the plan.');
}

/** The same for repositories with all their tags. */
export async function planRepositories(
  input: Parameters<typeof api.deletion.planRepositories>[0],
  signal: AbortSignal | undefined,
  onLooking: (looking: Extract<DeleteManyPlanning, { kind: 'looking' }>) => void,
): Promise<DeleteManyPlan> {
  for await (const step of await api.deletion.planRepositories(input, signal ? { signal } : {})) {
    if (step.kind === 'plan') return step.plan;
    onLooking(step);
  }
  throw new TypeError('Planning ends with the plan.');
}
