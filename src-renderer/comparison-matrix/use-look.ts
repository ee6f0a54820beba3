import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { MatrixDefinition, MatrixLooking } from '../../src-main/common/comparison-matrix.ts';
import { api } from '../api.ts';
import { throttle } from '../lists/throttle.ts';
import { useWork } from '../ui/use-work.ts';
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
  const { running, error, start: begin, cancel: stop } = useWork();
  const [looking, setLooking] = useState<MatrixLooking>();
  const start = useCallback(
    (definition: MatrixDefinition, maxAge?: number) => {
      setLooking(undefined);
      const show = () => void client.invalidateQueries({ queryKey: matrixQueries.all() });
      const showing = throttle(show, SHOW_EVERY);
      const look = async (signal: AbortSignal) => {
        const input = { ...definition, ...(maxAge === undefined ? {} : { maxAge }) };
        try {
          for await (const each of await api.comparisonMatrix.look(input, { signal })) {
            setLooking(each);
            showing.request();
          }
        } finally {
          showing.cancel();
        }
      };
      begin(look, show);
    },
    [client, begin],
  );
  return { looking, running, error, start, stop };
}
