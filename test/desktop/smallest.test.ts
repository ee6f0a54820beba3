import { expect, test } from 'vitest';
import { places, storeContents } from '../browser/fixtures.ts';
import { controlsOutOfReach } from '../browser/layout-checks.ts';
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
    for (const [path, ready] of [
      [places.registry(id), '[role="treegrid"] [aria-rowindex="2"]'],
      [`${places.tags(id, 'team/app')}&selected=1.0`, '[data-action="delete"]'],
      [image('overview'), 'main dl'],
      [image('layers'), '[role="grid"] [aria-rowindex="2"]'],
      [image('files'), '[role="treegrid"]'],
      [`/transfers/new?source=${id}`, '[role="treegrid"] [aria-rowindex="2"]'],
      ['/accounts/new?product=generic', 'main form section'],
      ['/settings', 'main section code'],
      ['/activity', 'main [role="grid"] [aria-rowindex="2"]'],
    ] as const) {
      await page.goto(`wharfinger://app${path}`);
      await page.locator(ready).first().waitFor();
      expect([path, await controlsOutOfReach(page)]).toEqual([path, []]);
    }
  });
});
