import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CopyPlan } from '../../src-main/common/transfer.ts';
import { api } from '../api.ts';
import { failureOf } from '../ui/failure.ts';
import { type CopiesAsked, copyQueries } from './queries.ts';

/** Milliseconds without a key before both sides are looked at. */
const SETTLED = 300;

export interface CopyCheck {
  /** What the copy would do; undefined while it is being found out. */
  plan: CopyPlan | undefined;
  error: unknown;
  /** Starts it. What would be overwritten, or cannot be copied, is shown first; the next press starts it. */
  start: () => void;
  starting: boolean;
  /** Why it could not be started. */
  failure: unknown;
}

/**
 * Looks at both sides while the fields of a copy are filled in, so that it can be started where it is asked for.
 *
 * @param asked undefined while it is not complete
 */
export function useCopyCheck(asked: CopiesAsked | undefined, onStarted: (id: string) => void): CopyCheck {
  const client = useQueryClient();
  const text = asked && JSON.stringify(asked);
  const [settled] = useDebouncedValue(text, SETTLED);
  const isSettled = text !== undefined && settled === text;
  const check = useQuery({
    ...copyQueries.check(asked ?? NOTHING),
    enabled: isSettled,
  });
  const plan = isSettled && !check.isFetching ? check.data : undefined;
  const starting = useMutation({
    mutationFn: async (seen: CopyPlan | undefined) => {
      if (!asked) return undefined;
      const made = await client.ensureQueryData(copyQueries.check(asked));
      if (seen?.id !== made.id && isNoticeable(made)) return undefined;
      return await api.plans.start({ planId: made.id });
    },
    onSuccess: (started) => {
      if (started) onStarted(started.operationId);
    },
    onSettled: (started, error) => {
      const stale = error && ['planStale', 'planExpired'].includes(failureOf(error).code);
      // A plan is started once: the next copy of this kind looks again.
      if (started || stale) void client.invalidateQueries({ queryKey: ['copy', 'check'] });
    },
  });
  return {
    plan,
    error: isSettled && !check.isFetching ? check.error : null,
    start: () => starting.mutate(plan),
    starting: starting.isPending,
    failure: starting.error,
  };
}

/** Never asked for. */
const NOTHING: CopiesAsked = { source: '', target: '', copies: [] };

/** It moves or leaves out something, or could not look. */
function isNoticeable({ items: { by, total } }: CopyPlan): boolean {
  return (by.new ?? 0) < total;
}
