import { Anchor } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedCleanup } from '../../src-main/common/cleanup-run.ts';
import { useAccounts } from '../accounts/queries.ts';
import { RegistriesPage, type RegistriesRow } from '../layout/registries-page.tsx';
import { useTabIndex } from '../ui/row-focus.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { LastRun } from './last-run.tsx';
import { cleanupQueries } from './queries.ts';
import { scheduleText } from './words.ts';

/** Rules of a registry; a registry without any has a row, too. */
interface Row extends RegistriesRow {
  readonly rules: SavedCleanup | undefined;
  /** Whether there are rules could not be read. */
  readonly isFailed: boolean;
  readonly isRead: boolean;
}

const rowId = ({ account, rules }: Row) => rules?.id ?? account.id;
const rowName = ({ account, rules }: Row) => (rules ? `${account.name}: ${rules.name}` : account.name);

/** The cleanup rules that are kept, of all registries: when each runs by itself, and how that ended. */
export function RegistriesCleanupPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const accounts = useAccounts();
  const rows = useQueries({
    queries: (accounts.data ?? []).map(({ id }) => cleanupQueries.saved(id)),
    combine: (results): readonly Row[] =>
      (accounts.data ?? []).flatMap((account, index): readonly Row[] => {
        const { data, isError = false } = results[index] ?? {};
        const row = { account, rules: undefined, isFailed: isError, isRead: data !== undefined };
        return data && data.length > 0 ? data.map((rules) => ({ ...row, rules })) : [row];
      }),
  });
  const columns = useColumns();
  return (
    <RegistriesPage
      title={t('cleanup.title')}
      accounts={accounts}
      label={t('cleanup.registries.label')}
      rows={rows}
      rowId={rowId}
      rowName={rowName}
      columns={columns}
      onOpen={({ account, rules }) =>
        void navigate({
          to: '/registries/$accountId/cleanup',
          params: { accountId: account.id },
          search: { rules: rules?.id },
        })
      }
    />
  );
}

function useColumns(): readonly VirtualColumn<Row>[] {
  const { t } = useTranslation();
  return useMemo<readonly VirtualColumn<Row>[]>(
    () => [
      {
        id: 'registry',
        header: t('cleanup.registries.registry'),
        width: 140,
        grow: 1,
        text: ({ account }) => account.name,
        cell: ({ account }) => account.name,
      },
      {
        id: 'rules',
        header: t('cleanup.registries.rules'),
        width: 160,
        grow: 2,
        cell: (row) => <RulesLink {...row} />,
      },
      {
        id: 'schedule',
        header: t('cleanup.registries.schedule'),
        width: 140,
        cell: ({ rules }) =>
          rules && (rules.schedule ? scheduleText(t, rules.schedule.hours) : t('cleanup.never')),
      },
      {
        id: 'lastRun',
        header: t('cleanup.registries.lastRun'),
        width: 260,
        grow: 2,
        cell: ({ rules }) => rules?.lastRun && <LastRun run={rules.lastRun} />,
      },
    ],
    [t],
  );
}

function RulesLink({ account, rules, isFailed, isRead }: Row) {
  const { t } = useTranslation();
  const tabIndex = useTabIndex();
  if (!isRead) return isFailed && t('common.unknown');
  return (
    <Anchor
      inherit
      {...(rules ? {} : { c: 'dimmed' })}
      tabIndex={tabIndex}
      renderRoot={(props) => (
        <Link
          to="/registries/$accountId/cleanup"
          params={{ accountId: account.id }}
          search={{ rules: rules?.id }}
          {...props}
        />
      )}
    >
      {rules?.name ?? t('cleanup.registries.none')}
    </Anchor>
  );
}
