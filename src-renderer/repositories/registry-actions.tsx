import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconAdjustments,
  IconArrowsExchange,
  IconChartTreemap,
  IconDots,
  IconFileSpreadsheet,
  IconInfoCircle,
  IconPencil,
  IconPlus,
  IconRecycle,
  IconScan,
} from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { useLockReason } from '../accounts/lock.ts';
import { orpc } from '../api.ts';
import { PushButton } from '../push/push-button.tsx';
import { downloadText } from '../saving/download-text.ts';
import { scansQuery, shownScans } from '../storage/scans.ts';
import { RefreshButton } from '../ui/refresh-button.tsx';
import { toastFailure } from '../ui/toast.tsx';
import { repositoriesCsv } from './csv.ts';
import { repositoryQueries } from './queries.ts';
import type { RepositoryList } from './rows.ts';

export interface RegistryActionsProps {
  account: Account;
  /** It is being asked whether it takes pushes. */
  isAsked: boolean;
  list: RepositoryList | undefined;
  /** It is being read again. */
  busy: boolean;
  onRefresh: () => void;
  onDetails: () => void;
  onAdd: () => void;
}

/** What can be done with a registry. */
export function RegistryActions(props: RegistryActionsProps) {
  const { account, isAsked, list, busy, onRefresh, onDetails, onAdd } = props;
  const { t } = useTranslation();
  const lockReason = useLockReason();
  const navigate = useNavigate();
  const client = useQueryClient();
  const accountId = account.id;
  const params = { accountId };
  const scans = shownScans(useQuery(scansQuery).data, { accountId });
  const scan = useMutation(orpc.inventory.scan.mutationOptions({ onError: toastFailure }));
  const exportList = () => {
    const known = client.getQueryData(repositoryQueries.known(accountId).queryKey);
    if (list) downloadText(`${account.name}.csv`, 'text/csv', repositoriesCsv(list.rows, known?.of));
  };
  return (
    <>
      <RefreshButton busy={busy} onClick={onRefresh} />
      <Button
        variant="default"
        leftSection={<IconArrowsExchange size={14} />}
        renderRoot={(props) => <Link to="/transfers/new" search={{ source: accountId }} {...props} />}
      >
        {t('registry.sync')}
      </Button>
      <PushButton
        accountId={accountId}
        locked={lockReason(account) ?? (isAsked ? t('push.asked') : undefined)}
      />
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon
            variant="default"
            size={30}
            aria-label={t('registry.more')}
            data-hint={t('registry.more')}
          >
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconInfoCircle size={14} />} onClick={onDetails}>
            {t('registry.details')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconPencil size={14} />}
            onClick={() => void navigate({ to: '/accounts/$accountId/edit', params })}
          >
            {t('registry.editAccount')}
          </Menu.Item>
          <Menu.Item leftSection={<IconPlus size={14} />} onClick={onAdd}>
            {t('repositories.addTitle')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconScan size={14} />}
            disabled={scans.running !== undefined}
            onClick={() => scan.mutate({ accountId, readManifests: false })}
          >
            {t(scans.last?.status === 'done' ? 'storage.scan.again' : 'storage.scan.start')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconChartTreemap size={14} />}
            onClick={() => void navigate({ to: '/registries/$accountId/storage', params })}
          >
            {t('storage.title')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconRecycle size={14} />}
            onClick={() => void navigate({ to: '/registries/$accountId/collection', params })}
          >
            {t('freeing.page')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconAdjustments size={14} />}
            onClick={() => void navigate({ to: '/registries/$accountId/administration', params })}
          >
            {t('administration.title')}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileSpreadsheet size={14} />} disabled={!list} onClick={exportList}>
            {t('repositories.export')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
