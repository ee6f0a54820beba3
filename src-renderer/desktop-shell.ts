import type { DesktopNotice, MenuPoint, OfferedCommand } from '../src-main/common/desktop-shell.ts';

/** What the desktop app's preload adds to a page for its window; no other page has it. */
export interface DesktopShell {
  /** All that can be done at the moment, for the system's menus. */
  offerCommands(commands: readonly OfferedCommand[]): void;
  /** Called with the id of a command that was chosen there. */
  onCommand(run: (id: unknown) => void): void;
  /** Called with a place in the app that the window is to show. */
  onPlace(go: (path: unknown) => void): void;
  /** Opens a further window. @param path place in the app */
  openWindow(path: string): void;
  /** Opens the menus of the menu bar, where windows have no such bar: not on a Mac. */
  showMenu(at: MenuPoint): void;
  /** Shown by the system while none of the app's windows is looked at. */
  notify(notice: DesktopNotice): void;
}

declare global {
  interface Window {
    readonly wharfingerShell?: DesktopShell;
  }
}

/** Undefined in a browser. */
export function desktopShell(): DesktopShell | undefined {
  return window.wharfingerShell;
}
