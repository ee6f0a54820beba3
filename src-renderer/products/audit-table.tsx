import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductAuditEntry } from '../../src-main/common/product-said.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { MiddleText } from '../ui/middle-text.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { copyingOfRow } from '../ui/row-commands.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import { productQueries } from './queries.ts';

const rowId = ({ id }: ProductAuditEntry) => id;
const rowName = ({ who, what, name }: ProductAuditEntry) => `${who} ${what} ${name}`;

/** A registry's own log of who did what, in its own words. */
export function AuditTable({ accountId, project }: { accountId: string; project: string | undefined }) {
  const { t } = useTranslation();
  const list = useQuery(productQueries.audit(accountId, project));
  const columns = useMemo<readonly VirtualColumn<ProductAuditEntry>[]>(
    () => [
      {
        id: 'at',
        header: t('administration.auditColumns.at'),
        width: 120,
        cell: ({ at }) => <RelativeTime value={at} />,
      },
      ...(['who', 'what', 'kind', 'name'] as const).map(
        (id): VirtualColumn<ProductAuditEntry> => ({
          id,
          header: t(`administration.auditColumns.${id}`),
          width: 100,
          grow: id === 'name' ? 3 : 1,
          // What was done names it.
          usuallyHidden: id === 'kind',
          text: (row) => row[id],
          cell: (row) => <MiddleText>{row[id]}</MiddleText>,
        }),
      ),
      {
        id: 'done',
        header: t('administration.auditColumns.done'),
        width: 80,
        cell: ({ done }) =>
          done === undefined
            ? t('administration.unsaid')
            : t(done ? 'administration.yes' : 'administration.no'),
      },
    ],
    [t],
  );
  if (list.isError) return <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <VirtualTable
      label={t('administration.audit')}
      rows={list.data?.rows ?? []}
      rowId={rowId}
      rowName={rowName}
      columns={columns}
      tableId="audit"
      busy={list.isFetching}
      empty={t('administration.empty')}
      commands={(row) => [[copyingOfRow('text', t('commands.row.copyText'), rowName(row))]]}
    />
  );
}
