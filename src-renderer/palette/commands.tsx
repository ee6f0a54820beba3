import {
  IconArrowsRightLeft,
  IconDeviceDesktop,
  IconFileImport,
  IconHistory,
  IconLanguage,
  IconLock,
  IconLockOpen,
  IconMoon,
  IconPencil,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlus,
  IconSettings,
  IconSun,
} from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccounts, useSetReadOnly } from '../accounts/queries.ts';
import { useLocalRegistry, useStartLocalRegistry, useStopLocalRegistry } from '../local-registry/queries.ts';
import { useChangeSettings } from '../settings/queries.ts';

export interface Command {
  id: string;
  label: string;
  /** Words it is found by beside its label, in both languages. */
  keywords: string;
  icon: ReactNode;
  run: () => void;
}

const SIZE = 18;

/** Everything the palette can do besides jumping to places; what belongs to a registry is there on its pages. */
export function useCommands(): readonly Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { accountId } = useParams({ strict: false });
  const account = useAccounts().data?.find((each) => each.id === accountId);
  const { mutate: setReadOnly } = useSetReadOnly();
  const { mutate: changeSettings } = useChangeSettings();
  const local = useLocalRegistry();
  const start = useStartLocalRegistry();
  const stop = useStopLocalRegistry();

  const commands: Command[] = [];
  if (account) {
    const { id, name, readOnly } = account;
    commands.push(
      {
        id: 'lock',
        label: t(readOnly ? 'palette.unlock' : 'palette.lock', { name }),
        keywords: 'lock read-only 锁定 只读',
        icon: readOnly ? <IconLockOpen size={SIZE} /> : <IconLock size={SIZE} />,
        run: () => setReadOnly({ id, readOnly: !readOnly }),
      },
      {
        id: 'edit',
        label: t('palette.editRegistry', { name }),
        keywords: 'edit 编辑',
        icon: <IconPencil size={SIZE} />,
        run: () => void navigate({ to: '/accounts/$accountId/edit', params: { accountId: id } }),
      },
    );
  }
  commands.push(
    {
      id: 'add',
      label: t('palette.addRegistry'),
      keywords: 'add registry 添加 镜像仓库',
      icon: <IconPlus size={SIZE} />,
      run: () => void navigate({ to: '/accounts/new' }),
    },
    {
      id: 'import',
      label: t('palette.importSignIns'),
      keywords: 'import docker podman login 导入 登录',
      icon: <IconFileImport size={SIZE} />,
      run: () => void navigate({ to: '/accounts/import' }),
    },
    local.data?.running
      ? {
          id: 'stopLocal',
          label: t('palette.stopLocal'),
          keywords: 'stop local registry 停止 本地',
          icon: <IconPlayerStop size={SIZE} />,
          run: () => stop.mutate(undefined),
        }
      : {
          id: 'startLocal',
          label: t('palette.startLocal'),
          keywords: 'start local registry 启动 本地',
          icon: <IconPlayerPlay size={SIZE} />,
          run: () => start.mutate({ samples: false }),
        },
    {
      id: 'transfers',
      label: t('palette.transfers'),
      keywords: 'transfers copy sync saved 传输 同步 复制',
      icon: <IconArrowsRightLeft size={SIZE} />,
      run: () => void navigate({ to: '/transfers' }),
    },
    {
      id: 'newTransfer',
      label: t('palette.newTransfer'),
      keywords: 'new transfer synchronise sync mirror 新建 传输 同步 镜像',
      icon: <IconPlus size={SIZE} />,
      run: () => void navigate({ to: '/transfers/new' }),
    },
    {
      id: 'activity',
      label: t('palette.activity'),
      keywords: 'activity 操作记录',
      icon: <IconHistory size={SIZE} />,
      run: () => void navigate({ to: '/activity' }),
    },
    {
      id: 'settings',
      label: t('palette.settings'),
      keywords: 'settings preferences 设置',
      icon: <IconSettings size={SIZE} />,
      run: () => void navigate({ to: '/settings' }),
    },
  );
  const themes = { light: IconSun, dark: IconMoon, system: IconDeviceDesktop };
  for (const theme of ['light', 'dark', 'system'] as const) {
    const Icon = themes[theme];
    commands.push({
      id: `theme ${theme}`,
      label: t(`palette.theme.${theme}`),
      keywords: `theme ${theme} 主题 浅色 深色`,
      icon: <Icon size={SIZE} />,
      run: () => changeSettings({ theme }),
    });
  }
  for (const language of ['en', 'zh-CN', 'system'] as const) {
    commands.push({
      id: `language ${language}`,
      // Each language names itself, so that it is found whatever language is shown.
      label: { en: 'Language: English', 'zh-CN': '语言：简体中文', system: t('palette.language.system') }[
        language
      ],
      keywords: 'language english chinese 语言 英文 中文',
      icon: <IconLanguage size={SIZE} />,
      run: () => changeSettings({ language }),
    });
  }
  return commands;
}
