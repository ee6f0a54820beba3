import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { rowOf } from '../browser/harness.ts';
import { type DesktopOptions, launchDesktop, startAgain, startDesktopSession } from '../support/electron.ts';
import { describeWithPeer } from '../support/peers.ts';
import { runProcess } from '../support/process.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { addProtectedRegistry, credentials, root, SCREEN, startProtectedRegistry } from './desktop.ts';

const row = (page: Page, name: RegExp) => page.getByRole('treegrid').getByRole('row', { name });
const tagRow = (page: Page, name: string) => rowOf(page.getByRole('grid', { name: /^Tags of/ }), name);

/** All that is in files below a folder. */
async function textBelow(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = files.map((file) => readFile(path.join(file.parentPath, file.name), 'latin1'));
  return (await Promise.all(texts)).join('\n');
}

describeWithPeer(
  [...SCREEN, 'dbus-run-session', 'gnome-keyring-daemon'],
  'the desktop app with a keychain',
  ({ electron: executable, ...programs }) => {
    test('first steps: a registry is added, browsed and changed; its password is in the keychain alone', async () => {
      const session = await startDesktopSession(programs, programs);
      const registry = await startProtectedRegistry();
      const options: DesktopOptions = { executable, session, home: await temporaryFolder() };
      const { page, guard, close } = await launchDesktop(options);
      expect(page.url()).toBe('wharfinger://app/');
      await addProtectedRegistry(page, registry);
      expect(await page.locator('[data-keychain]').count()).toBe(0);
      await row(page, /team\/app/).click();
      await page.getByRole('button', { name: 'Group by image' }).click();
      await tagRow(page, 'latest').getByText('amd64', { exact: true }).waitFor();
      // The index of seen places works in a thread of the main process.
      await page.keyboard.press('ControlOrMeta+k');
      await page.getByRole('dialog').getByRole('textbox').fill('app 1');
      await page.getByRole('dialog').getByText('team/app:1.0', { exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.getByRole('checkbox', { name: 'Select latest', exact: true }).click();
      await page.getByRole('main').getByRole('button', { name: 'Delete…', exact: true }).click();
      await page.getByRole('main').getByRole('button', { name: 'Delete 1 tag' }).click();
      await page.locator('[data-ended][data-status="done"]').waitFor();
      await tagRow(page, '1.0').getByText('1.0', { exact: true }).click();
      await page.getByRole('tab', { name: 'Overview', selected: true }).waitFor();
      expect(guard.problems).toEqual([]);
      await close();

      // Another program of the same user finds it there, under the account's name and field.
      const lookUp =
        "import keytar from 'keytar'; console.log(JSON.stringify(await keytar.findCredentials('Wharfinger')))";
      const found = await runProcess(process.execPath, ['--input-type=module', '--eval', lookUp], {
        env: session.env,
        cwd: root,
      });
      expect(JSON.parse(found)).toEqual([
        { account: expect.stringMatching(/^[0-9a-f-]{36}:password$/), password: credentials.password },
      ]);
      const kept = await textBelow(options.home);
      expect(kept).toContain('Harbour');
      for (const encoding of ['utf8', 'base64', 'hex'] as const) {
        expect(kept).not.toContain(Buffer.from(credentials.password).toString(encoding));
      }
      expect(kept).not.toContain(Buffer.from(credentials.password).toString('latin1'));

      const again = await launchDesktop(options);
      await again.page.getByRole('navigation', { name: 'Registries and pages' }).getByText('Harbour').click();
      await row(again.page, /team\/app/).waitFor();
      expect(again.guard.problems).toEqual([]);
    });
  },
);

describeWithPeer([...SCREEN], 'the desktop app', ({ electron: executable, ...programs }) => {
  test('without a keychain a password lasts for the session, and the page says so', async () => {
    const session = await startDesktopSession(programs);
    const registry = await startProtectedRegistry();
    const options: DesktopOptions = { executable, session, home: await temporaryFolder() };
    const { page, guard, close } = await launchDesktop(options);
    await addProtectedRegistry(page, registry);
    await page.getByText('The sign-in is kept for this session only').waitFor();
    await row(page, /team\/app/).waitFor();
    expect(guard.problems).toEqual([]);
    await close();
    expect(await textBelow(options.home)).not.toContain(Buffer.from(credentials.password).toString('latin1'));

    const again = await launchDesktop(options);
    await again.page.getByRole('navigation', { name: 'Registries and pages' }).getByText('Harbour').click();
    await again.page.locator('[data-failure="unauthorized"]').waitFor();
  });

  test('the window opens again where it was closed', async () => {
    const options: DesktopOptions = {
      executable,
      session: await startDesktopSession(programs),
      home: await temporaryFolder(),
    };
    const wanted = { x: 120, y: 90, width: 1000, height: 700 };
    const first = await launchDesktop(options);
    await first.app.evaluate(
      ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds),
      wanted,
    );
    await first.page.waitForFunction(() => window.outerWidth === 1000);
    await first.close();
    const second = await launchDesktop(options);
    expect(
      await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds()),
    ).toEqual(wanted);
  });

  test('a second start shows the window that is open and ends', async () => {
    const options: DesktopOptions = {
      executable,
      session: await startDesktopSession(programs),
      home: await temporaryFolder(),
    };
    const { app } = await launchDesktop(options);
    const watch = await app.evaluateHandle(({ BrowserWindow }) => {
      const shown = Promise.withResolvers<boolean>();
      const [window] = BrowserWindow.getAllWindows();
      if (window) window.focus = () => shown.resolve(true);
      return { focused: shown.promise };
    });
    const second = await startAgain(options);
    expect(await second.exited).toMatchObject({ code: 0 });
    expect(second.output()).toContain('Wharfinger is open already.');
    expect(await watch.evaluate(({ focused }) => focused)).toBe(true);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });
});
