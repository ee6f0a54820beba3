import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain } from 'electron';
import { z } from 'zod';
import { fileName } from '../../common/content.ts';
import type { AppWindows } from './app-windows.ts';

const CHANNEL = 'wharfinger:choose-target';

/** What is to be saved: one file, or a folder of files. */
const wanted = z.strictObject({ folder: z.boolean(), name: fileName });
type Wanted = z.infer<typeof wanted>;

/** Asks the user in the system's own dialog where to save, for our own page alone; it learns the path and writes nothing. */
export function serveSaveTarget(windows: AppWindows): void {
  ipcMain.handle(CHANNEL, async (event, given: unknown) => {
    const window = BrowserWindow.fromWebContents(event.sender);
    if (!window || !windows.owns(event.senderFrame)) throw new Error('Only the page of this app may ask.');
    const parsed = wanted.parse(given);
    return parsed.folder ? await chooseFolder(window, parsed) : await chooseFile(window, parsed);
  });
}

/** @returns a whole path; undefined where the user cancelled */
async function chooseFile(window: BrowserWindow, { name }: Wanted): Promise<string | undefined> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: join(app.getPath('downloads'), name),
    filters: name.endsWith('.tar') ? [{ name: 'tar', extensions: ['tar'] }] : [],
  });
  return canceled || filePath === '' ? undefined : filePath;
}

async function chooseFolder(window: BrowserWindow, { name }: Wanted): Promise<string | undefined> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    defaultPath: app.getPath('downloads'),
    properties: ['openDirectory', 'createDirectory'],
  });
  const [folder] = filePaths;
  return folder === undefined ? undefined : await folderFor(folder, name);
}

/** An empty folder and a layout are taken as they are; in a folder of other things the layout gets one of its own. */
async function folderFor(folder: string, name: string): Promise<string> {
  const inside = await readdir(folder);
  return inside.length === 0 || inside.includes('oci-layout') ? folder : join(folder, name);
}
