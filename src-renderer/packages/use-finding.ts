import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { PackageSearch, PackageSummary } from '../../src-main/common/packages.ts';
import { api } from '../api.ts';
import { useWork } from '../ui/use-work.ts';
import { packageQueries, type ShownPackages } from './queries.ts';

export interface Finding {
  readonly summary: PackageSummary | undefined;
  /** How far it is; undefined while it does not report, `running` says whether it is under way. */
  readonly progress: Extract<PackageSearch, { kind: 'reading' }> | undefined;
  readonly running: boolean;
  readonly error: unknown;
  readonly start: () => void;
  readonly cancel: () => void;
}

/** Looks for the packages of an image. It ends with the page that shows it. Keep `shown` the same from render to render. */
export function useFinding(shown: ShownPackages): Finding {
  const client = useQueryClient();
  const { data: summary } = useQuery(packageQueries.summary(shown));
  const work = useWork();
  const [progress, setProgress] = useState<Finding['progress']>();
  const start = useCallback(() => {
    setProgress(undefined);
    work.start(async (signal) => {
      for await (const one of await api.packages.find(shown, { signal })) {
        if (one.kind === 'reading') setProgress(one);
        else client.setQueryData(packageQueries.summary(shown).queryKey, one.summary);
      }
    });
  }, [client, shown, work.start]);
  const { running, error, cancel } = work;
  return { summary, progress, running, error, start, cancel };
}
