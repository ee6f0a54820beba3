import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation, OperationDetails, OperationItem } from '../../src-main/common/operation.ts';
import { orpc } from '../api.ts';
import type { PagedRow } from '../lists/paged-rows.ts';
import { StateFilter } from '../lists/state-filter.tsx';
import { throttle } from '../lists/throttle.ts';
import { usePagedRows } from '../lists/use-paged-rows.ts';
import { StatusIcon } from '../operations/status-icon.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import { type VirtualColumn, VirtualTable } from '../ui/virtual-table.tsx';
import { ItemDialog } from './item-dialog.tsx';
import classes from './pages.module.css';
import { useEndColumns } from './plan-columns.tsx';
import { transferQueries } from './queries.ts';

const route = getRouteApi('/transfers/$operationId');

const STATES = ['waiting', 'done', 'failed'] as const satisfies readonly OperationItem['state'][];
/** Milliseconds between two readings of the rows while tags are being finished. */
const READ_AGAIN = 1_000;

const idOf = ({ position }: PagedRow<OperationItem>) => String(position);

export interface TransferItemsProps {
  operation: Operation;
  counts: OperationDetails['items'] | undefined;
}

/** The tags of a transfer and how each of them stands. */
export function TransferItems({ operation: { id, status }, counts }: TransferItemsProps) {
  const { t } = useTranslation();
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const [opened, setOpened] = useState<OperationItem>();
  const columns = useItemColumns();
  const items = usePagedRows(`${id} ${state}`, (page) => transferQueries.items(id, state, page));
  const readAgain = useReadAgain(`${status} ${counts?.done} ${counts?.failed}`);
  return (
    <>
      <StateFilter
        label={t('transferPages.itemState')}
        value={state}
        options={[
          { value: undefined, label: t('transferPages.allItems'), count: counts?.total },
          ...STATES.map((value) => ({
            value,
            label: t(`transferPages.itemStates.${value}`),
            count: counts && { ...counts, waiting: counts.total - counts.done - counts.failed }[value],
          })),
        ]}
        onChange={(next) => void navigate({ search: { state: next }, replace: true })}
      />
      {items.isPending && <TableSkeleton rows={6} />}
      {items.error && <ErrorPanel error={items.error} onRetry={readAgain} />}
      {!items.isPending && !items.error && (
        <VirtualTable
          label={t('transferPages.itemsLabel')}
          rows={items.rows}
          rowId={idOf}
          rowName={idOf}
          columns={columns}
          onOpen={({ item }) => setOpened(item)}
          onVisible={items.onVisible}
          busy={items.isReading}
          empty={<p className={classes.none}>{t('transferPages.noItems')}</p>}
        />
      )}
      <ItemDialog item={opened} onClose={() => setOpened(undefined)} />
    </>
  );
}

/** Reads the rows in view again when what is told of them changes, and when asked to. */
function useReadAgain(told: string): () => void {
  const client = useQueryClient();
  const [reading] = useState(() =>
    throttle(() => void client.invalidateQueries({ queryKey: orpc.operations.items.key() }), READ_AGAIN),
  );
  const before = useRef(told);
  useEffect(() => {
    if (before.current === told) return;
    before.current = told;
    reading.request();
  }, [told, reading]);
  useEffect(() => () => reading.cancel(), [reading]);
  return reading.request;
}

function useItemColumns(): readonly VirtualColumn<PagedRow<OperationItem>>[] {
  const { t } = useTranslation();
  const ends = useEndColumns();
  return useMemo<readonly VirtualColumn<PagedRow<OperationItem>>[]>(() => {
    const words = ({ state, failure }: OperationItem) =>
      failure
        ? [t(`errors.${failure.code}.title`), failure.side && t(`operations.side.${failure.side}`)]
            .filter((part) => part !== undefined)
            .join(', ')
        : t(`transferPages.itemStates.${state}`);
    return [
      ...ends,
      {
        id: 'state',
        header: t('transferPages.itemState'),
        width: 170,
        grow: 3,
        text: ({ item }) => item && words(item),
        cell: ({ item }) =>
          item && (
            <span className={classes.state} data-item-state={item.state}>
              <StatusIcon status={item.state === 'waiting' ? 'queued' : item.state} />
              {words(item)}
            </span>
          ),
      },
    ];
  }, [t, ends]);
}
