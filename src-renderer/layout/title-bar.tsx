import { ActionIcon } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconMenu2 } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { TITLE_BAR } from '../../src-main/common/desktop-shell.ts';
import { commandList, useCommands } from '../commands/use-commands.ts';
import { useIsMac } from '../commands/use-is-mac.ts';
import { type DesktopShell, desktopShell } from '../desktop-shell.ts';
import classes from './title-bar.module.css';
import { usePlaceTitle } from './use-place-title.ts';

/** The window's title, and in the desktop app the bar that shows it: the system draws its buttons onto it, and it moves the window. */
export function TitleBar() {
  const title = usePlaceTitle();
  useEffect(() => {
    document.title = title;
  }, [title]);
  const shell = desktopShell();
  return shell ? <Bar title={title} shell={shell} /> : null;
}

/** Where the menu of the bar opens: below it. */
const MENU_AT = { x: 8, y: TITLE_BAR.height };

function Bar({ title, shell }: { title: string; shell: DesktopShell }) {
  const { t } = useTranslation();
  const isMac = useIsMac();
  const openMenu = () => shell.showMenu(MENU_AT);
  useCommands(
    isMac
      ? []
      : [
          {
            id: 'app.menu',
            group: 'app',
            label: t('commands.menu'),
            words: 'menu bar 菜单',
            keys: ['F10'],
            icon: IconMenu2,
            run: openMenu,
          },
        ],
  );
  return (
    <header className={classes.bar}>
      {!isMac && <Button label={t('commands.menu')} icon={IconMenu2} onClick={openMenu} />}
      <Button label={t('commands.back')} icon={IconArrowLeft} onClick={() => commandList.run('go.back')} />
      <Button
        label={t('commands.forward')}
        icon={IconArrowRight}
        onClick={() => commandList.run('go.forward')}
      />
      <span className={classes.title}>{title}</span>
    </header>
  );
}

interface ButtonProps {
  label: string;
  icon: typeof IconMenu2;
  onClick: () => void;
}

function Button({ label, icon: Icon, onClick }: ButtonProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={28}
      aria-label={label}
      data-hint={label}
      onClick={onClick}
    >
      <Icon size={16} stroke={1.6} />
    </ActionIcon>
  );
}
