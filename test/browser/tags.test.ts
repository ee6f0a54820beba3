import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { BUSY, storeBusy } from './busy-repository.ts';
import { addAccount, places, scanAll, store } from './fixtures.ts';
import { gone, openApp, shown } from './harness.ts';

async function openBusy(search: Record<string, string> = { view: 'images' }) {
  const registry = await startTestRegistry();
  await storeBusy(registry, { now: Date.now() });
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Production' });
  await scanAll(api, id);
  const address = app.origin + places.tags(id, BUSY, search);
  await page.goto(address);
  const grid = page.getByRole('grid', { name: `Tags of ${BUSY}` });
  await shown(rowOn(grid, '1.5.0-rc.2').getByRole('gridcell', { name: 'signed' }));
  return { registry, page, grid, address };
}

const tag = (within: Page | Locator, name: string) => within.locator(`[data-tag="${name}"]`);

/** The row of an image by one of its tags. */
const rowOn = (grid: Locator, name: string) => grid.getByRole('row').filter({ has: tag(grid.page(), name) });

/** Tags in view, row by row. */
const lines = (grid: Locator) =>
  grid
    .locator('[role="row"][aria-rowindex]:not([aria-rowindex="1"])')
    .evaluateAll((rows) =>
      rows.map((row) =>
        [...row.querySelectorAll<HTMLElement>('[data-tag]')].map(({ dataset }) => dataset.tag),
      ),
    );

const isFocused = (element: Locator) => element.evaluate((each) => each === document.activeElement);

test('a row is an image: its tags, the newest version first and what moves tinted, what is attached, date and age', async () => {
  const { page, grid } = await openBusy();
  await shown(page.getByText('24 tags', { exact: true }));
  await shown(page.getByText('13 images', { exact: true }));
  await shown(page.getByText('5 signed, 1 SBOM', { exact: true }));
  const all = await lines(grid);
  expect(all.map(([first]) => first).slice(0, 5)).toEqual([
    '1.5.0-rc.2',
    '1.5.0-rc.1',
    'pr-1207',
    'pr-1206',
    '1.4.2',
  ]);
  const row = rowOn(grid, '1.4.2');
  expect((await lines(grid))[4]?.slice(0, 3)).toEqual(['1.4.2', '1.4', '1']);
  await expect.poll(() => tag(row, '1.4').getAttribute('data-moving')).toBe('true');
  await expect.poll(() => tag(row, '1.4.2').getAttribute('data-moving')).toBeNull();
  await shown(row.getByRole('gridcell', { name: 'signed SBOM' }));
  await shown(rowOn(grid, 'pr-1203').getByText(/· 14\sd$/));
  await shown(rowOn(grid, '1.4.0').getByText(/· 60\sd$/));
});

test('with the mouse a row selects all of its tags, a chip one; the flat list is one click away and stays', async () => {
  const { page, grid, address } = await openBusy();
  await page.getByRole('checkbox', { name: 'Select 1.4.2', exact: true }).click();
  const chosen = () => new URL(page.url()).searchParams.getAll('selected').toSorted();
  await expect.poll(chosen).toEqual(['1', '1.4', '1.4.2', 'latest', 'production', 'sha-9f3c1aa', 'stable']);
  await tag(grid, '1.4').click({ modifiers: ['Control'] });
  await expect.poll(chosen).not.toContain('1.4');
  await expect
    .poll(() =>
      page.getByRole('checkbox', { name: 'Select 1.4.2', exact: true }).getAttribute('aria-checked'),
    )
    .toBe('mixed');
  // Those that there is no room for.
  await rowOn(grid, '1.4.2')
    .getByRole('button', { name: /more tags/ })
    .click();
  await page.getByRole('menuitemcheckbox', { name: 'production' }).click();
  await page.keyboard.press('Escape');
  await expect.poll(chosen).toEqual(['1', '1.4.2', 'latest', 'sha-9f3c1aa', 'stable']);

  await page.getByRole('button', { name: 'Group by image' }).click();
  await shown(page.getByRole('checkbox', { name: 'Select latest', exact: true }));
  await expect
    .poll(() => page.getByRole('checkbox', { name: 'Select 1.4', exact: true }).getAttribute('aria-checked'))
    .toBe('false');
  expect(new URL(page.url()).searchParams.get('view')).toBe('tags');
  await page.goto(address.replace('&view=images', ''));
  await shown(page.getByRole('checkbox', { name: 'Select latest', exact: true }));
});

