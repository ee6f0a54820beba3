import {
  IconAppWindow,
  IconArrowLeft,
  IconArrowRight,
  IconArrowsDiff,
  IconArrowsRightLeft,
  IconChartTreemap,
  IconDeviceDesktop,
  IconFileImport,
  IconFilterCog,
  IconHistory,
  IconKeyboard,
  IconLanguage,
  IconLayoutSidebar,
  IconListSearch,
  IconMoon,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlus,
  IconSearch,
  IconSettings,
  IconSun,
} from '@tabler/icons-react';
import { useNavigate, useParams, useRouter, useSearch } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { useAccounts } from '../accounts/queries.ts';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/use-commands.ts';
import { desktopShell } from '../desktop-shell.ts';
import { useLocalRegistry, useStartLocalRegistry, useStopLocalRegistry } from '../local-registry/queries.ts';
import { useRepositoryCommands } from '../pins/use-repository-commands.ts';
import { useChangeSettings } from '../settings/queries.ts';
import { useRegistryCommands } from './use-registry-commands.ts';

interface AppCommandsProps {
  onSearch: () => void;
  onShortcuts: () => void;
  onFold: () => void;
}

/** What can be done wherever one is. Draws nothing. */
export const AppCommands = memo(({ onSearch, onShortcuts, onFold }: AppCommandsProps) => {
  const { t } = useTranslation();
  useCommands([
    ...useGoing(),
    ...useLocalRegistryCommands(),
    ...useAppearanceCommands(),
    {
      id: 'app.search',
      group: 'app',
      label: t('commands.search'),
      words: 'palette find jump 查找 搜索 命令',
      keys: ['mod+K'],
      icon: IconSearch,
      run: onSearch,
    },
    {
      id: 'app.shortcuts',
      group: 'app',
      label: t('commands.shortcuts'),
      words: 'keys keyboard help hotkeys 快捷键 键盘 帮助',
      keys: ['?'],
      icon: IconKeyboard,
      run: onShortcuts,
    },
    {
      id: 'app.sidebar',
      group: 'app',
      label: t('commands.sidebar'),
      words: 'sidebar navigation hide show fold collapse 侧边栏 导航 隐藏 显示',
      keys: ['mod+B'],
      icon: IconLayoutSidebar,
      run: onFold,
    },
    ...useWindowCommands(),
  ]);
  return null;
});

/** What can be done with the registry and the repository that are shown. Draws nothing. */
export function ShownCommands({ onRemove }: { onRemove: (account: Account) => void }) {
  useCommands(useShownCommands(onRemove));
  return null;
}

/** The desktop app has windows. */
function useWindowCommands(): readonly Command[] {
  const { t } = useTranslation();
  const { history } = useRouter();
  const shell = desktopShell();
  if (!shell) return [];
  return [
    {
      id: 'page.newWindow',
      group: 'page',
      label: t('commands.newWindow'),
      words: 'new window open 新建 窗口 打开',
      keys: ['mod+shift+N'],
      icon: IconAppWindow,
      run: () => shell.openWindow(history.location.href),
    },
  ];
}

function useShownCommands(onRemove: (account: Account) => void): readonly Command[] {
  const { accountId } = useParams({ strict: false });
  const { repository } = useSearch({ strict: false });
  const account = useAccounts().data?.find(({ id }) => id === accountId);
  const registryCommands = useRegistryCommands(onRemove);
  const repositoryCommands = useRepositoryCommands();
  if (!account) return [];
  const ofRepository =
    typeof repository === 'string' && repository !== ''
      ? repositoryCommands({ accountId: account.id, repository }).flat()
      : [];
  return [...registryCommands(account).flat(), ...ofRepository];
}

