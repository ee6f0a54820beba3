import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { addAccount, places, scanAll, store } from './fixtures.ts';
import { openApp, shown } from './harness.ts';
import { cutTexts } from './layout-checks.ts';

const rowHeight = (page: Page) =>
  page
    .locator('[role="grid"] [aria-rowindex="2"]')
    .evaluate((row: HTMLElement) => row.getBoundingClientRect().height);

/** Whether it is drawn where the other is, or close to it. */
async function isNear(one: Locator, other: Locator): Promise<boolean> {
  const [a, b] = [await one.boundingBox(), await other.boundingBox()];
  if (!a || !b) return false;
  const gap = (from: number, size: number, to: number, length: number) =>
    Math.max(0, to - (from + size), from - (to + length));
  return gap(a.x, a.width, b.x, b.width) < 16 && gap(a.y, a.height, b.y, b.height) < 16;
}

test('rows are as high as the settings say, and letters are those of the bundled fonts', async () => {
  const registry = await startTestRegistry();
  await store(registry, 'team/app', await makeImage(), ['1.0']);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.tags(id, 'team/app'));
  await expect.poll(() => rowHeight(page)).toBe(30);
  expect(
    await page.evaluate(() => [
      getComputedStyle(document.body).fontFamily.split(',')[0],
      [...document.fonts].some(({ family, status }) => /Inter/.test(family) && status === 'loaded'),
      [...document.fonts].some(({ family, status }) => /JetBrains/.test(family) && status === 'loaded'),
    ]),
  ).toEqual(['"Inter Variable"', true, true]);

  await page.goto(`${app.origin}/settings`);
  await page.getByRole('radiogroup', { name: 'Density of tables' }).getByText('Comfortable').click();
  await expect.poll(async () => (await api.app.settings()).density).toBe('comfortable');
  await page.goto(app.origin + places.tags(id, 'team/app'));
  await expect.poll(() => rowHeight(page)).toBe(36);
});

test('rows that a jump brings have all of their columns, and these the room that they need', async () => {
  const registry = await startTestRegistry();
  const image = await makeImage();
  const repositories = Array.from({ length: 120 }, (_, at) => `team/${String(at).padStart(3, '0')}`);
  const last = 'zone/last';
  for (const each of repositories) await store(registry, each, image, ['1']);
  await store(registry, last, image, ['2026-01-02-nightly-of-the-main-branch']);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await scanAll(api, id);
  await page.goto(app.origin + places.registry(id));
  const grid = page.getByRole('treegrid');
  await shown(grid.getByRole('link', { name: '1', exact: true }).first());
  await grid.focus();
  await page.keyboard.press('End');
  const cells = grid.getByRole('row', { name: last }).last().getByRole('gridcell');
  await shown(cells.getByText('2026-01-02-nightly-of-the-main-branch', { exact: true }));
  await expect.poll(() => cutTexts(page)).toEqual([]);
  await expect
    .poll(() => cells.allTextContents().then((texts) => texts.filter(Boolean).length))
    .toBeGreaterThan(3);
});

test('the hint of an icon is at the icon, and goes with it', async () => {
  const registry = await startTestRegistry();
  await store(registry, 'team/app', await makeImage(), ['1.0']);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.registry(id));
  // Any element may have a hint, an icon, which is SVG, as well.
  const lock = page.locator('[data-hint]:has(svg)').last().locator('svg').first();
  await lock.evaluate((icon) => icon.setAttribute('data-hint', 'What it means'));
  await lock.hover();
  const hint = page.getByRole('tooltip');
  await shown(hint);
  await expect.poll(() => isNear(hint, lock)).toBe(true);
  // A row that is drawn anew, a menu that closes: the pointer has not moved.
  await lock.evaluate((icon) => icon.remove());
  await hint.waitFor({ state: 'hidden' });
});

