import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { type MakePlan, rememberMade } from './made.ts';
import { planQueries } from './queries.ts';

/** Makes a plan and opens its page. Leaving the place where it was asked for stops it, and so does `stop`. */
export function useMakePlan() {
  const navigate = useNavigate();
  const router = useRouter();
  const client = useQueryClient();
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);
  const mutation = useMutation({
    mutationFn: async (make: MakePlan) => {
      abort.current?.abort();
      abort.current = new AbortController();
      const { signal } = abort.current;
      const plan = await make(signal);
      signal.throwIfAborted();
      rememberMade(plan.id, make);
      // Its page shows it at once.
      client.setQueryData(planQueries.get(plan.id).queryKey, plan);
      return plan;
    },
    onSuccess: ({ id }) =>
      navigate({
        to: '/plans/$planId',
        params: { planId: id },
        search: { from: router.state.location.href },
      }),
  });
  return { ...mutation, stop: () => abort.current?.abort() };
}
