import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { PackageSearch, PackageSummary } from '../../src-main/common/packages.ts';
import { api } from '../api.ts';
import { failureOf } from '../ui/failure.ts';
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
  const current = useRef<AbortController>(undefined);
  const [running, setRunning] = useState(false);
  const [progress, setProgress] = useState<Finding['progress']>();
  const [error, setError] = useState<unknown>();
  const cancel = useCallback(() => current.current?.abort(), []);
  const start = useCallback(() => {
    cancel();
    const controller = new AbortController();
    current.current = controller;
    setError(undefined);
    setProgress(undefined);
    setRunning(true);
    const find = async () => {
      for await (const one of await api.packages.find(shown, { signal: controller.signal })) {
        if (one.kind === 'reading') setProgress(one);
        else client.setQueryData(packageQueries.summary(shown).queryKey, one.summary);
      }
    };
    void find()
      .catch((failed: unknown) => {
        if (!controller.signal.aborted && failureOf(failed).code !== 'cancelled') setError(failed);
      })
      .finally(() => {
        if (current.current === controller) setRunning(false);
      });
  }, [client, shown, cancel]);
  useEffect(() => cancel, [cancel]);
  return { summary, progress, running, error, start, cancel };
}
