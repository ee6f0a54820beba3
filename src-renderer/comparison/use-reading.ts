import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { ComparisonStep } from '../../src-main/common/comparison.ts';
import { api } from '../api.ts';
import { useWork } from '../ui/use-work.ts';
import { comparisonQueries, type KnownComparison, type PinnedPair, type Reading } from './queries.ts';

export interface LayersRead {
  readonly known: KnownComparison | undefined;
  /** How far it is; undefined while it does not report, `running` says whether it is under way. */
  readonly progress: Extract<ComparisonStep, { kind: 'reading' }> | undefined;
  readonly running: boolean;
  readonly error: unknown;
  /** Reads this as well as what was read before. */
  readonly start: (more: Partial<Reading>) => void;
  readonly cancel: () => void;
}

const NOTHING: Reading = { files: false, packages: false, shared: false };

/** Reads the layers that two images differ in. It ends with the page that shows it. Keep `pair` the same from render to render. */
export function useReading(pair: PinnedPair): LayersRead {
  const client = useQueryClient();
  const { data: known } = useQuery(comparisonQueries.read(pair));
  const work = useWork();
  const [progress, setProgress] = useState<LayersRead['progress']>();
  const start = useCallback(
    (more: Partial<Reading>) => {
      setProgress(undefined);
      const { queryKey } = comparisonQueries.read(pair);
      const read = { ...(client.getQueryData(queryKey)?.read ?? NOTHING), ...more };
      work.start(async (signal) => {
        for await (const step of await api.comparison.compare({ ...pair, ...read }, { signal })) {
          if (step.kind === 'reading') setProgress(step);
          else client.setQueryData(queryKey, { comparison: step.comparison, read });
        }
      });
    },
    [client, pair, work.start],
  );
  const { running, error, cancel } = work;
  return { known, progress, running, error, start, cancel };
}
