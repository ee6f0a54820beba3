import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Plan } from '../../src-main/common/plan.ts';
import { api } from '../api.ts';
import { type MakePlan, madeBy, rememberMade } from './made.ts';

/** Makes a plan anew in its place: because the registry moved on, or because something else was chosen. */
export function useReplan({ id, undoes }: Plan, from: string | undefined) {
  const navigate = useNavigate();
  const make = madeBy(id) ?? (undoes === undefined ? undefined : undoing(undoes));
  const mutation = useMutation({
    mutationFn: async ({ change }: { change?: object }) => {
      if (!make) throw new TypeError('How this plan was made is not known any more.');
      const plan = await make(undefined, change);
      rememberMade(plan.id, change ? (signal, more) => make(signal, { ...change, ...more }) : make);
      return plan;
    },
    onSuccess: (plan, { change }) =>
      navigate({
        to: '/plans/$planId',
        params: { planId: plan.id },
        search: { from, ...(!change && { stale: '1' as const }) },
        replace: true,
      }),
  });
  const { mutate } = mutation;
  const change = useMemo(() => make && ((wanted: object) => mutate({ change: wanted })), [make, mutate]);
  return {
    isPending: mutation.isPending,
    error: mutation.error,
    /** Absent where no one knows any more what was asked for: after a reload of the page. */
    again: make && (() => mutate({})),
    change,
  };
}

function undoing(operationId: string): MakePlan {
  return (signal) => api.operations.planUndo({ operationId }, signal ? { signal } : {});
}
