import {
  IconArrowsRightLeft,
  IconChartTreemap,
  IconCopy,
  IconPackage,
  IconPin,
  IconPinnedOff,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Pin } from '../../src-main/common/settings.ts';
import { useAccounts } from '../accounts/queries.ts';
import type { Command } from '../commands/command.ts';
import { newWindowCommands } from '../new-window.ts';
import { stringifySearch } from '../search-params.ts';
import { copyText } from '../ui/copy-text.ts';
import { usePins } from './use-pins.ts';

/** What can be done with a repository wherever it is listed: for its context menu and, on its pages, for the palette. In sections. */
export function useRepositoryCommands(): (place: Pin) => readonly (readonly Command[])[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const accounts = useAccounts().data;
  const { isPinned, toggle } = usePins();
  return ({ accountId, repository }) => {
    const params = { accountId };
    const group = 'page';
    const host = accounts?.find(({ id }) => id === accountId)?.host;
    const pinned = isPinned({ accountId, repository });
    return [
      [
        {
          id: 'repository.open',
          group,
          label: t('commands.repository.open', { name: repository }),
          short: t('commands.short.open'),
          words: 'open tags 打开 标签',
          icon: IconPackage,
          run: () => void navigate({ to: '/registries/$accountId/tags', params, search: { repository } }),
        },
        ...newWindowCommands(t, {
          id: 'repository.newWindow',
          group,
          name: repository,
          path: `/registries/${accountId}/tags${stringifySearch({ repository })}`,
        }),
        {
          id: 'repository.pin',
          group,
          label: t(pinned ? 'commands.unpin' : 'commands.pin', { name: repository }),
          short: t(pinned ? 'commands.short.unpin' : 'commands.short.pin'),
          words: 'pin unpin star favourite favorite 固定 取消固定 收藏 置顶',
          icon: pinned ? IconPinnedOff : IconPin,
          run: () => toggle({ accountId, repository }),
        },
      ],
      [
        {
          id: 'repository.copyName',
          group,
          label: t('commands.repository.copyName'),
          words: 'copy name reference 复制 名称 引用',
          icon: IconCopy,
          run: () => void copyText(host === undefined ? repository : `${host}/${repository}`),
        },
        {
          id: 'repository.sync',
          group,
          label: t('commands.repository.sync', { name: repository }),
          short: t('commands.short.sync'),
          words: 'sync copy mirror transfer 同步 复制 传输',
          icon: IconArrowsRightLeft,
          run: () =>
            void navigate({ to: '/transfers/new', search: { source: accountId, repository: [repository] } }),
        },
        {
          id: 'repository.storage',
          group,
          label: t('commands.repository.storage', { name: repository }),
          short: t('commands.short.storage'),
          words: 'storage size space 存储 空间 大小',
          icon: IconChartTreemap,
          run: () => void navigate({ to: '/registries/$accountId/storage', params, search: { repository } }),
        },
      ],
    ];
  };
}
