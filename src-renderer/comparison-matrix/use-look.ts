import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { MatrixDefinition, MatrixLooking } from '../../src-main/common/comparison-matrix.ts';
import { api } from '../api.ts';
import { throttle } from '../lists/throttle.ts';
import { matrixQueries } from './queries.ts';

/** Milliseconds between two looks at what was found so far. */
const SHOW_EVERY = 3_000;

export interface Look {
  /** How far it is, or how it ended. */
  looking: MatrixLooking | undefined;
  running: boolean;
  error: unknown;
  start: (definition: MatrixDefinition, maxAge?: number) => void;
  /** It goes on from there when it is started again. */
  stop: () => void;
}

/** Has the sides of a comparison looked at, and shows what is found meanwhile. Leaving the page stops it. */
export function useLook(): Look {
  const client = useQueryClient();
  const [state, setState] = useState<Pick<Look, 'looking' | 'running' | 'error'>>(IDLE);
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);
  const start = useCallback(
    (definition: MatrixDefinition, maxAge?: number) => {
      abort.current?.abort();
      const stop = new AbortController();
      abort.current = stop;
      const { signal } = stop;
      const show = () => void client.invalidateQueries({ queryKey: matrixQueries.all() });
      const showing = throttle(show, SHOW_EVERY);
      const set = (next: Partial<typeof IDLE>) => {
        if (abort.current === stop) setState((before) => ({ ...before, ...next }));
      };
      const look = async () => {
        set({ looking: undefined, running: true, error: undefined });
        try {
          const input = { ...definition, ...(maxAge === undefined ? {} : { maxAge }) };
          for await (const looking of await api.comparisonMatrix.look(input, { signal })) {
            set({ looking });
            showing.request();
          }
        } catch (error) {
          if (!signal.aborted) set({ error });
        } finally {
          showing.cancel();
          set({ running: false });
          show();
        }
      };
      void look();
    },
    [client],
  );
  const stop = useCallback(() => abort.current?.abort(), []);
  return { ...state, start, stop };
}

const IDLE: Pick<Look, 'looking' | 'running' | 'error'> = {
  looking: undefined,
  running: false,
  error: undefined,
};
