import { type BrowserWindow, ipcMain, type WebFrameMain } from 'electron';
import { appPath } from '../../common/desktop-shell.ts';
import { APP_ORIGIN } from './app-scheme.ts';
import { isOwnPage } from './own-page.ts';

/** The windows of the app, all of the same page. */
export class AppWindows {
  readonly #open: (path: string) => BrowserWindow;
  readonly #windows = new Set<BrowserWindow>();

  /** @param open makes one that shows a place of the app */
  constructor(open: (path: string) => BrowserWindow) {
    this.#open = open;
    ipcMain.on('wharfinger:open-window', (event, path: unknown) => {
      const place = appPath.safeParse(path);
      if (place.success && this.owns(event.senderFrame)) this.open(place.data);
    });
  }

  get all(): readonly BrowserWindow[] {
    return [...this.#windows];
  }

  /** The one that is used, or was last. */
  get current(): BrowserWindow | undefined {
    return this.all.find((window) => window.isFocused()) ?? this.all.at(-1);
  }

  /** Whether it is the main frame of a window of ours that shows our page. */
  owns(frame: WebFrameMain | null): boolean {
    return this.all.some(({ webContents }) => isOwnPage(frame, webContents.mainFrame));
  }

  open(path = '/'): BrowserWindow {
    const window = this.#open(path);
    this.#windows.add(window);
    window.on('focus', () => {
      // The last one used comes last.
      this.#windows.delete(window);
      this.#windows.add(window);
    });
    window.once('closed', () => this.#windows.delete(window));
    return window;
  }

  /** Brings a window to the front, opened if there is none, and goes to a place in it where one is given. */
  show(path?: string): void {
    const { current } = this;
    if (!current) {
      this.open(path);
      return;
    }
    if (current.isMinimized()) current.restore();
    current.focus();
    if (path === undefined) return;
    // A page that is still coming goes there when it is there.
    if (current.webContents.isLoading()) void current.loadURL(`${APP_ORIGIN}${path}`);
    else current.webContents.send('wharfinger:go', path);
  }
}
