import { IconAppWindow } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { Command } from './commands/command.ts';
import { desktopShell } from './desktop-shell.ts';

export interface WindowPlace extends Pick<Command, 'id' | 'group'> {
  readonly name: string;
  /** In the app, with what is looked for there. */
  readonly path: string;
}

/** Opens a place in a further window. A browser has keys and menus of its own for that, so there it is none. */
export function newWindowCommands(t: TFunction, { id, group, name, path }: WindowPlace): readonly Command[] {
  const shell = desktopShell();
  if (!shell) return [];
  return [
    {
      id,
      group,
      label: t('commands.openInWindow', { name }),
      short: t('commands.newWindow'),
      words: 'new window open 新建 窗口 打开',
      icon: IconAppWindow,
      run: () => shell.openWindow(path),
    },
  ];
}
