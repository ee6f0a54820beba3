import { IconArrowsRightLeft, IconChartTreemap, IconSelectAll, IconTrash, IconX } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { useLockReason } from '../accounts/lock.ts';
import { orpc } from '../api.ts';
import type { Command } from '../commands/command.ts';
import { ContextMenu, type Point } from '../commands/context-menu.tsx';
import { useRepositoryCommands } from '../pins/use-repository-commands.ts';
import { toastFailure } from '../ui/toast.tsx';
import { repositoryKeys } from './queries.ts';
import type { SizedRow } from './sized-rows.ts';
import { isGroup, type ListedRow } from './tree.ts';

/** A row's menu, and where it opens: one for the whole table, so that rows stay cheap to draw. */
export interface OpenRepositoryMenu {
  row: ListedRow;
  at: Point;
}

export interface RepositoryMenuProps {
  menu: OpenRepositoryMenu;
  account: Account;
  onClose: () => void;
  /** Chooses all repositories of a namespace. */
  onChoose: (namespace: string) => void;
  /** Opens what deletes them. */
  onDelete: (repositories: readonly string[]) => void;
}

export function RepositoryMenu({
  menu: { row, at },
  account,
  onClose,
  onChoose,
  onDelete,
}: RepositoryMenuProps) {
  const { t } = useTranslation();
  const ofNamespace = useNamespaceCommands(account.id, onChoose);
  const ofRepository = useListedCommands(account, onDelete);
  const name = isGroup(row) ? `${row.namespace}/` : row.name;
  return (
    <ContextMenu
      at={at}
      label={t('common.rowActions', { name })}
      sections={isGroup(row) ? [ofNamespace(row.namespace)] : ofRepository(row)}
      onClose={onClose}
    />
  );
}

function useNamespaceCommands(accountId: string, onChoose: (namespace: string) => void) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (namespace: string): readonly Command[] => [
    {
      id: 'namespace.choose',
      group: 'page',
      label: t('repositories.chooseAll'),
      icon: IconSelectAll,
      run: () => onChoose(namespace),
    },
    {
      id: 'namespace.sync',
      group: 'page',
      label: t('commands.short.sync'),
      icon: IconArrowsRightLeft,
      run: () =>
        void navigate({
          to: '/transfers/new',
          search: { source: accountId, repository: [`${namespace}/**`] },
        }),
    },
    {
      id: 'namespace.storage',
      group: 'page',
      label: t('commands.short.storage'),
      icon: IconChartTreemap,
      run: () =>
        void navigate({
          to: '/registries/$accountId/storage',
          params: { accountId },
          search: { namespace },
        }),
    },
  ];
}

/** What can be done with a repository wherever it is, and what with its place in this list. */
function useListedCommands(account: Account, onDelete: RepositoryMenuProps['onDelete']) {
  const { id: accountId } = account;
  const { t } = useTranslation();
  const lockReason = useLockReason();
  const client = useQueryClient();
  const usual = useRepositoryCommands();
  const forget = useMutation(
    orpc.accounts.removeRepository.mutationOptions({
      onSuccess: () => {
        void client.invalidateQueries({ queryKey: orpc.accounts.list.key() });
        void client.invalidateQueries({ queryKey: repositoryKeys.list(accountId) });
      },
      onError: toastFailure,
    }),
  );
  return ({ name, addedByName }: SizedRow): readonly (readonly Command[])[] => [
    ...usual({ accountId, repository: name }),
    addedByName
      ? [
          {
            id: 'repositories.forget',
            group: 'page',
            label: t('repositories.forget'),
            icon: IconX,
            run: () => forget.mutate({ id: accountId, repository: name }),
          },
        ]
      : [],
    [
      {
        id: 'repositories.deleteOne',
        group: 'page',
        label: t('repositories.delete'),
        danger: true,
        reason: lockReason(account),
        icon: IconTrash,
        run: () => onDelete([name]),
      },
    ],
  ];
}
