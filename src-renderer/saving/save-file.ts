import { DOWNLOAD_PATH } from '../../src-main/contract/browser-session.ts';
import { api } from '../api.ts';
import { desktopFiles } from '../desktop-files.ts';
import { fileNameOf } from './file-name.ts';

/**
 * Saves a file that the main side writes: where the user says in the desktop app, and as a download in a browser.
 *
 * @param save has it written to a path
 * @returns the path; undefined for a download, and where the user cancelled
 */
export async function saveFile(
  suggested: string,
  save: (to: string) => Promise<void>,
): Promise<string | undefined> {
  const name = fileNameOf(suggested);
  const files = desktopFiles();
  if (files) {
    const chosen = await files.chooseTarget({ folder: false, name });
    if (chosen !== undefined) await save(chosen);
    return chosen;
  }
  const { path } = await api.content.prepareDownload({ name });
  await save(path);
  const found = (await api.content.downloads()).find((each) => each.path === path);
  if (found) startDownload(`${DOWNLOAD_PATH}${found.ticket}`);
  return undefined;
}

function startDownload(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}

/** The same for a folder, which is nothing that a browser downloads. */
export async function saveFolder(
  suggested: string,
  save: (to: string) => Promise<void>,
): Promise<string | undefined> {
  const chosen = await desktopFiles()?.chooseTarget({ folder: true, name: fileNameOf(suggested) });
  if (chosen !== undefined) await save(chosen);
  return chosen;
}
