import { mkdir, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { rowOf } from '../browser/harness.ts';
import { type Desktop, launchDesktop, startDesktopSession } from '../support/electron.ts';
import { describeWithPeer } from '../support/peers.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { addProtectedRegistry, SCREEN, startProtectedRegistry } from './desktop.ts';

/** Answers the system's dialogs as a user would, and keeps what they were asked with. */
async function answerDialogs({ app }: Desktop, answers: { file: string; folder: string }) {
  return await app.evaluateHandle(({ dialog }, { file, folder }) => {
    const asked: string[] = [];
    dialog.showSaveDialog = (async (_: unknown, { defaultPath }: Electron.SaveDialogOptions) => {
      asked.push(`file ${defaultPath?.split('/').at(-1)}`);
      return { canceled: false, filePath: file };
    }) as typeof dialog.showSaveDialog;
    dialog.showOpenDialog = (async (_: unknown, { properties }: Electron.OpenDialogOptions) => {
      asked.push(`folder ${properties?.join(' ')}`);
      return { canceled: false, filePaths: [folder] };
    }) as typeof dialog.showOpenDialog;
    return asked;
  }, answers);
}

describeWithPeer([...SCREEN], 'saving from the desktop app', ({ electron: executable, ...programs }) => {
  test('where an image is saved is chosen in the system’s dialog: a file, or a folder that gets one of its own', async () => {
    const session = await startDesktopSession(programs);
    const registry = await startProtectedRegistry();
    const desktop = await launchDesktop({ executable, session, home: await temporaryFolder() });
    const { page, guard } = desktop;
    await addProtectedRegistry(page, registry);
    const folder = await temporaryFolder();
    const full = path.join(folder, 'full');
    await mkdir(path.join(full, 'other'), { recursive: true });
    const file = path.join(folder, 'mine.tar');
    const asked = await answerDialogs(desktop, { file, folder: full });

    const main = page.getByRole('main');
    await main.getByRole('link', { name: 'Browse repositories' }).click();
    await page
      .getByRole('grid')
      .getByRole('row', { name: /team\/app/ })
      .click();
    const tags = page.getByRole('grid', { name: /^Tags of/ });
    await rowOf(tags, '1.0').getByText('linux/amd64').waitFor();
    await page.getByRole('checkbox', { name: 'Select 1.0', exact: true }).click();
    await main.getByRole('button', { name: 'Save as…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('OCI layout (folder)').click();
    await dialog.getByRole('button', { name: 'Choose…' }).click();
    const layout = dialog.getByRole('textbox', { name: 'Folder' });
    await expect.poll(() => layout.inputValue()).toBe(path.join(full, 'app-1.0'));
    await dialog.getByText('OCI archive', { exact: true }).click();
    await dialog.getByRole('button', { name: 'Choose…' }).click();
    await expect.poll(() => dialog.getByRole('textbox', { name: 'File' }).inputValue()).toBe(file);
    expect(await asked.jsonValue()).toEqual(['folder openDirectory createDirectory', 'file app-1.0.tar']);

    await dialog.getByRole('button', { name: 'Show the plan' }).click();
    await main.getByRole('button', { name: 'Save', exact: true }).click();
    await page.locator('[data-operation][data-status="done"]').waitFor();
    expect((await stat(file)).size).toBeGreaterThan(0);
    expect(await readdir(full)).toEqual(['other']);
    expect(guard.problems).toEqual([]);
  });
});
