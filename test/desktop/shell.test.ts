import path from 'node:path';
import type { MenuItem } from 'electron';
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { TITLE_BAR } from '../../src-main/common/desktop-shell.ts';
import { store } from '../browser/fixtures.ts';
import { addAccount, testCore, whenOperation } from '../services/support/core.ts';
import { whenFinished } from '../support/cleanup.ts';
import {
  type Desktop,
  type DesktopOptions,
  launchDesktop,
  startAgain,
  startDesktopSession,
} from '../support/electron.ts';
import { makeImage } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { describeWithPeer } from '../support/peers.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { addRegistry, SCREEN } from './desktop.ts';

/** Where the title bar's menu opens. */
const AT_BAR = [8, TITLE_BAR.height];

/** Labels of the menu bar's items with their state, below their menu. */
function menuBar({ app }: Desktop): Promise<{ menu: string; label: string; enabled: boolean }[]> {
  return app.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).flatMap((menu) =>
      (menu.submenu?.items ?? [])
        .filter(({ type }) => type !== 'separator')
        .map(({ label, enabled }: MenuItem) => ({ menu: menu.label, label, enabled })),
    ),
  );
}

async function menuWith(desktop: Desktop, label: string): Promise<void> {
  await expect
    .poll(async () => (await menuBar(desktop)).map((item) => item.label), { timeout: 20_000 })
    .toContain(label);
}

function choose({ app }: Desktop, wanted: string): Promise<void> {
  return app.evaluate(({ Menu }, label) => {
    const items = (Menu.getApplicationMenu()?.items ?? []).flatMap(({ submenu }) => submenu?.items ?? []);
    items.find((item) => item.label === label)?.click();
  }, wanted);
}