test('while rows are on their way the table is there in its columns, where it stays when they come', async () => {
  const registry = await startTestRegistry();
  await store(registry, 'team/app', await makeImage(), ['1.0']);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  const answer = registry.inject({ kind: 'latency', ms: 120_000, when: { path: /tags\/list/ } });
  await page.goto(app.origin + places.tags(id, 'team/app'));
  const table = page.getByRole('grid', { name: 'Tags of team/app' });
  const top = () => table.evaluate((each) => each.getBoundingClientRect().top);
  await shown(table.getByRole('status').getByText('Loading…'));
  await shown(table.getByRole('columnheader', { name: 'Size' }));
  const before = await top();
  answer();
  await page.reload();
  await shown(table.getByRole('link', { name: '1.0' }));
  expect(await top()).toBe(before);
});

test('while details are on their way their columns keep their room, also beside long names', async () => {
  const registry = await startTestRegistry();
  await store(registry, 'team/app', await makeImage(), [`long${'-name'.repeat(24)}`, '1.0']);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  const answer = registry.inject({ kind: 'latency', ms: 120_000, when: { path: /manifests/ } });
  await page.goto(app.origin + places.tags(id, 'team/app'));
  const table = page.getByRole('grid', { name: 'Tags of team/app' });
  await shown(table.locator('[data-pending]').first());
  const widthOf = (name: string) =>
    table.getByRole('columnheader', { name }).evaluate((head) => head.clientWidth);
  // Wider than its head needs, once all has been measured.
  await expect.poll(() => widthOf('Tag')).toBeGreaterThan(160);
  await expect.poll(() => widthOf('Created')).toBeGreaterThanOrEqual(140);
  await expect.poll(() => widthOf('Size')).toBeGreaterThanOrEqual(72);
  answer();
});

test('a registry that does not answer: what is known of it, with its age, and a line that says why it is not new', async () => {
  const registry = await startTestRegistry();
  await store(registry, 'team/app', await makeImage(), ['1.0', '2.0']);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.tags(id, 'team/app'));
  // The row of the other tag has it too, once their image is known.
  const tag = page.getByRole('grid').getByRole('link', { name: '2.0' }).first();
  await shown(tag);
  await registry.close();
  await page.reload();
  await shown(tag);
  const banner = page.locator('[data-failure="connectionRefused"]');
  await shown(banner.getByText(/^Showing data from /).or(banner.getByText(/Showing data from /)));
  await banner.getByRole('button', { name: 'Details' }).click();
  await shown(banner.getByText(/GET http/));
  await shown(banner.getByRole('button', { name: 'Try again' }));
});

test('a menu that copies says so', async () => {
  const registry = await startTestRegistry();
  await store(registry, 'team/app', await makeImage(), ['1.0']);
  const { app, page, api, context } = await openApp();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.tags(id, 'team/app'));
  await page.getByRole('button', { name: 'Actions for 1.0' }).click();
  await page.getByRole('menuitem', { name: 'Copy pull command' }).click();
  await shown(page.getByText('Copied', { exact: true }));
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/^docker pull .*\/team\/app:1\.0$/);
});

test('a long name in the breadcrumbs is cut in its middle: its end can be read', async () => {
  const repository = `names/${'nested-group/'.repeat(14)}application`;
  const registry = await startTestRegistry();
  await store(registry, repository, await makeImage(), ['1.0']);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.image(id, repository, '1.0'));
  const crumb = page.locator('main header nav').getByRole('link', { name: repository });
  await shown(crumb);
  const text = crumb.locator('[data-tail]');
  await expect.poll(() => text.getAttribute('data-tail')).toMatch(/tion$/);
  await expect
    .poll(() => text.evaluate((each) => (each.firstElementChild?.scrollWidth ?? 0) > each.clientWidth))
    .toBe(true);
});

test('checkboxes of forms are as round as those of tables', async () => {
  const registry = await startTestRegistry();
  await store(registry, 'team/app', await makeImage(), ['1.0']);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  const radius = (box: Locator) => box.evaluate((each) => getComputedStyle(each).borderRadius);
  await page.goto(app.origin + places.tags(id, 'team/app'));
  const inTable = await radius(page.locator('[role="grid"] button[role="checkbox"]').first());
  await page.goto(`${app.origin}/accounts/${id}/edit`);
  expect(await radius(page.locator('main input[type="checkbox"]').first())).toBe(inTable);
});
