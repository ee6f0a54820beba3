import { Button } from '@mantine/core';
import { IconLock, IconPackageOff, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { useLockReason } from '../accounts/lock.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { NoMatch } from '../ui/no-match.tsx';
import type { RepositoryList } from './rows.ts';
import { useRegistry } from './use-registry.ts';

export interface EmptyRepositoriesProps {
  account: Account;
  list: RepositoryList;
  filter: string;
  onClear: () => void;
  onAdd: () => void;
}

/** Why no repository is shown, and what to do. */
export function EmptyRepositories({ account, list, filter, onClear, onAdd }: EmptyRepositoriesProps) {
  const { t } = useTranslation();
  if (list.rows.length > 0) {
    return (
      <NoMatch title={t('repositories.noMatchTitle')} onClear={onClear}>
        {filter === '' ? t('repositories.noneLikeThat') : t('repositories.noMatchHelp', { filter })}
      </NoMatch>
    );
  }
  if (list.listing === 'complete' || list.listing === 'incomplete') {
    return <NoneListed account={account} />;
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

/** Only where something can be pushed is it offered: a cache fills by being pulled through. */
function NoneListed({ account }: { account: Account }) {
  const { t } = useTranslation();
  const lockReason = useLockReason();
  const { isAsked } = useRegistry(account);
  const filled = account.takesNoWrites === 'cache' ? t('repositories.emptyCacheHelp') : lockReason(account);
  return (
    <EmptyState icon={<IconPackageOff size={24} />} title={t('repositories.emptyTitle')}>
      {filled ?? (!isAsked && t('repositories.emptyHelp'))}
    </EmptyState>
  );
}
