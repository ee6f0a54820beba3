import { ipcMain, Notification } from 'electron';
import { desktopNotice } from '../../common/desktop-shell.ts';
import type { AppWindows } from './app-windows.ts';

/** Notices that are remembered so as not to be shown again. */
const REMEMBERED = 100;

/** Shows what pages have to say in the system's notifications, while none of the windows is looked at. */
export function serveNotices(windows: AppWindows): void {
  const shown = new Set<string>();
  /** Kept while they are there: what is collected as garbage does nothing at a click. */
  const open = new Set<Notification>();
  ipcMain.on('wharfinger:notify', (event, given: unknown) => {
    const notice = desktopNotice.safeParse(given);
    if (!notice.success || !windows.owns(event.senderFrame)) return;
    const { id, title, text, path } = notice.data;
    if (shown.has(id) || windows.all.some((window) => window.isFocused())) return;
    shown.add(id);
    for (const oldest of shown) if (shown.size > REMEMBERED) shown.delete(oldest);
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body: text });
    open.add(notification);
    notification.once('click', () => windows.show(path));
    notification.once('close', () => open.delete(notification));
    notification.show();
  });
}
