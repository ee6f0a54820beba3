/** What the desktop app's preload adds to a page; no other page has it. */
export interface DesktopFiles {
  /** Where a file lies that its user dropped or chose; empty for one that a page made. */
  pathOf(file: File): string;
  /** Asks the user for a file, or a folder, to save to. @returns its whole path; undefined where the user cancelled */
  chooseTarget(wanted: { folder: boolean; name: string }): Promise<string | undefined>;
}

declare global {
  interface Window {
    readonly wharfingerFiles?: DesktopFiles;
  }
}

/** Undefined in a browser. */
export function desktopFiles(): DesktopFiles | undefined {
  return window.wharfingerFiles;
}
