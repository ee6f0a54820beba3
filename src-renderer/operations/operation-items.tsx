import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation, OperationDetails, OperationItem } from '../../src-main/common/operation.ts';
import { orpc } from '../api.ts';
import { ItemDialog } from '../copy/item-dialog.tsx';
import { usePairColumns } from '../copy/pair-columns.tsx';
import type { PagedRow } from '../lists/paged-rows.ts';
import { PagedTable } from '../lists/paged-table.tsx';
import { StateFilter } from '../lists/state-filter.tsx';
import { throttle } from '../lists/throttle.ts';
import { failureLine } from '../ui/failure-words.ts';
import { copyingOfRow, openingRow } from '../ui/row-commands.tsx';
import { StatusIcon } from '../ui/status-icon.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './operation.module.css';
import { operationQueries } from './queries.ts';

const route = getRouteApi('/transfers/$operationId');

const asPair = (item: OperationItem) => item;

const STATES = ['waiting', 'done', 'failed'] as const satisfies readonly OperationItem['state'][];
/** Milliseconds between two readings of the rows while tags are being finished. */
const READ_AGAIN = 1_000;

export interface OperationItemsProps {
  operation: Operation;
  counts: OperationDetails['items'] | undefined;
}

/** The tags of a transfer and the state of each. */
export function OperationItems({ operation: { id, status }, counts }: OperationItemsProps) {
  const { t } = useTranslation();
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const [opened, setOpened] = useState<OperationItem>();
  const columns = useItemColumns();
  const readAgain = useReadAgain(`${status} ${counts?.done} ${counts?.failed}`);
  return (
    <>
      <StateFilter
        alone
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
        onChange={(next) => void navigate({ search: { state: next }, replace: true, resetScroll: false })}
      />
      <PagedTable
        label={t('transferPages.itemsLabel')}
        list={`${id} ${state}`}
        page={(page) => operationQueries.items(id, state, page)}
        columns={columns}
        commands={(item) => [
          [openingRow(t, () => setOpened(item), t('commands.row.show'))],
          [copyingOfRow('name', t('commands.row.copyName'), `${item.target.repository}:${item.target.tag}`)],
        ]}
        onOpen={setOpened}
        onRetry={readAgain}
        empty={t('transferPages.noItems')}
      />
      <ItemDialog item={opened} onClose={() => setOpened(undefined)} />
    </>
  );
}

/** Reads the rows in view again when what is known of them changes, and when asked to. */
function useReadAgain(state: string): () => void {
  const client = useQueryClient();
  const [reading] = useState(() =>
    throttle(() => void client.invalidateQueries({ queryKey: orpc.operations.items.key() }), READ_AGAIN),
  );
  const before = useRef(state);
  useEffect(() => {
    if (before.current === state) return;
    before.current = state;
    reading.request();
  }, [state, reading]);
  useEffect(() => () => reading.cancel(), [reading]);
  return reading.request;
}

function useItemColumns(): readonly VirtualColumn<PagedRow<OperationItem>>[] {
  const { t } = useTranslation();
  const ends = usePairColumns(asPair);
  return useMemo<readonly VirtualColumn<PagedRow<OperationItem>>[]>(() => {
    const words = ({ state, failure }: OperationItem) =>
      failure ? failureLine(t, failure) : t(`transferPages.itemStates.${state}`);
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
