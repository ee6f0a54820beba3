import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { accountForm, openForm } from '../browser/account-form.ts';
import { places, store } from '../browser/fixtures.ts';
import {
  type Desktop,
  type DesktopOptions,
  launchDesktop,
  startDesktopSession,
} from '../support/electron.ts';
import { makeHelmChart } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { describeWithPeer } from '../support/peers.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { SCREEN } from './desktop.ts';

const HOMES = {
  '1.0.0': 'https://charts.example/web?page=1',
  '1.0.1': 'https://charts.example/other',
  '2.0.0': 'http://elsewhere.example/',
};

async function startCharts(): Promise<GuardedRegistry> {
  const registry = await startTestRegistry();
  for (const [version, home] of Object.entries(HOMES))
    await store(registry, 'charts/web', await makeHelmChart('web', version, { home }), [version]);
  return registry;
}

/** In place of the system's browser and its question: what they were given. Answers from now on with the button's number. */
function noteOpening({ app }: Desktop, answer: number): Promise<void> {
  return app.evaluate(({ dialog, shell }, button) => {
    const noted = globalThis as unknown as { noted: { opened: string[]; asked: string[] } };
    noted.noted ??= { opened: [], asked: [] };
    shell.openExternal = async (url) => void noted.noted.opened.push(url);
    dialog.showMessageBox = (async (_window: unknown, { message }: { message: string }) => {
      noted.noted.asked.push(message);
      return { response: button, checkboxChecked: false };
    }) as unknown as typeof dialog.showMessageBox;
  }, answer);
}

function noted({ app }: Desktop): Promise<{ opened: string[]; asked: string[] }> {
  return app.evaluate(
    () => (globalThis as unknown as { noted: { opened: string[]; asked: string[] } }).noted,
  );
}

async function addCharts(page: Page, registry: GuardedRegistry): Promise<string> {
  const form = await openForm(page, registry.url);
  await form.name.fill('Charts');
  await form.press('Test and save');
  await page.getByRole('heading', { level: 1, name: 'Charts' }).waitFor();
  return /registries\/([^/?]+)/.exec(page.url())?.[1] ?? '';
}

describeWithPeer([...SCREEN], 'links out of the desktop app', ({ electron: executable, ...programs }) => {
  test('S12: a chart’s home opens in the system’s browser; each host is asked for once, also after a restart', async () => {
    const registry = await startCharts();
    const session = await startDesktopSession(programs);
    const options: DesktopOptions = { executable, session, home: await temporaryFolder() };
    const first = await launchDesktop(options);
    const id = await addCharts(first.page, registry);
    const follow = async ({ page }: Desktop, version: keyof typeof HOMES) => {
      await page.goto(`wharfinger://app${places.image(id, 'charts/web', version)}`);
      await page.getByRole('link', { name: HOMES[version] }).click();
    };

    await noteOpening(first, 1);
    await follow(first, '1.0.0');
    await expect
      .poll(() => noted(first))
      .toEqual({ opened: [], asked: [expect.stringContaining('charts.example')] });
    await noteOpening(first, 0);
    await follow(first, '1.0.0');
    await expect.poll(async () => (await noted(first)).opened).toEqual([HOMES['1.0.0']]);
    await follow(first, '1.0.1');
    await expect.poll(async () => (await noted(first)).opened).toEqual([HOMES['1.0.0'], HOMES['1.0.1']]);
    await follow(first, '2.0.0');
    await expect.poll(async () => (await noted(first)).opened).toEqual(Object.values(HOMES));
    expect((await noted(first)).asked).toHaveLength(3);
    expect(await first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(first.page.url()).toMatch(/^wharfinger:\/\/app\//);
    await first.close();

    const again = await launchDesktop(options);
    await again.page
      .getByRole('navigation', { name: 'Registries and pages' })
      .getByText('Charts', { exact: true })
      .waitFor();
    await noteOpening(again, 1);
    await follow(again, '1.0.0');
    await expect.poll(() => noted(again)).toEqual({ opened: [HOMES['1.0.0']], asked: [] });
  });

  test('pages where a token is made are the app’s own: they open without a question', async () => {
    const session = await startDesktopSession(programs);
    const desktop = await launchDesktop({ executable, session, home: await temporaryFolder() });
    const { page } = desktop;
    await noteOpening(desktop, 1);
    await page.goto('wharfinger://app/accounts/new?product=ghcr');
    await page.getByRole('link', { name: 'Create one at github.com' }).click();
    await expect
      .poll(() => noted(desktop))
      .toEqual({ opened: [expect.stringContaining('scopes=read:packages,write:packages')], asked: [] });
    // Of a host that somebody typed it is asked.
    await page.goto('wharfinger://app/accounts/new?product=gitea');
    await accountForm(page).address.fill('git.example');
    await page.getByRole('link', { name: 'Create one at git.example' }).click();
    await expect
      .poll(async () => (await noted(desktop)).asked)
      .toEqual([expect.stringContaining('git.example')]);
  });
});
