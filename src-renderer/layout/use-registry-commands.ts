import {
  IconAdjustments,
  IconArrowsRightLeft,
  IconChartTreemap,
  IconCopy,
  IconFilterCog,
  IconLock,
  IconLockOpen,
  IconPencil,
  IconRecycle,
  IconServer,
  IconTrash,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { useSetReadOnly } from '../accounts/queries.ts';
import type { Command } from '../commands/command.ts';
import { newWindowCommands } from '../new-window.ts';
import { copyText } from '../ui/copy-text.ts';

/**
 * What can be done with a registry: for its context menu and, on its pages, for the palette. In sections.
 *
 * @param onRemove asks whether it is to be removed, where there is somebody to ask
 */
export function useRegistryCommands(
  onRemove?: (account: Account) => void,
): (account: Account) => readonly (readonly Command[])[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { mutate: setReadOnly } = useSetReadOnly();
  return (account) => {
    const { id, name, host, readOnly } = account;
    const params = { accountId: id };
    const group = 'registry';
    return [
      [
        {
          id: 'registry.open',
          group,
          label: t('commands.registry.open', { name }),
          short: t('commands.short.open'),
          words: 'open repositories browse 打开 仓库 浏览',
          icon: IconServer,
          run: () => void navigate({ to: '/registries/$accountId', params }),
        },
        ...newWindowCommands(t, { id: 'registry.newWindow', group, name, path: `/registries/${id}` }),
        {
          id: 'registry.storage',
          group,
          label: t('commands.registry.storage', { name }),
          short: t('commands.short.storage'),
          words: 'storage size space disk 存储 空间 大小',
          icon: IconChartTreemap,
          run: () => void navigate({ to: '/registries/$accountId/storage', params }),
        },
        {
          id: 'registry.cleanup',
          group,
          label: t('commands.registry.cleanup', { name }),
          short: t('commands.short.cleanup'),
          words: 'cleanup clean up rules retention delete old tags 清理 规则 保留 删除 旧标签',
          icon: IconFilterCog,
          run: () => void navigate({ to: '/registries/$accountId/cleanup', params }),
        },
        {
          id: 'registry.collection',
          group,
          label: t('commands.registry.collection', { name }),
          short: t('commands.short.collection'),
          words: 'garbage collection gc free space bytes 垃圾 回收 释放 空间',
          icon: IconRecycle,
          run: () => void navigate({ to: '/registries/$accountId/collection', params }),
        },
        {
          id: 'registry.administration',
          group,
          label: t('commands.registry.administration', { name }),
          short: t('administration.title'),
          words:
            'administration manage projects robots quotas retention replication 管理 项目 机器人 配额 保留 复制',
          icon: IconAdjustments,
          run: () => void navigate({ to: '/registries/$accountId/administration', params }),
        },
        {
          id: 'registry.sync',
          group,
          label: t('commands.registry.sync', { name }),
          short: t('commands.short.sync'),
          words: 'sync copy mirror transfer move synchronise 同步 复制 传输 迁移',
          icon: IconArrowsRightLeft,
          run: () => void navigate({ to: '/transfers/new', search: { source: id } }),
        },
      ],
      [
        {
          id: 'registry.copyHost',
          group,
          label: t('commands.registry.copyHost'),
          words: 'copy address host url 复制 地址 主机',
          icon: IconCopy,
          run: () => void copyText(host),
        },
        {
          id: 'registry.edit',
          group,
          label: t('commands.registry.edit', { name }),
          short: t('commands.short.edit'),
          words: 'edit account sign-in password connection 编辑 账户 登录 密码 连接',
          icon: IconPencil,
          run: () => void navigate({ to: '/accounts/$accountId/edit', params }),
        },
        {
          id: 'registry.lock',
          group,
          label: t(readOnly ? 'commands.registry.unlock' : 'commands.registry.lock', { name }),
          short: t(readOnly ? 'commands.short.unlock' : 'commands.short.lock'),
          words: 'lock unlock read-only protect 锁定 解锁 只读 保护',
          icon: readOnly ? IconLockOpen : IconLock,
          run: () => setReadOnly({ id, readOnly: !readOnly }),
        },
      ],
      onRemove
        ? [
            {
              id: 'registry.remove',
              group,
              label: t('commands.registry.remove', { name }),
              short: t('commands.short.remove'),
              words: 'remove delete registry account forget 移除 删除 镜像仓库 账户',
              icon: IconTrash,
              danger: true,
              run: () => onRemove(account),
            },
          ]
        : [],
    ];
  };
}