test('by keys: rows, a chip of a row, its page and back, and the menu of a row', async () => {
  const { page, grid } = await openBusy();
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  const chip = tag(grid, '1.5.0-rc.1');
  for (let tabs = 0; tabs < 20 && !(await isFocused(chip)); tabs++) await page.keyboard.press('Tab');
  await expect.poll(() => isFocused(chip)).toBe(true);
  await page.keyboard.press('Space');
  await expect.poll(() => new URL(page.url()).searchParams.getAll('selected')).toEqual(['1.5.0-rc.1']);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/image\?.*reference=1\.5\.0-rc\.1/);
  await page.goBack();
  await shown(chip);

  await grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+F10');
  await shown(page.getByRole('menuitem', { name: 'Open 1.5.0-rc.1' }));
  await page.keyboard.press('Escape');
  await gone(page.getByRole('menu'));
  await expect.poll(() => isFocused(grid)).toBe(true);
});

test('a right click on a tag is about that one', async () => {
  const { page, grid } = await openBusy();
  await tag(grid, '1.3').click({ button: 'right' });
  await shown(page.getByRole('menuitem', { name: 'Open 1.3' }));
  await shown(page.getByRole('menuitem', { name: 'Delete…', exact: true }));
  await page.keyboard.press('Escape');
  await rowOn(grid, '1.3').locator('time').click({ button: 'right' });
  await shown(page.getByRole('menuitem', { name: 'Delete 2 tags' }));
});

test('tags of signatures are hidden until they are asked for', async () => {
  const { page, grid } = await openBusy();
  const signatures = grid.locator('[data-tag$=".sig"]');
  expect(await signatures.count()).toBe(0);
  await page.getByRole('button', { name: 'Signatures hidden' }).click();
  await shown(page.getByText('29 tags', { exact: true }));
  expect(new URL(page.url()).searchParams.get('attached')).toBe('shown');
  await page.getByRole('button', { name: 'Signatures shown' }).click();
  await shown(page.getByText('24 tags', { exact: true }));
});

test('the filter has words of its own, offers them, and selects what it shows alone', async () => {
  const { page, grid } = await openBusy();
  const filter = page.getByRole('textbox', { name: 'Filter tags' });
  await filter.fill('age>20d signed:no');
  await expect.poll(() => lines(grid)).toEqual([['1.3.1', '1.3'], ['1.3.0'], ['1.2.0']]);
  await filter.fill('si');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => filter.inputValue()).toMatch(/^si\S+ $/);
  await filter.fill('age>soon');
  await shown(page.getByText('Not understood and ignored: age>soon'));

  await filter.fill('latest');
  await expect.poll(async () => (await lines(grid)).length).toBe(1);
  await expect.poll(() => tag(grid, '1.4.2').getAttribute('data-apart')).toBe('true');
  await page.getByRole('checkbox', { name: 'Select latest', exact: true }).click();
  await expect.poll(() => new URL(page.url()).searchParams.getAll('selected')).toEqual(['latest']);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^pr-\*/ }).click();
  await expect.poll(() => filter.inputValue()).toBe('latest pr-*');
});

