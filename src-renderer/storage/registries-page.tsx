import { useQueries } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { StorageSummary } from '../../src-main/common/storage.ts';
import { useAccounts } from '../accounts/queries.ts';
import { RegistriesPage, type RegistriesRow } from '../layout/registries-page.tsx';
import { Bytes } from '../ui/bytes.tsx';
import { formatCount } from '../ui/format.ts';
import { PendingCell } from '../ui/pending-cell.tsx';
import { useTabIndex } from '../ui/row-focus.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { KnownLine } from './known.tsx';
import { storageQueries } from './queries.ts';
import classes from './storage.module.css';

interface Row extends RegistriesRow {
  /** Undefined until it was read. */
  readonly summary: StorageSummary | undefined;
  readonly isFailed: boolean;
}

const rowId = ({ account }: Row) => account.id;
const rowName = ({ account }: Row) => account.name;

/** What each registry holds, as far as it is known. */
export function RegistriesStoragePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const accounts = useAccounts();
  const rows = useQueries({
    queries: (accounts.data ?? []).map(({ id }) => storageQueries.summary({ accountId: id })),
    combine: (results): readonly Row[] =>
      (accounts.data ?? []).map((account, index) => ({
        account,
        summary: results[index]?.data,
        isFailed: results[index]?.isError ?? false,
      })),
  });
  const columns = useColumns();
  return (
    <RegistriesPage
      title={t('storage.title')}
      accounts={accounts}
      label={t('storage.registriesLabel')}
      rows={rows}
      rowId={rowId}
      rowName={rowName}
      columns={columns}
      onOpen={({ account }) =>
        void navigate({ to: '/registries/$accountId/storage', params: { accountId: account.id } })
      }
    />
  );
}

function useColumns(): readonly VirtualColumn<Row>[] {
  const { t, i18n } = useTranslation();
  return useMemo<readonly VirtualColumn<Row>[]>(() => {
    const number = (id: 'repositories' | 'tags'): VirtualColumn<Row> => ({
      id,
      header: t(`storage.${id}`),
      width: 86,
      align: 'end',
      cell: (row) => known(row, isListed, ({ [id]: count }) => formatCount(count, i18n.language)),
    });
    const bytes = (
      id: 'uniqueBytes' | 'referencedBytes' | 'sharedBytes',
      header: string,
    ): VirtualColumn<Row> => ({
      id,
      header,
      width: 84,
      align: 'end',
      cell: (row) => known(row, isScanned, ({ [id]: value }) => <Bytes value={value} />),
    });
    return [
      {
        id: 'name',
        header: t('storage.registry'),
        width: 140,
        grow: 1,
        text: rowName,
        cell: ({ account }) => <RegistryLink account={account} />,
      },
      number('repositories'),
      number('tags'),
      bytes('uniqueBytes', t('storage.unique')),
      bytes('sharedBytes', t('storage.shared')),
      bytes('referencedBytes', t('storage.referenced')),
      {
        id: 'known',
        header: t('storage.knowledge'),
        width: 300,
        grow: 2,
        cell: ({ summary, isFailed }) =>
          summary ? <KnownLine known={summary.known} /> : isFailed ? t('common.unknown') : <PendingCell />,
      },
    ];
  }, [t, i18n.language]);
}

/** A number that nobody has counted is none: not zero. */
function known(
  { summary, isFailed }: Row,
  isKnown: (summary: StorageSummary) => boolean,
  cell: (summary: StorageSummary) => ReactNode,
): ReactNode {
  if (!summary) return isFailed ? null : <PendingCell />;
  return isKnown(summary) ? cell(summary) : <span className={classes.quiet}>–</span>;
}

const isListed = ({ known: { complete, scanned } }: StorageSummary) => complete || scanned.total > 0;
const isScanned = ({ known: { complete, scanned } }: StorageSummary) => complete || scanned.done > 0;

function RegistryLink({ account: { id, name } }: RegistriesRow) {
  return (
    <Link
      to="/registries/$accountId/storage"
      params={{ accountId: id }}
      className={classes.link}
      tabIndex={useTabIndex()}
    >
      {name}
    </Link>
  );
}
