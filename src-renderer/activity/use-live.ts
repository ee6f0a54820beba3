import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryRow } from '../../src-main/common/audit.ts';
import type { Operation } from '../../src-main/common/operation.ts';
import { operationQueries } from '../operations/queries.ts';
import { useLine } from '../operations/use-line.ts';
import { ownLine } from './own-change.ts';

/** The operation of a row as it is this moment; undefined where it has none. */
export function useLive({ operation }: HistoryRow): Operation | undefined {
  const { data: watched } = useQuery(operationQueries.watched());
  return operation && (watched?.get(operation.id) ?? operation);
}

/** What a change does, or has done, in one line. */
export function useChangeLine(): (row: HistoryRow) => string {
  const { t } = useTranslation();
  const line = useLine();
  return useCallback(
    (row) => (row.operation ? line(row.operation) : (ownLine(t, row) ?? row.what ?? row.kind ?? '')),
    [t, line],
  );
}
