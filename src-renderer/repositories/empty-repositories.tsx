import { Button } from '@mantine/core';
import { IconLock, IconPackageOff, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';
import { NoMatch } from '../ui/no-match.tsx';
import type { RepositoryList } from './rows.ts';

export interface EmptyRepositoriesProps {
  list: RepositoryList;
  filter: string;
  onClear: () => void;
  onAdd: () => void;
}

/** Why no repository is shown, and what to do. */
export function EmptyRepositories({ list, filter, onClear, onAdd }: EmptyRepositoriesProps) {
  const { t } = useTranslation();
  if (list.rows.length > 0) {
    return (
      <NoMatch title={t('repositories.noMatchTitle')} onClear={onClear}>
        {filter === '' ? t('repositories.noneLikeThat') : t('repositories.noMatchHelp', { filter })}
      </NoMatch>
    );
  }
  if (list.listing === 'complete' || list.listing === 'incomplete') {
    return (
      <EmptyState icon={<IconPackageOff size={24} />} title={t('repositories.emptyTitle')}>
        {t('repositories.emptyHelp')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<IconLock size={24} />}
      title={t(`repositories.${list.listing}Title`)}
      action={
        <Button variant="default" leftSection={<IconPlus size={14} />} onClick={onAdd}>
          {t('repositories.add')}
        </Button>
      }
    >
      {t(`repositories.${list.listing}Help`)}
    </EmptyState>
  );
}
