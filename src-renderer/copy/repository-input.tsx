import { Autocomplete } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { foldText } from '../lists/word-filter.ts';
import { repositoryQueries } from '../repositories/queries.ts';
import classes from './copy.module.css';
import { useDestinations } from './destinations.ts';

/** Repositories offered while typing. */
const SUGGESTIONS = 20;

export interface RepositoryInputProps {
  /** Of the registry; empty while none is chosen. */
  accountId: string;
  value: string;
  error?: string | false | undefined;
  onChange: (value: string) => void;
}

/** Name of a repository to write to: those that were copied to last are offered first, then the ones that are known of the registry. */
export function RepositoryInput({ accountId, value, error, onChange }: RepositoryInputProps) {
  const { t } = useTranslation();
  const { data: known } = useQuery({ ...repositoryQueries.list(accountId), enabled: accountId !== '' });
  const [used] = useDestinations();
  const names = useMemo(
    () => [
      ...new Set([
        ...used.filter((each) => each.accountId === accountId).map(({ repository }) => repository),
        ...(known?.rows.filter(({ unusable }) => !unusable).map(({ name }) => name) ?? []),
      ]),
    ],
    [used, known, accountId],
  );
  const suggestions = useMemo(() => {
    const typed = foldText(value);
    const found = names.filter((name) => name !== value && foldText(name).includes(typed));
    return found.slice(0, SUGGESTIONS);
  }, [names, value]);
  return (
    <Autocomplete
      label={t('transfers.repository')}
      classNames={{ input: classes.mono ?? '', option: classes.mono ?? '' }}
      data={suggestions}
      // They are those that match already.
      filter={({ options }) => options}
      value={value}
      error={error}
      onChange={onChange}
    />
  );
}
