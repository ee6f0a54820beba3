import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { failureOf } from '../ui/failure.ts';

export interface PlanStartOptions<Confirmed> {
  /** Starts what was confirmed on the main side. */
  start: (confirmed: Confirmed) => Promise<unknown>;
  onStarted: () => void;
  /** Makes the plan again: a tag moved since, or the plan was too old. The dialog says so by `replanned`. */
  replan: () => void;
}

/** The confirmation of a plan, the same for every kind: it starts, or the plan is made anew and shown for another look. */
export function usePlanStart<Confirmed>({ start, onStarted, replan }: PlanStartOptions<Confirmed>) {
  const [replanned, setReplanned] = useState(false);
  const mutation = useMutation({
    mutationFn: start,
    onSuccess: onStarted,
    onError: (error) => {
      const { code } = failureOf(error);
      if (code !== 'planStale' && code !== 'planExpired') return;
      setReplanned(true);
      replan();
    },
  });
  return {
    confirm: mutation.mutate,
    pending: mutation.isPending,
    /** Why it did not start; absent where a new plan answers it. */
    error: replanned ? null : mutation.error,
    replanned,
    /** The reader chose something else: the old plan is no matter any more. */
    forget: () => setReplanned(false),
  };
}
