import { Button } from '@mantine/core';
import { IconArrowForwardUp, IconBookmark, IconPencil, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedTransfer } from '../../src-main/common/transfer.ts';
import { useAccounts } from '../accounts/queries.ts';
import { orpc } from '../api.ts';
import { useOperation } from '../operations/use-operation.ts';
import { HandOverDialog, harborsOf } from '../products/hand-over.tsx';
import { ConfirmRemoval } from '../ui/confirm-removal.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { copyingOfRow, openingRow } from '../ui/row-commands.tsx';
import { useTabIndex } from '../ui/row-focus.ts';
import { StatusIcon } from '../ui/status-icon.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import { savedQueries } from './queries.ts';
import classes from './saved.module.css';

const idOf = ({ id }: SavedTransfer) => id;
const nameOf = ({ name }: Pick<SavedTransfer, 'name'>) => name;

/** Transfers kept by name: each is planned anew, then run. */
export function SavedList({ saved }: { saved: readonly SavedTransfer[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [removing, setRemoving] = useState<SavedTransfer>();
  const [handed, setHanded] = useState<SavedTransfer>();
  const { data: accounts = [] } = useAccounts();
  const unreadable = useQuery(savedQueries.unreadable());
  const columns = useSavedColumns(setRemoving);
  const plan = (id: string) => void navigate({ to: '/transfers/plan', search: { saved: id } });
  return (
    <>
      {unreadable.data && unreadable.data.length > 0 && (
        <p className={classes.quiet} role="status">
          {t('transferPages.unreadableSaved', { names: unreadable.data.map(nameOf).join(', ') })}
        </p>
      )}
      <VirtualTable
        label={t('transferPages.savedLabel')}
        rows={saved}
        rowId={idOf}
        rowName={nameOf}
        columns={columns}
        tableId="saved"
        commands={(saved) => [
          [
            openingRow(t, () => plan(saved.id), t('transferPages.run')),
            {
              id: 'saved.edit',
              group: 'page',
              label: t('common.edit'),
              icon: IconPencil,
              run: () => void navigate({ to: '/transfers/new', search: { saved: saved.id } }),
            },
          ],
          harborsOf(saved, accounts).length > 0
            ? [
                {
                  id: 'saved.handOver',
                  group: 'page',
                  label: t('handingOver.action', { product: t('ui.systems.harbor') }),
                  icon: IconArrowForwardUp,
                  run: () => setHanded(saved),
                },
              ]
            : [],
          [copyingOfRow('name', t('commands.row.copyName'), saved.name)],
          [
            {
              id: 'saved.remove',
              group: 'page',
              label: t('common.remove'),
              icon: IconTrash,
              danger: true,
              run: () => setRemoving(saved),
            },
          ],
        ]}
        onOpen={({ id }) => plan(id)}
        empty={
          <EmptyState icon={<IconBookmark size={24} />} title={t('transferPages.noSavedTitle')}>
            {t('transferPages.noSavedHelp')}
          </EmptyState>
        }
      />
      {handed && (
        <HandOverDialog choices={[handed]} accounts={accounts} onClose={() => setHanded(undefined)} />
      )}
      <RemoveSaved saved={removing} onClose={() => setRemoving(undefined)} />
    </>
  );
}

function useSavedColumns(remove: (saved: SavedTransfer) => void): readonly VirtualColumn<SavedTransfer>[] {
  const { t } = useTranslation();
  const { data: accounts } = useAccounts();
  return useMemo(() => {
    const name = (id: string) => accounts?.find((account) => account.id === id)?.name;
    const way = ({ definition: { source, target } }: SavedTransfer) =>
      `${name(source) ?? t('transferPages.goneAccount')} → ${name(target) ?? t('transferPages.goneAccount')}`;
    return [
      { id: 'name', header: t('transferPages.name'), width: 110, grow: 2, text: nameOf, cell: nameOf },
      { id: 'way', header: t('transferPages.way'), width: 136, grow: 3, text: way, cell: way },
      {
        id: 'repositories',
        header: t('transferPages.repositories'),
        width: 90,
        grow: 3,
        text: ({ definition }) => definition.repositories.join(', '),
        cell: ({ definition }) => <span className={classes.mono}>{definition.repositories.join(', ')}</span>,
      },
      {
        id: 'last',
        header: t('transferPages.lastRun'),
        width: 130,
        grow: 1,
        cell: ({ lastOperationId }) => <LastRun operationId={lastOperationId} />,
      },
      {
        id: 'actions',
        header: '',
        width: 190,
        align: 'end',
        cell: (saved) => <SavedActions saved={saved} onRemove={() => remove(saved)} />,
      },
    ];
  }, [t, accounts, remove]);
}

function LastRun({ operationId }: { operationId: string | undefined }) {
  const { t } = useTranslation();
  const tabIndex = useTabIndex();
  const { operation } = useOperation(operationId);
  if (operationId === undefined) return <span className={classes.quiet}>{t('transferPages.neverRun')}</span>;
  if (!operation) return null;
  return (
    <Link
      to="/transfers/$operationId"
      params={{ operationId }}
      tabIndex={tabIndex}
      className={classes.last}
      data-status={operation.status}
    >
      <StatusIcon status={operation.status} />
      {t(`operations.status.${operation.status}`)} · <RelativeTime value={operation.started} />
    </Link>
  );
}

function SavedActions({ saved: { id, name }, onRemove }: { saved: SavedTransfer; onRemove: () => void }) {
  const { t } = useTranslation();
  const tabIndex = useTabIndex();
  const labelled = (action: string) => ({
    'aria-label': t('operations.actionOn', { action, name }),
    tabIndex,
    size: 'compact-xs' as const,
  });
  return (
    <div className={classes.actions}>
      <Button
        {...labelled(t('transferPages.run'))}
        variant="light"
        renderRoot={(props) => <Link to="/transfers/plan" search={{ saved: id }} {...props} />}
      >
        {t('transferPages.run')}
      </Button>
      <Button
        {...labelled(t('common.edit'))}
        variant="default"
        renderRoot={(props) => <Link to="/transfers/new" search={{ saved: id }} {...props} />}
      >
        {t('common.edit')}
      </Button>
      <Button {...labelled(t('common.remove'))} variant="default" onClick={onRemove}>
        {t('common.remove')}
      </Button>
    </div>
  );
}

/** Asks before a saved transfer is forgotten; what it did stays recorded. */
function RemoveSaved({ saved, onClose }: { saved: SavedTransfer | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const remove = useMutation(
    orpc.transfers.removeSaved.mutationOptions({
      onSuccess: async () => {
        onClose();
        await client.invalidateQueries({ queryKey: orpc.transfers.saved.key() });
      },
    }),
  );
  return (
    <ConfirmRemoval
      about={
        saved && {
          title: t('transferPages.removeTitle', { name: saved.name }),
          text: t('transferPages.removeHelp'),
          action: t('common.remove'),
        }
      }
      removal={remove}
      onConfirm={() => saved && remove.mutate({ id: saved.id })}
      onClose={onClose}
    />
  );
}
