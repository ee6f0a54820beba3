import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { OfferedCommand } from '../../src-main/common/desktop-shell.ts';
import type { Command } from '../commands/command.ts';
import { commandList } from '../commands/use-commands.ts';
import { desktopShell } from '../desktop-shell.ts';
import { throttle } from '../lists/throttle.ts';

/** Milliseconds between two menu bars: a page that is opened offers its commands one after another. */
const OFFER_EVERY = 150;

/** Ties the window to its page: the menu bar has the page's commands, and links from outside lead to places in it. Nothing in a browser. */
export function useDesktopShell(): void {
  const router = useRouter();
  useEffect(() => {
    const shell = desktopShell();
    if (!shell) return;
    const offering = throttle(
      () => shell.offerCommands(commandList.all().map(offered)),
      () => OFFER_EVERY,
    );
    shell.onCommand((id) => {
      if (typeof id === 'string') commandList.run(id);
    });
    shell.onPlace((path) => {
      if (typeof path === 'string') router.history.push(path);
    });
    offering.request();
    return commandList.subscribe(() => offering.request());
  }, [router]);
}

function offered({ id, group, label, keys, reason }: Command): OfferedCommand {
  const [first] = keys ?? [];
  return { id, group, label, enabled: reason === undefined, ...(first !== undefined && { keys: first }) };
}