describeWithPeer([...SCREEN], 'the shell of the desktop app', ({ electron: executable, ...programs }) => {
  const prepare = async (): Promise<DesktopOptions> => ({
    executable,
    session: await startDesktopSession(programs),
    home: await temporaryFolder(),
  });

  test('the menu bar has the commands of the page, and runs them', async () => {
    const desktop = await launchDesktop(await prepare());
    await menuWith(desktop, 'Settings');
    await choose(desktop, 'Settings');
    await desktop.page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await choose(desktop, 'Back');
    await desktop.page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor({ state: 'detached' });
    expect(desktop.guard.problems).toEqual([]);
  });

  test('the page draws the title bar: nothing lies under the buttons of the system, whose colours and menus it has', async () => {
    const desktop = await launchDesktop(await prepare());
    const { app, page } = desktop;
    await menuWith(desktop, 'Settings');
    await app.evaluate(({ BrowserWindow, Menu }) => {
      const seen = { colours: [] as unknown[], menus: [] as unknown[] };
      Object.assign(globalThis, { seen });
      BrowserWindow.prototype.setTitleBarOverlay = (buttons) => void seen.colours.push(buttons);
      Menu.prototype.popup = ({ x, y } = {}) => void seen.menus.push([x, y]);
    });
    const seen = () =>
      app.evaluate(() => (globalThis as unknown as { seen: { colours: unknown[]; menus: unknown[] } }).seen);
    // The system's own frame is gone.
    const frame = await app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows()[0];
      window?.setSize(800, 560);
      return window && window.getBounds().height - window.getContentBounds().height;
    });
    expect(frame).toBe(0);
    await expect.poll(() => page.evaluate(() => innerWidth)).toBe(800);
    const freeOf = () =>
      page.evaluate(() => {
        const overlay = Reflect.get(navigator, 'windowControlsOverlay') as {
          visible: boolean;
          getTitlebarAreaRect(): DOMRect;
        };
        const { x, width, height } = overlay.getTitlebarAreaRect();
        return { visible: overlay.visible, x, width, height };
      });
    // The system moves its buttons after the page has its size.
    await expect.poll(async () => (await freeOf()).width).toBeLessThan(780);
    const free = await freeOf();
    expect(free).toMatchObject({ visible: true, x: 0, height: TITLE_BAR.height - 1 });

    const bar = page.getByRole('banner');
    for (const each of [...(await bar.getByRole('button').all()), bar.getByText('Wharfinger')]) {
      const box = await each.boundingBox();
      expect(box && box.x + box.width).toBeLessThanOrEqual(free.width);
    }
    for (const each of [page.getByRole('navigation'), page.getByRole('main')])
      expect((await each.boundingBox())?.y).toBeGreaterThanOrEqual(TITLE_BAR.height);
    const drags = (element: Locator) =>
      element.evaluate((each) => getComputedStyle(each).getPropertyValue('-webkit-app-region'));
    expect(await drags(bar)).toBe('drag');
    expect(await drags(bar.getByRole('button').first())).toBe('no-drag');

    await bar.getByRole('button', { name: 'Open the menu' }).click();
    await page.keyboard.press('F10');
    await expect.poll(async () => (await seen()).menus).toEqual([AT_BAR, AT_BAR]);
    await choose(desktop, 'Keyboard shortcuts');
    const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await dialog.waitFor();
    expect((await dialog.boundingBox())?.y).toBeGreaterThanOrEqual(TITLE_BAR.height);
    expect(await drags(dialog)).toBe('no-drag');
    await page.keyboard.press('Escape');

    await choose(desktop, 'Theme: dark');
    const { surface: color, text: symbolColor } = TITLE_BAR.dark;
    await expect
      .poll(async () => (await seen()).colours.at(-1))
      .toEqual({ color, symbolColor, height: TITLE_BAR.height - 1 });
    await expect
      .poll(() => bar.evaluate((each) => getComputedStyle(each).backgroundColor))
      .toBe('rgb(29, 32, 35)');
    await choose(desktop, 'Settings');
    await bar.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor({ state: 'detached' });
    expect(desktop.guard.problems).toEqual([]);
  });

  test('a place opens in a further window, which works by itself', async () => {
    const desktop = await launchDesktop(await prepare());
    await menuWith(desktop, 'Settings');
    await choose(desktop, 'Settings');
    await desktop.page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    const opening = desktop.app.waitForEvent('window');
    await choose(desktop, 'Open in a new window');
    const second = await opening;
    await second.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    expect(desktop.app.windows()).toHaveLength(2);
    // The first one can go, and the second one still asks and is answered.
    await desktop.page.close();
    await second.getByRole('link', { name: 'History' }).click();
    await second.getByRole('heading', { level: 1, name: 'History' }).waitFor();
    expect(desktop.guard.problems).toEqual([]);
  });

  test('registries, repositories and tags open in a further window from their menus', async () => {
    const registry = await startTestRegistry();
    await store(registry, 'team/app', await makeImage(), ['1.0']);
    const desktop = await launchDesktop(await prepare());
    const { page } = desktop;
    await addRegistry(page, registry.url, 'Harbour');
    const openFrom = async (target: Locator) => {
      await target.click({ button: 'right' });
      const opening = desktop.app.waitForEvent('window');
      await page.getByRole('menuitem', { name: 'Open in a new window' }).click();
      return opening;
    };
    const ofRegistry = await openFrom(page.getByRole('link', { name: 'Harbour', exact: true }).first());
    await ofRegistry.getByRole('heading', { level: 1, name: 'Harbour' }).waitFor();
    const repository = page.getByRole('treegrid').getByRole('link', { name: 'team/app' });
    const ofRepository = await openFrom(repository);
    await ofRepository.getByRole('heading', { level: 1, name: 'team/app' }).waitFor();
    await repository.click();
    const ofTag = await openFrom(page.getByRole('grid').getByRole('link', { name: '1.0' }));
    await ofTag.getByRole('heading', { level: 1, name: 'team/app:1.0' }).waitFor();
    expect(desktop.guard.problems).toEqual([]);
  });

  test('a link from outside leads to its place, also in the app that is open', async () => {
    const registry = await startTestRegistry();
    await store(registry, 'team/app', await makeImage(), ['1.0']);
    const options = await prepare();
    const desktop = await launchDesktop(options);
    await addRegistry(desktop.page, registry.url, 'Harbour');
    const link = `wharfinger://open/${new URL(registry.url).host}/team/app:1.0`;
    const again = await startAgain(options, link);
    expect(await again.exited).toMatchObject({ code: 0 });
    await desktop.page.getByRole('tab', { name: 'Overview', selected: true }).waitFor();
    expect(desktop.page.url()).toContain('reference=1.0');
    const elsewhere = await startAgain(options, 'wharfinger://open/elsewhere.example/team/app');
    expect(await elsewhere.exited).toMatchObject({ code: 0 });
    await desktop.page
      .getByRole('heading', { name: 'elsewhere.example is not in your list of registries' })
      .waitFor();
    expect(desktop.guard.problems).toEqual([]);
  });

  test('a link with two images opens their comparison', async () => {
    const registry = await startTestRegistry();
    await store(registry, 'team/app', await makeImage({ name: 'one' }), ['1.0']);
    await store(registry, 'team/app', await makeImage({ name: 'two' }), ['2.0']);
    const options = await prepare();
    const desktop = await launchDesktop(options);
    const { page } = desktop;
    await addRegistry(page, registry.url, 'Harbour');
    const app = `${new URL(registry.url).host}/team/app`;
    const link = `wharfinger://compare?left=${app}:1.0&right=${app}:2.0&tab=layers`;
    const again = await startAgain(options, link);
    expect(await again.exited).toMatchObject({ code: 0 });
    await page.getByRole('tab', { name: /^Layers/, selected: true }).waitFor();
    await page.getByRole('grid', { name: /^Layers/ }).waitFor();
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject({
      ...{ left: `${app}:1.0`, right: `${app}:2.0`, tab: 'layers' },
    });
    expect(desktop.guard.problems).toEqual([]);
  });

  test('while work runs its share is in the task bar, and closing asks; what is ended goes on at the next start', async () => {
    const options = await prepare();
    const [source, target] = [await startTestRegistry(), await startTestRegistry()];
    await store(source, 'team/app', await makeImage({ layers: { large: 4_000_000 } }), ['1.0']);
    // It would take minutes: the copy runs until it is ended.
    target.inject({ kind: 'slow', bytesPerSecond: 20_000, when: { path: /blobs\/uploads/ } });
    const operationId = await leaveCopy(options.home, source, target);

    const desktop = await launchDesktop(options);
    const { app } = desktop;
    await app.evaluate(({ BrowserWindow, dialog }) => {
      const seen = globalThis as unknown as { shares: number[]; asked: string[]; answer: number };
      Object.assign(seen, { shares: [], asked: [], answer: 1 });
      BrowserWindow.prototype.setProgressBar = (share) => void seen.shares.push(share);
      dialog.showMessageBox = (async (_window: unknown, { message }: { message: string }) => {
        seen.asked.push(message);
        return { response: seen.answer, checkboxChecked: false };
      }) as unknown as typeof dialog.showMessageBox;
    });
    const seen = () =>
      app.evaluate(() => {
        const { shares, asked } = globalThis as unknown as { shares: number[]; asked: string[] };
        return { shares, asked };
      });
    whenFinished(() => app.evaluate(() => Object.assign(globalThis, { answer: 0 })).catch(() => {}));
    // A window that opens now has the bar as well.
    const opening = app.waitForEvent('window');
    await choose(desktop, 'New Window');
    await opening;
    await expect
      .poll(async () => (await seen()).shares.some((share) => share >= 0), { timeout: 20_000 })
      .toBe(true);
    // Closing one of two ends nothing; the other asks, also while the first is still on its way out.
    await app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.close();
    });
    await expect
      .poll(async () => (await seen()).asked, { timeout: 20_000 })
      .toEqual(['An operation is still running. Quit anyway?']);
    await expect.poll(() => app.windows().length).toBe(1);
    await app.evaluate(() => Object.assign(globalThis, { answer: 0 }));
    await desktop.close();
    const core = await testCore({ home: path.join(options.home, 'wharfinger') });
    expect(core.operations.get(operationId)).toMatchObject({ status: 'interrupted' });
  });
});

/** A copy that ended with its program, in the home of a desktop app. @returns its id */
async function leaveCopy(home: string, from: GuardedRegistry, to: GuardedRegistry): Promise<string> {
  const core = await testCore({ home: path.join(home, 'wharfinger') });
  const [source, target] = [await addAccount(core, from), await addAccount(core, to)];
  const handles = [await core.accounts.handle(source.id), await core.accounts.handle(target.id)] as const;
  const copy = {
    source: { repository: 'team/app', reference: '1.0' },
    target: { repository: 'team/app', tag: '1.0' },
  };
  const { id } = await core.transfers.planCopies(...handles, [copy]);
  const { operationId } = await core.plans.start(id);
  await whenOperation(core, operationId, ({ status }) => status === 'running');
  await core.close();
  return operationId;
}
