import { Button } from '@mantine/core';
import { IconDatabaseOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { useAccounts } from '../accounts/queries.ts';
import { ListProblem } from '../lists/list-problem.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { VirtualTable, type VirtualTableProps } from '../ui/virtual-table.tsx';
import { useRegistryCommands } from './use-registry-commands.ts';

/** Of an account; an account may have several. */
export interface RegistriesRow {
  readonly account: Account;
}

export interface RegistriesPageProps<Row extends RegistriesRow>
  extends Pick<VirtualTableProps<Row>, 'label' | 'rows' | 'rowId' | 'rowName' | 'columns' | 'onOpen'> {
  title: string;
  accounts: ReturnType<typeof useAccounts>;
}

/** A page about all registries, by its rows: without any, the way to the first one. */
export function RegistriesPage<Row extends RegistriesRow>({
  title,
  accounts,
  ...table
}: RegistriesPageProps<Row>) {
  const { t } = useTranslation();
  const commandsOf = useRegistryCommands();
  return (
    <Page>
      <PageHeader title={title} />
      <ListProblem query={accounts} />
      {accounts.data?.length === 0 && (
        <EmptyState
          icon={<IconDatabaseOff size={24} />}
          title={t('layout.noRegistries')}
          action={
            <Button renderRoot={(props) => <Link to="/accounts/new" {...props} />}>
              {t('layout.addRegistry')}
            </Button>
          }
        />
      )}
      {(accounts.isPending || table.rows.length > 0) && (
        <VirtualTable {...table} busy={accounts.isPending} commands={({ account }) => commandsOf(account)} />
      )}
    </Page>
  );
}
