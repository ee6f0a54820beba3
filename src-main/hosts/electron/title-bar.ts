import { BrowserWindow, type BrowserWindowConstructorOptions, ipcMain, Menu, nativeTheme } from 'electron';
import { menuPoint, TITLE_BAR } from '../../common/desktop-shell.ts';
import type { AppWindows } from './app-windows.ts';

/** The page has a line below its bar, which goes on below the buttons. */
const HEIGHT = TITLE_BAR.height - 1;

/** The page draws the title bar, and the system its buttons onto it: on a Mac at the left, elsewhere at the right. */
export function titleBarOf(
  platform: NodeJS.Platform,
): Pick<BrowserWindowConstructorOptions, 'titleBarStyle' | 'titleBarOverlay'> {
  return platform === 'darwin'
    ? { titleBarStyle: 'hiddenInset', titleBarOverlay: { height: HEIGHT } }
    : { titleBarStyle: 'hidden', titleBarOverlay: buttons() };
}

/** As the page's bar is in the theme of the moment. A Mac colours its own. */
function buttons(): { color: string; symbolColor: string; height: number } {
  const { surface, text } = TITLE_BAR[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'];
  return { color: surface, symbolColor: text, height: HEIGHT };
}

/** Keeps the buttons in the colours of the theme, and opens the menu bar's menus where the page asks for them: such a window has no bar. */
export function serveTitleBars(windows: AppWindows, platform: NodeJS.Platform): void {
  if (platform === 'darwin') return;
  nativeTheme.on('updated', () => {
    for (const window of windows.all) window.setTitleBarOverlay(buttons());
  });
  ipcMain.on('wharfinger:show-menu', (event, given: unknown) => {
    const at = menuPoint.safeParse(given);
    const window = BrowserWindow.fromWebContents(event.sender);
    if (!at.success || !window || !windows.owns(event.senderFrame)) return;
    Menu.getApplicationMenu()?.popup({ window, ...at.data });
  });
}