test('columns are hidden, made wider, moved and remembered, with the mouse and by keys', async () => {
  const { page, grid } = await openBusy();
  const heads = () => grid.getByRole('columnheader').allInnerTexts();
  const widthOf = async (name: string) =>
    (await grid.getByRole('columnheader', { name }).boundingBox())?.width ?? Number.NaN;
  const usual = ['', 'Tags on one image', 'Platforms', 'Size', 'Created', 'Attached', 'Digest', 'Actions'];
  expect((await heads()).map((text) => text.trim())).toEqual(usual);

  await grid
    .getByRole('columnheader', { name: 'Digest' })
    .dragTo(grid.getByRole('columnheader', { name: 'Size' }));
  await expect.poll(async () => (await heads())[3]).toBe('Digest');
  const before = await widthOf('Platforms');
  const box = await grid.getByRole('columnheader', { name: 'Platforms' }).boundingBox();
  if (!box) throw new Error('no head');
  await page.mouse.move(box.x + box.width + 5, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width + 65, box.y + 10);
  await page.mouse.up();
  await expect.poll(() => widthOf('Platforms')).toBe(before + 60);

  const menu = grid.getByRole('button', { name: 'Columns' });
  await menu.focus();
  await page.keyboard.press('Enter');
  const platforms = page.getByRole('menuitemcheckbox', { name: 'Platforms' });
  await expect.poll(() => isFocused(platforms)).toBe(true);
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => widthOf('Platforms')).toBe(before + 44);
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(async () => (await heads())[2]).toBe('Digest');
  await expect.poll(() => isFocused(platforms)).toBe(true);
  await page.keyboard.press('Space');
  await gone(grid.getByRole('columnheader', { name: 'Platforms' }));
  await page.keyboard.press('Escape');

  await page.reload();
  await shown(grid.getByRole('columnheader', { name: 'Digest' }));
  expect(await grid.getByRole('columnheader', { name: 'Platforms' }).count()).toBe(0);
  expect((await heads())[2]).toBe('Digest');
  await menu.click();
  await page.getByRole('menuitem', { name: 'Reset columns' }).click();
  await page.keyboard.press('Escape');
  await gone(page.getByRole('menu'));
  await expect.poll(async () => (await heads()).map((text) => text.trim())).toEqual(usual);
});

