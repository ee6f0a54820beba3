import { useState } from 'react';
import type { Plan } from '../../src-main/common/plan.ts';
import { api } from '../api.ts';

/** Which tags of a plan are left out, by their numbers, and how the plan without them is made. */
export function useLeftOut({ id }: Pick<Plan, 'id'>) {
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const narrow = async () => {
    if (left.size === 0) return id;
    return (await api.transfers.narrow({ planId: id, without: [...left] })).id;
  };
  return { left, setLeft, narrow };
}
