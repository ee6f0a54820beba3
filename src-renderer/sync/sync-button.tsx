import { Button } from '@mantine/core';
import { IconArrowsRightLeft } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../commands/use-commands.ts';

export interface SyncButtonProps {
  accountId: string;
  repository: string;
}

/** Begins a sync of a repository: its destination is chosen next. */
export function SyncButton({ accountId, repository }: SyncButtonProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = { source: accountId, repository: [repository] };
  useCommands([
    {
      id: 'page.sync',
      group: 'page',
      label: t('transferPages.syncThis', { repository }),
      words: 'sync copy mirror transfer repository 同步 复制 镜像 仓库',
      icon: IconArrowsRightLeft,
      run: () => void navigate({ to: '/transfers/new', search }),
    },
  ]);
  return (
    <Button
      variant="default"
      leftSection={<IconArrowsRightLeft size={14} />}
      renderRoot={(props) => <Link to="/transfers/new" search={search} {...props} />}
    >
      {t('transferPages.syncAction')}
    </Button>
  );
}
