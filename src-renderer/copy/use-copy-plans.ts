import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import type { CopyOptions, CopyPlan } from '../../src-main/common/transfer.ts';
import { api } from '../api.ts';

/** Plans in the making at once: the registry's own pacing is behind them. */
const AT_ONCE = 4;

export interface CopyRequest {
  source: RepositoryPlace;
  /** Tags or one digest. */
  references: readonly string[];
  target: RepositoryPlace;
  /** Tag at the target for a single reference; several keep their names. */
  tag: string | undefined;
  options: CopyOptions;
}

/** Plans of one or more copies, made a few at a time; all or none. */
export function useCopyPlans() {
  const abort = useRef<AbortController>(undefined);
  const [done, setDone] = useState(0);
  const mutation = useMutation({
    mutationFn: async ({
      source,
      references,
      target,
      tag,
      options,
    }: CopyRequest): Promise<readonly CopyPlan[]> => {
      abort.current?.abort();
      const controller = new AbortController();
      abort.current = controller;
      const { signal } = controller;
      setDone(0);
      const plans: CopyPlan[] = new Array(references.length);
      const queue = references.entries();
      const work = async () => {
        for (const [index, reference] of queue) {
          plans[index] = await api.transfers.plan(
            { source: { ...source, reference }, target: { ...target, tag: tag ?? reference }, options },
            { signal },
          );
          setDone((count) => count + 1);
        }
      };
      try {
        await Promise.all(Array.from({ length: AT_ONCE }, work));
      } catch (error) {
        controller.abort();
        throw error;
      }
      return plans;
    },
  });
  return { ...mutation, done, stop: () => abort.current?.abort() };
}