function useGoing(): readonly Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { history } = useRouter();
  const group = 'go';
  return [
    {
      id: 'go.back',
      group,
      label: t('commands.back'),
      words: 'back previous 后退 返回',
      keys: ['alt+ArrowLeft', 'mod+['],
      icon: IconArrowLeft,
      run: () => history.back(),
    },
    {
      id: 'go.forward',
      group,
      label: t('commands.forward'),
      words: 'forward next 前进',
      keys: ['alt+ArrowRight', 'mod+]'],
      icon: IconArrowRight,
      run: () => history.forward(),
    },
    {
      id: 'go.cleanup',
      group,
      label: t('commands.cleanup'),
      words: 'cleanup clean up rules retention schedule 清理 规则 保留 定时',
      icon: IconFilterCog,
      run: () => void navigate({ to: '/cleanup' }),
    },
    {
      id: 'go.compare',
      group,
      label: t('commands.compare'),
      words: 'compare diff difference versus images 比较 对比 差异 不同',
      icon: IconArrowsDiff,
      run: () => void navigate({ to: '/compare' }),
    },
    {
      id: 'go.find',
      group,
      label: t('commands.find'),
      words:
        'find where package file layer digest version vulnerability search 查找 软件包 文件 层 摘要 版本 漏洞',
      icon: IconListSearch,
      run: () => void navigate({ to: '/find' }),
    },
    {
      id: 'go.transfers',
      group,
      label: t('commands.transfers'),
      words: 'copy sync transfers saved running 复制 同步 传输 已保存',
      icon: IconArrowsRightLeft,
      run: () => void navigate({ to: '/transfers' }),
    },
    {
      id: 'go.newSync',
      group,
      label: t('commands.newSync'),
      words: 'new copy sync mirror transfer synchronise 新建 复制 同步 传输',
      icon: IconArrowsRightLeft,
      run: () => void navigate({ to: '/transfers/new' }),
    },
    {
      id: 'go.history',
      group,
      label: t('commands.history'),
      words: 'history activity log audit undo 操作记录 历史 日志 撤销',
      icon: IconHistory,
      run: () => void navigate({ to: '/activity' }),
    },
    {
      id: 'go.storage',
      group,
      label: t('commands.storage'),
      words: 'storage size space disk 存储 空间 大小',
      icon: IconChartTreemap,
      run: () => void navigate({ to: '/storage' }),
    },
    {
      id: 'go.settings',
      group,
      label: t('commands.settings'),
      words: 'settings preferences options 设置 偏好 选项',
      keys: ['mod+,'],
      icon: IconSettings,
      run: () => void navigate({ to: '/settings' }),
    },
  ];
}

function useLocalRegistryCommands(): readonly Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const local = useLocalRegistry().data;
  const start = useStartLocalRegistry();
  const stop = useStopLocalRegistry();
  const group = 'registry';
  const commands: Command[] = [
    {
      id: 'registry.add',
      group,
      label: t('commands.addRegistry'),
      words: 'add new registry connect account sign-in login 添加 新建 镜像仓库 连接 账户 登录',
      icon: IconPlus,
      run: () => void navigate({ to: '/accounts/new' }),
    },
    {
      id: 'registry.import',
      group,
      label: t('commands.importSignIns'),
      words: 'import docker podman login sign-in 导入 登录',
      icon: IconFileImport,
      run: () => void navigate({ to: '/accounts/new' }),
    },
  ];
  if (!local) return commands;
  // Samples the first time, as on the first page: later it holds what the user has put there, and they may have been deleted.
  const isNew = local.accountId === undefined;
  commands.push(
    local.running
      ? {
          id: 'registry.stopLocal',
          group,
          label: t('commands.stopLocal'),
          words: 'stop local registry 停止 本地',
          icon: IconPlayerStop,
          run: () => stop.mutate(undefined),
        }
      : {
          id: 'registry.startLocal',
          group,
          label: t(isNew ? 'commands.tryLocal' : 'commands.startLocal'),
          words: 'start try local registry samples demo 启动 试用 本地 示例',
          icon: IconPlayerPlay,
          run: () => start.mutate({ samples: isNew }),
        },
  );
  return commands;
}

const THEMES = { light: IconSun, dark: IconMoon, system: IconDeviceDesktop } as const;

function useAppearanceCommands(): readonly Command[] {
  const { t } = useTranslation();
  const { mutate: change } = useChangeSettings();
  const group = 'app';
  return [
    ...(['light', 'dark', 'system'] as const).map(
      (theme) =>
        ({
          id: `app.theme.${theme}`,
          group,
          label: t(`commands.theme.${theme}`),
          words: `theme ${theme} appearance colours 主题 外观 浅色 深色`,
          icon: THEMES[theme],
          run: () => change({ theme }),
        }) as const,
    ),
    ...(['en', 'zh-CN', 'system'] as const).map(
      (language) =>
        ({
          id: `app.language.${language}`,
          group,
          // Each language names itself, so that it is found whatever language is shown.
          label: {
            en: 'Language: English',
            'zh-CN': '语言：简体中文',
            system: t('commands.language.system'),
          }[language],
          words: 'language english chinese 语言 英文 中文',
          icon: IconLanguage,
          run: () => change({ language }),
        }) as const,
    ),
  ];
}
