import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, readlink, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { places, store } from '../browser/fixtures.ts';
import { rowOf } from '../browser/harness.ts';
import { type Desktop, launchDesktop, startDesktopSession } from '../support/electron.ts';
import { imageOf, rawTar } from '../support/layers.ts';
import { describeWithPeer } from '../support/peers.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { addProtectedRegistry, SCREEN, startProtectedRegistry } from './desktop.ts';

/** Answers the system's dialogs as a user would, files with the name that is suggested, and keeps what they were asked with. */
async function answerDialogs({ app }: Desktop, answers: { filesIn: string; folder: string }) {
  return await app.evaluateHandle(({ dialog }, { filesIn, folder }) => {
    const asked: string[] = [];
    dialog.showSaveDialog = (async (_: unknown, { defaultPath }: Electron.SaveDialogOptions) => {
      const name = defaultPath?.split('/').at(-1);
      asked.push(`file ${name}`);
      return { canceled: false, filePath: `${filesIn}/mine-${name}` };
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
    const file = path.join(folder, 'mine-app-1.0.tar');
    const asked = await answerDialogs(desktop, { filesIn: folder, folder: full });

    const main = page.getByRole('main');
    await page
      .getByRole('treegrid')
      .getByRole('row', { name: /team\/app/ })
      .click();
    const tags = page.getByRole('grid', { name: /^Tags of/ });
    await page.getByRole('button', { name: 'Group by image' }).click();
    await rowOf(tags, '1.0').getByText('amd64', { exact: true }).waitFor();
    await page.getByRole('checkbox', { name: 'Select 1.0', exact: true }).click();
    await main.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Save the images as…' }).click();
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
    await page.locator('[data-ended][data-status="done"]').waitFor();
    expect((await stat(file)).size).toBeGreaterThan(0);
    expect(await readdir(full)).toEqual(['other']);
    expect(guard.problems).toEqual([]);
  });

  test('a file and a directory of an image are saved where the dialog says: as they are, as an archive, as a folder', async () => {
    const session = await startDesktopSession(programs);
    const registry = await startProtectedRegistry();
    const layer = rawTar([
      { name: 'etc/', type: '5', mode: 0o755 },
      { name: 'etc/motd', content: 'Willkommen\n', mode: 0o640 },
      { name: 'etc/ssl/deep.conf', content: 'deep\n' },
      { name: 'etc/link', type: '2', link: 'motd' },
      { name: 'etc/outside', type: '2', link: '/root/secret' },
    ]);
    await store(registry, 'team/files', imageOf([layer]), ['1.0']);
    const desktop = await launchDesktop({ executable, session, home: await temporaryFolder() });
    const { page, guard } = desktop;
    await addProtectedRegistry(page, registry);
    const filesIn = await temporaryFolder();
    const folder = await temporaryFolder();
    const asked = await answerDialogs(desktop, { filesIn, folder });

    const id = /registries\/([^/?]+)/.exec(page.url())?.[1] ?? '';
    const search = { tab: 'files', filter: 'etc' };
    await page.goto(`wharfinger://app${places.image(id, 'team/files', '1.0', search)}`);
    const main = page.getByRole('main');
    const saveFrom = async (entry: string, item: string) => {
      await main.getByRole('button', { name: `Actions for ${entry}`, exact: true }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await saveFrom('etc', 'Save as tar archive…');
    await page.getByText(`Saved to ${filesIn}/mine-etc.tar`).waitFor();
    await saveFrom('etc', 'Save to a folder…');
    await page.getByText(/^Saved, except for 1 entry/).waitFor();
    await main.getByRole('textbox', { name: 'Search by path' }).fill('motd');
    await saveFrom('etc/motd', 'Save file…');
    await page.getByText(`Saved to ${filesIn}/mine-motd`).waitFor();
    expect(await asked.jsonValue()).toEqual([
      'file etc.tar',
      'folder openDirectory createDirectory',
      'file motd',
    ]);

    expect(await readFile(path.join(filesIn, 'mine-motd'), 'utf8')).toBe('Willkommen\n');
    const archive = path.join(filesIn, 'mine-etc.tar');
    const listed = execFileSync('tar', ['tf', archive], { encoding: 'utf8' });
    expect(listed.trim().split('\n').sort()).toEqual(['link', 'motd', 'outside', 'ssl/', 'ssl/deep.conf']);
    expect((await readdir(folder)).sort()).toEqual(['link', 'motd', 'ssl']);
    expect(await readFile(path.join(folder, 'ssl/deep.conf'), 'utf8')).toBe('deep\n');
    expect(await readlink(path.join(folder, 'link'))).toBe('motd');
    expect((await stat(path.join(folder, 'motd'))).mode & 0o777).toBe(0o640);
    expect((await readdir(filesIn)).sort()).toEqual(['mine-etc.tar', 'mine-motd']);
    expect(guard.problems).toEqual([]);
  });
});
