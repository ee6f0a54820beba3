import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type {
  MatrixDefinition,
  MatrixFilter,
  MatrixReading,
} from '../../src-main/common/comparison-matrix.ts';
import { api } from '../api.ts';
import { matrixQueries } from './queries.ts';

export interface ReadState {
  /** How far it is, or how it ended. */
  reading: MatrixReading | undefined;
  running: boolean;
  error: unknown;
}

/** Has manifests read that no scan has, and shows what they say once it ends. Leaving the page stops it: what was read stays. */
export function useRead(definition: MatrixDefinition, filter: MatrixFilter) {
  const client = useQueryClient();
  const [state, setState] = useState<ReadState>(IDLE);
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);
  const start = useCallback(() => {
    const stop = new AbortController();
    abort.current = stop;
    const { signal } = stop;
    const read = async () => {
      setState({ ...IDLE, running: true });
      try {
        for await (const reading of await api.comparisonMatrix.read({ ...definition, filter }, { signal }))
          setState({ reading, running: true, error: undefined });
      } catch (error) {
        if (!signal.aborted) setState({ ...IDLE, error });
      } finally {
        setState((before) => ({ ...before, running: false }));
        void client.invalidateQueries({ queryKey: matrixQueries.all() });
      }
    };
    void read();
  }, [client, definition, filter]);
  const stop = useCallback(() => abort.current?.abort(), []);
  return { ...state, start, stop };
}

const IDLE: ReadState = { reading: undefined, running: false, error: undefined };
