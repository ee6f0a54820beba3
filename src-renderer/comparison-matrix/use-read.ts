import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type {
  MatrixDefinition,
  MatrixFilter,
  MatrixReading,
} from '../../src-main/common/comparison-matrix.ts';
import { api } from '../api.ts';
import { useWork } from '../ui/use-work.ts';
import { matrixQueries } from './queries.ts';

/** Has manifests read that no scan has, and shows what they say once it ends. Leaving the page stops it: what was read stays. */
export function useRead(definition: MatrixDefinition, filter: MatrixFilter) {
  const client = useQueryClient();
  const { running, error, start: begin, cancel: stop } = useWork();
  /** How far it is, or how it ended. */
  const [reading, setReading] = useState<MatrixReading>();
  const start = useCallback(() => {
    setReading(undefined);
    const read = async (signal: AbortSignal) => {
      for await (const each of await api.comparisonMatrix.read({ ...definition, filter }, { signal }))
        setReading(each);
    };
    begin(read, () => void client.invalidateQueries({ queryKey: matrixQueries.all() }));
  }, [client, definition, filter, begin]);
  return { reading, running, error, start, stop };
}
