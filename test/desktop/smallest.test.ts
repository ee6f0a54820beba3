import { expect, test } from 'vitest';
import { places, storeContents } from '../browser/fixtures.ts';
import { controlsOutOfReach } from '../browser/layout-checks.ts';
import { openChange } from '../browser/view.ts';
import { launchDesktop, startDesktopSession } from '../support/electron.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { describeWithPeer } from '../support/peers.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { addRegistry, SCREEN } from './desktop.ts';

describeWithPeer([...SCREEN], 'the smallest window', ({ electron: executable, ...programs }) => {
  test('every control of a page is reached in it', async () => {
    const registry = await startTestRegistry();
    await storeContents(registry);
    const session = await startDesktopSession(programs);
    const { app, page } = await launchDesktop({ executable, session, home: await temporaryFolder() });
    await addRegistry(page, registry.url, 'Harbour');
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1, 1));
    await expect.poll(() => page.evaluate(() => window.outerWidth)).toBe(800);
    const id = /registries\/([^/]+)/.exec(page.url())?.[1] ?? '';
    const image = (tab: string) => places.image(id, 'team/app', 'latest', { tab });
    const { host } = new URL(registry.url);
    const selected = `${places.tags(id, 'team/app')}&selected=1.0`;
    const copy = async () => {
      await openChange(page, 'copy');
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: 'Tag', exact: true }).fill('copied');
      await dialog.getByRole('button', { name: 'Show the plan' }).click();
      await page.getByTestId('plan').waitFor();
    };
    const clean = async () => {
      await page.getByRole('button', { name: 'New rules' }).click();
      await page.locator('[data-action="plan"]:not([data-loading]):enabled').click();
      // Rules that are new take nothing.
      await page.getByText('Nothing to delete with these rules.').waitFor();
    };
    for (const [path, ready, open] of [
      [places.registry(id), '[role="treegrid"] [aria-rowindex="2"]'],
      [selected, '[data-action="delete"]'],
      [selected, '[data-action="delete"]', () => openChange(page, 'delete')],
      [selected, '[data-action="copy"]', copy],
      [places.cleanup(id), 'main h2', clean],
      [image('overview'), 'main dl'],
      [image('layers'), '[role="grid"] [aria-rowindex="2"]'],
      [image('files'), '[role="treegrid"]'],
      [`/transfers/new?source=${id}`, '[role="treegrid"] [aria-rowindex="2"]'],
      ['/accounts/new?product=generic', 'main form section'],
      [`/compare?left=${host}/team/app:1.0&right=${host}/team/app:latest`, 'main [role="tabpanel"]'],
      ['/settings', 'main section code'],
      ['/activity', 'main [role="grid"] [aria-rowindex="2"]'],
    ] as readonly [string, string, (() => Promise<void>)?][]) {
      await page.goto(`wharfinger://app${path}`);
      await page.locator(ready).first().waitFor();
      await open?.();
      expect([path, await controlsOutOfReach(page)]).toEqual([path, []]);
    }
  });
});