test('what came since is marked until it is seen; the rows are a file of comma-separated values', async () => {
  const { registry, page, grid } = await openBusy();
  await store(registry, BUSY, await makeImage({ name: 'new one' }), ['2.0.0', 'next']);
  await page.getByRole('button', { name: 'Refresh', exact: true }).click();
  await shown(tag(grid, '2.0.0'));
  await expect.poll(() => tag(grid, '2.0.0').getAttribute('data-change')).toBe('new');
  await expect.poll(() => tag(grid, 'next').getAttribute('data-change')).toBe('moved');
  await page.getByRole('button', { name: '2 changed · mark as seen' }).click();
  await expect.poll(() => tag(grid, '2.0.0').getAttribute('data-change')).toBeNull();

  await page.getByRole('textbox', { name: 'Filter tags' }).fill('2.0.0');
  await expect.poll(async () => (await lines(grid)).length).toBe(1);
  await page.getByRole('button', { name: 'View options' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export as CSV' }).click();
  const [head, line, end] = (await readFile(await (await download).path(), 'utf8')).split('\r\n');
  expect(head).toBe('reference,repository,tag,digest,kind,platforms,size,created,pushed');
  expect(line).toMatch(
    /:2\.0\.0,.*,2\.0\.0,sha256:[0-9a-f]{64},image,linux\/amd64,\d+,2024-01-02T03:04:05Z,$/,
  );
  expect(end).toBe('');
});

test('each minute the tags are read again where that is asked for, and what came since is marked', async () => {
  const { registry, page, grid, address } = await openBusy();
  await page.clock.install();
  await page.goto(address);
  await shown(tag(grid, '1.4.2'));
  const item = page.getByRole('menuitemcheckbox', { name: 'Refresh every minute' });
  await page.getByRole('button', { name: 'View options' }).click();
  await expect.poll(() => item.getAttribute('aria-checked')).toBe('false');
  await item.click();
  await page.keyboard.press('Escape');
  await gone(item);
  await store(registry, BUSY, await makeImage({ name: 'new one' }), ['2.0.0', 'next']);
  await page.clock.fastForward(59_000);
  expect(await tag(grid, '2.0.0').count()).toBe(0);
  await page.clock.fastForward(2_000);
  await shown(tag(grid, '2.0.0'));
  await expect.poll(() => tag(grid, '2.0.0').getAttribute('data-change')).toBe('new');
  await expect.poll(() => tag(grid, 'next').getAttribute('data-change')).toBe('moved');
  await shown(page.getByRole('button', { name: '2 changed · mark as seen' }));
  // It is remembered.
  await page.reload();
  await page.getByRole('button', { name: 'View options' }).click();
  await expect.poll(() => item.getAttribute('aria-checked')).toBe('true');
});

test('of an image that was not looked through it is said that what is attached is not known, and no filter takes it for unsigned', async () => {
  const { registry, page, grid } = await openBusy();
  await store(registry, BUSY, await makeImage({ name: 'new one' }), ['2.0.0']);
  await page.getByRole('button', { name: 'Refresh', exact: true }).click();
  await shown(rowOn(grid, '2.0.0').getByText('unknown', { exact: true }));
  expect(await rowOn(grid, '1.2.0').getByText('unknown', { exact: true }).count()).toBe(0);
  await page.getByRole('textbox', { name: 'Filter tags' }).fill('signed:no !pr-*');
  await shown(page.getByText(/^1 image is left out: what is attached to it is unknown/));
  await expect.poll(() => lines(grid)).toEqual([['1.3.1', '1.3'], ['1.3.0'], ['1.2.0']]);
});

test('manifests without a tag: where the registry does not list them that is said, not that there are none', async () => {
  const { page, grid } = await openBusy();
  const filter = page.getByRole('textbox', { name: 'Filter tags' });
  await filter.fill('unt');
  await page.getByRole('option', { name: /^untagged/ }).click();
  await shown(grid.getByText('This registry does not list untagged manifests'));
  await filter.fill('');
  await shown(tag(grid, '1.4.2'));
});

test('a name that its column has no room for is cut in the middle, and is whole for who reads or copies it', async () => {
  const registry = await startTestRegistry();
  const long = `release-${'2026.01.'.repeat(14)}amd64`;
  await store(registry, 'team/app', await makeImage(), [long, '1.0']);
  const { app, page, api } = await openApp({ viewport: { width: 1024, height: 640 } });
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.tags(id, 'team/app'));
  const chip = tag(page, long);
  await shown(chip);
  await expect.poll(() => chip.textContent()).toBe(long);
  const text = chip.locator('[data-tail]');
  await expect.poll(() => text.getAttribute('data-tail')).toBe('01.amd64');
  await expect
    .poll(() => text.evaluate((each) => each.scrollWidth - each.clientWidth))
    .toBeLessThanOrEqual(0);
  const [box, cell] = await Promise.all(
    [chip, chip.locator('xpath=ancestor::*[@role="gridcell"]')].map((each) => each.boundingBox()),
  );
  expect(box && cell && box.x + box.width <= cell.x + cell.width).toBe(true);
  // The other has the room.
  expect(await tag(page, '1.0').locator('[data-tail]').count()).toBe(0);
});

test('in a window of 1024 px the buttons beside the filter stand in one line', async () => {
  const { page } = await openBusy();
  await page.setViewportSize({ width: 1024, height: 640 });
  const top = async (name: string) =>
    (await page.getByRole('main').getByRole('button', { name, exact: true }).boundingBox())?.y;
  await expect.poll(async () => (await top('View options')) === (await top('Select'))).toBe(true);
});

test('rows that come are drawn in the elements of those that left, save where the focus is; a new filter shows its rows from the first one on', async () => {
  const registry = await startTestRegistry();
  const image = await makeImage();
  for (const { bytes } of image.blobs) await registry.storage.putBlob('long/list', bytes);
  const tags = Array.from({ length: 3_000 }, (_, index) => `build-${index}`);
  const { bytes, mediaType } = image;
  await registry.storage.seed([{ repository: 'long/list', mediaType, bytes, tags }]);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.tags(id, 'long/list'));
  await shown(page.getByText('3,000 tags', { exact: true }));
  const grid = page.getByRole('grid', { name: 'Tags of long/list' });
  const drawn = grid.locator('[role="rowgroup"] [role="row"]');
  const lines = await drawn.elementHandles();
  const kept = async () =>
    (await Promise.all(lines.map((line) => line.evaluate(({ isConnected }) => isConnected)))).filter(Boolean);
  await drawn.nth(1).locator('button').first().focus();
  const focused = await page.evaluateHandle(() => document.activeElement);
  await grid.evaluate((each) => {
    each.scrollTop = 20_000;
  });
  await expect.poll(() => focused.evaluate((each) => each?.isConnected)).toBe(false);
  expect((await kept()).length).toBe(lines.length - 1);
  await grid.focus();
  await page.keyboard.press('End');
  await expect.poll(() => grid.evaluate((each) => each.scrollTop)).toBeGreaterThan(30_000);
  expect((await kept()).length).toBeGreaterThan(lines.length / 2);
  await page.getByRole('textbox', { name: 'Filter tags' }).fill('build-1');
  await expect.poll(() => grid.evaluate((each) => each.scrollTop)).toBe(0);
  await shown(tag(grid, 'build-1999').or(tag(grid, 'build-1')).first());
});
