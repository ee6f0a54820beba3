import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { useAccountName } from '../accounts/queries.ts';
import type { Names } from '../operation-kind.ts';
import { lineOf } from '../operation-kinds.ts';
import { savedQueries } from '../saved/queries.ts';

/** What registries and saved transfers are called here; the same object until one of them is called otherwise. */
function useNames(): Names {
  const registry = useAccountName();
  const { data: saved } = useQuery(savedQueries.list());
  return useMemo(
    () => ({ registry, saved: (id) => saved?.find((each) => each.id === id)?.name }),
    [registry, saved],
  );
}

/** What an operation does, or has done, in one line, by the names that are in use here. */
export function useLine(): (operation: Pick<Operation, 'subject' | 'title' | 'status'>) => string {
  const { t } = useTranslation();
  const names = useNames();
  return useCallback((operation) => lineOf(t, names, operation), [t, names]);
}
