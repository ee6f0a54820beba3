import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { NameInput } from '../lists/name-input.tsx';
import { repositoryQueries } from '../repositories/queries.ts';
import { useDestinations } from './destinations.ts';

export interface RepositoryInputProps {
  /** Of the registry; empty while none is chosen. */
  accountId: string;
  value: string;
  error?: string | false | undefined;
  onChange: (value: string) => void;
}

/** Name of a repository to write to: those that were copied to last are offered first, then the ones that are known of the registry. */
export function RepositoryInput({ accountId, ...field }: RepositoryInputProps) {
  const { t } = useTranslation();
  const { data: known } = useQuery({ ...repositoryQueries.list(accountId), enabled: accountId !== '' });
  const [used] = useDestinations();
  const names = useMemo(
    () =>
      new Set([
        ...used.filter((each) => each.accountId === accountId).map(({ repository }) => repository),
        ...(known?.rows.filter(({ unusable }) => !unusable).map(({ name }) => name) ?? []),
      ]),
    [used, known, accountId],
  );
  return <NameInput label={t('transfers.repository')} names={names} {...field} />;
}
