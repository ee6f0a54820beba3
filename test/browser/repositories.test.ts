import { expect, test } from 'vitest';
import { startDockerRegistry } from '../support/docker-registry.ts';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { describeWithPeer } from '../support/peers.ts';
import { addAccount, places, scanAll, store, storeContents, tagsOf } from './fixtures.ts';
import { openApp, shown, typeName } from './harness.ts';

async function openScanned() {
  const registry = await startTestRegistry();
  await storeContents(registry);
  const opened = await openApp();
  const { id } = await addAccount(opened.api, registry, { name: 'Harbour' });
  await scanAll(opened.api, id);
  await opened.page.goto(opened.app.origin + places.registry(id));
  const tree = opened.page.getByRole('treegrid', { name: 'Repositories of Harbour' });
  const row = (name: string | RegExp) => tree.getByRole('row', { name });
  await shown(row(/team\/app/));
  return { ...opened, registry, id, tree, row };
}

test('by keys: a namespace is closed and opened, stays closed, and what is looked for is shown in it all the same', async () => {
  const { page, tree, row } = await openScanned();
  await shown(page.getByText('Sizes of 5 of 5 repositories'));
  await shown(row(/team\/app/).getByText('Multi-arch'));
  await shown(row(/charts\/web/).getByText('Helm'));
  await tree.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await row(/charts\/web/).waitFor({ state: 'hidden' });
  await page.reload();
  await shown(row(/team\/app/));
  expect(await row(/charts\/web/).count()).toBe(0);
  await page.getByRole('textbox', { name: 'Filter repositories' }).fill('web');
  await shown(row(/charts\/web/));
  await page.getByRole('textbox', { name: 'Filter repositories' }).fill('');
  await page.getByRole('button', { name: /^Helm/ }).click();
  await shown(row(/charts\/web/));
  expect(await row(/team\/app/).count()).toBe(0);
});

test('the keys stay on the row at which they began when others come before it', async () => {
  const { page, registry, tree, row } = await openScanned();
  const active = () =>
    tree.evaluate(
      (grid) => document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')?.textContent,
    );
  await tree.focus();
  await expect.poll(active).toMatch(/^charts\//);
  await store(registry, 'before/all', await makeImage(), ['1.0']);
  await page.getByRole('button', { name: 'Refresh', exact: true }).click();
  await shown(row(/before\/all/));
  expect(await active()).toMatch(/^charts\//);
});

test('repositories that are chosen are deleted: all their tags, after a name was typed', async () => {
  const { page, registry, tree, row } = await openScanned();
  await tree.getByRole('checkbox', { name: 'Select team/', exact: true }).click();
  await tree.getByRole('checkbox', { name: 'Select team/app', exact: true }).click();
  await shown(page.getByTestId('selected').getByText('2 repositories'));
  await tree.focus();
  await page.keyboard.press('Delete');
  await shown(page.locator('[data-repository="team/docker"]'));
  await shown(page.getByRole('grid', { name: 'What will be deleted' }).getByText('team/report'));
  const start = page.getByRole('button', { name: 'Delete 2 tags' });
  await expect.poll(() => start.getAttribute('aria-disabled')).toBe('true');
  // Of several it is the registry's.
  await typeName(page, new URL(registry.url).host);
  await start.click();
  await expect.poll(() => tagsOf(registry, 'team/docker')).toEqual({});
  await expect.poll(() => tagsOf(registry, 'team/report')).toEqual({});
  expect(Object.keys(await tagsOf(registry, 'team/app'))).toEqual(['1.0', '2.0', '2.0.1', 'latest']);
  await shown(row(/team\/app/));
});

test('what the registry is, and what it lets one do, is in its line of facts and in Details', async () => {
  const { page, row } = await openScanned();
  const main = page.getByRole('main');
  await shown(main.getByText('5 repositories', { exact: true }));
  await shown(main.getByText('8 tags', { exact: true }));
  await shown(main.getByText('deletes single tags'));
  await main.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Details' }).click();
  const dialog = page.getByRole('dialog');
  await shown(dialog.getByText('Find signatures and SBOMs (referrers)'));
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await row(/team\/report/).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Open' }).click();
  await shown(page.getByRole('grid', { name: 'Tags of team/report' }));
});

test('what comes late about sizes stands below the rows, which stay where they are', async () => {
  const registry = await startTestRegistry();
  await storeContents(registry);
  const { app, api, page } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.registry(id));
  const note = page.getByText('Sizes, dates and images are not known yet.');
  await shown(note);
  const [rows, below] = await Promise.all(
    [page.getByRole('treegrid', { name: 'Repositories of Harbour' }), note].map((each) => each.boundingBox()),
  );
  expect(rows && below && below.y >= rows.y + rows.height).toBe(true);
});

describeWithPeer('docker-registry', 'a pull-through cache', (programs) => {
  test('offers nothing to push as soon as its page is seen, and says how it is filled', async () => {
    const source = await startDockerRegistry('deleteDisabled', programs);
    const cache = await startDockerRegistry('deleteDisabled', programs, {
      more: { proxy: { remoteurl: source.url } },
    });
    const { app, api, page } = await openApp();
    const { id } = await addAccount(api, cache, { name: 'Cache' });
    await page.goto(app.origin + places.registry(id));
    const push = page.getByRole('main').getByRole('button', { name: 'Push an image…' });
    await shown(push);
    // Whenever it is looked at: until the registry was asked, too.
    const offered = await page.evaluate(async () => {
      const found: boolean[] = [];
      while (document.querySelector('[data-deletion="pullThroughCache"]') === null) {
        const button = [...document.querySelectorAll('main button')].find(
          ({ textContent }) => textContent === 'Push an image…',
        );
        if (button) found.push(button.ariaDisabled !== 'true');
        await new Promise(requestAnimationFrame);
      }
      return found.includes(true);
    });
    expect(offered).toBe(false);
    await expect
      .poll(() => push.getAttribute('aria-description'))
      .toBe('This registry is a pull-through cache: it takes no pushes and deletes nothing.');
    await shown(page.getByText('what is pulled through it appears here', { exact: false }));
    expect(await page.getByText('Push an image, or copy').count()).toBe(0);
  });
});
