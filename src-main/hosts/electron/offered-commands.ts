import { type BrowserWindow, ipcMain } from 'electron';
import { type OfferedCommand, offeredCommands } from '../../common/desktop-shell.ts';
import type { AppWindows } from './app-windows.ts';

/** What can be done in each window at the moment, as its page says. */
export class OfferedCommands {
  readonly #windows: AppWindows;
  readonly #offered = new WeakMap<Electron.WebContents, readonly OfferedCommand[]>();

  /** @param changed called when what the current window offers is another */
  constructor(windows: AppWindows, changed: () => void) {
    this.#windows = windows;
    ipcMain.on('wharfinger:offer-commands', (event, given: unknown) => {
      const offered = offeredCommands.safeParse(given);
      if (!offered.success || !windows.owns(event.senderFrame)) return;
      this.#offered.set(event.sender, offered.data);
      changed();
    });
  }

  get current(): readonly OfferedCommand[] {
    const { current } = this.#windows;
    return (current && this.#offered.get(current.webContents)) ?? [];
  }

  /** Has the page run it: it may be another by now, or be gone. */
  run(id: string, window: BrowserWindow | undefined = this.#windows.current): void {
    window?.webContents.send('wharfinger:run-command', id);
  }
}
