import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { makeImage } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { planned } from '../support/planned.ts';
import { addAccount, places, store, tagsOf } from './fixtures.ts';
import { gone, navigation, type OpenedApp, openApp, shown, workOf } from './harness.ts';

interface Harbours extends OpenedApp {
  readonly source: GuardedRegistry;
  readonly target: GuardedRegistry;
  readonly from: string;
  readonly to: string;
}

async function openHarbours(): Promise<Harbours> {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  const opened = await openApp();
  const { id: from } = await addAccount(opened.api, source, { name: 'North' });
  const { id: to } = await addAccount(opened.api, target, { name: 'South' });
  return { ...opened, source, target, from, to };
}

/** Starts a synchronisation of all of `team/**` from North to South. */
async function sync({ api, from, to }: Harbours): Promise<string> {
  for await (const told of await api.transfers.planSync({
    source: from,
    target: to,
    repositories: ['team/**'],
  }))
    if (told.kind === 'plan') return (await api.plans.start({ planId: told.plan.id })).operationId;
  throw new Error('Planning ended without a plan.');
}

/** The window has what it asked for when it began, which is when it began to watch: what ends from now on is seen to end. */
async function watching(page: Page): Promise<void> {
  await shown(navigation(page).getByRole('link', { name: /North/ }).first());
}

function isFocused(locator: Locator): Promise<boolean> {
  return locator.evaluate((element) => element === document.activeElement);
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error('It is not shown.');
  return box;
}

test('what runs is stated in 28 px; the panel opens upward, and all of it works by keyboard', async () => {
  const harbours = await openHarbours();
  const { app, page, source, target } = harbours;
  const image = await makeImage({ layers: { large: 3_000_000 } });
  await store(source, 'team/app', image, ['1.0']);
  const restore = source.inject({
    kind: 'slow',
    bytesPerSecond: 100_000,
    when: { method: 'GET', path: /\/blobs\// },
  });
  await page.goto(`${app.origin}/settings`);
  const work = workOf(page);
  await shown(page.getByRole('button', { name: 'Operations: nothing is running' }));
  const bar = await boxOf(work.bar);
  expect(bar).toMatchObject({ height: 28, y: 800 - 28 });

  await sync(harbours);
  await shown(work.bar.getByText(/^1 transfer running · \d+%/));
  await work.button.focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: 'Operations' });
  await shown(panel);
  await expect.poll(() => isFocused(panel)).toBe(true);
  const box = await boxOf(panel);
  expect(box.y + box.height).toBeLessThan(bar.y);
  const running = work.row('Sync 1 tag from North to South', 'running');
  await shown(running.getByText(/ of 3\.00\sMB/));
  await running.getByRole('button', { name: /^Pause: / }).focus();
  await page.keyboard.press('Enter');

  // It waits for a decision: it is not finished, and the focus is not lost with its button.
  const paused = work.row('Sync 1 tag from North to South', 'paused');
  await shown(paused);
  await shown(panel.getByRole('heading', { name: 'Waiting for you' }));
  await shown(work.bar.getByText('1 paused'));
  await expect.poll(() => panel.evaluate((each) => each.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Escape');
  await gone(panel);
  await expect.poll(() => isFocused(work.button)).toBe(true);

  restore();
  await page.keyboard.press('Enter');
  await paused.getByRole('button', { name: /^Resume: / }).press('Enter');
  await shown(work.ended('Synced 1 tag from North to South'));
  await shown(panel.getByText('Nothing is running or waiting for you.'));
  await expect.poll(() => isFocused(panel)).toBe(true);
  expect(await tagsOf(target, 'team/app')).toEqual({ '1.0': image.digest });
});

test('counts head a failed transfer; its toast stays until it is closed, its badge until somebody looked', async () => {
  const harbours = await openHarbours();
  const { app, page, source, target } = harbours;
  await store(source, 'team/app', await makeImage(), ['1', '2', '3']);
  target.inject({ kind: 'status', status: 403, when: { method: 'PUT', path: /\/manifests\/[12]$/ } });
  await page.goto(`${app.origin}/settings`);
  const work = workOf(page);
  await watching(page);
  await sync(harbours);
  const toast = work.toast('Failed: Sync 3 tags from North to South');
  await shown(toast.getByText(/^2 of 3 tags failed · /));
  // The panel opens below it: neither covers the other.
  await work.open();
  const row = work.row('Sync 3 tags from North to South', 'failed');
  await shown(row.getByText('2 of 3 tags failed'));
  const [above, panel] = [await boxOf(toast), await boxOf(page.getByRole('region', { name: 'Operations' }))];
  expect(above.y + above.height).toBeLessThanOrEqual(panel.y);
  await shown(work.bar.getByText('1 failed'));
  await page.keyboard.press('Escape');
  await gone(work.bar.getByText('1 failed'));
  await shown(toast);

  await toast.getByRole('link', { name: 'Details' }).click();
  await shown(page.locator('[data-testid="status"][data-status="failed"]'));
  await shown(page.getByText('2 of 3 tags failed'));
  await gone(toast);
  await shown(page.getByRole('button', { name: /^Retry failed: / }));
});

test('what failed while nobody looked has its badge in the next window, until its details are opened', async () => {
  const harbours = await openHarbours();
  const { app, page, api, source, target } = harbours;
  await store(source, 'team/app', await makeImage(), ['1', '2']);
  target.inject({ kind: 'status', status: 403, when: { method: 'PUT', path: /\/manifests\/1$/ } });
  const operationId = await sync(harbours);
  await expect.poll(async () => (await api.operations.get({ operationId })).status).toBe('failed');
  await page.goto(`${app.origin}/activity`);
  const work = workOf(page);
  await shown(work.bar.getByText('1 failed'));
  await page.getByRole('grid', { name: 'Changes made' }).getByText('1 of 2 tags failed').click();
  await shown(page.getByRole('dialog').getByText('1 of 2 tags failed'));
  await gone(work.bar.getByText('1 failed'));
});

/** Deletes a tag of `team/app` at North behind the window, which shows a form. */
async function deleteOne(harbours: Harbours): Promise<{ page: Page; digest: string }> {
  const { app, page, api, source, from } = harbours;
  const image = await makeImage();
  await store(source, 'team/app', image, ['1.0']);
  await page.goto(`${app.origin}/accounts/new`);
  await watching(page);
  const plan = await planned(api.deletion.plan({ accountId: from, repository: 'team/app', tags: ['1.0'] }));
  await api.plans.start({ planId: plan.id, consent: true, typed: plan.typed });
  await shown(workOf(page).toast('Deleted 1.0 from team/app on North'));
  return { page, digest: image.digest };
}

test('Ctrl+Z takes the toast’s Undo, but in a field it takes back what was typed', async () => {
  const harbours = await openHarbours();
  const { page, digest } = await deleteOne(harbours);
  const toast = workOf(page).toast('Deleted 1.0 from team/app on North');
  await toast.hover();
  const field = page.getByRole('main').getByRole('textbox').first();
  await field.focus();
  await page.keyboard.type('registry');
  await page.keyboard.press('Control+z');
  await expect.poll(() => field.inputValue()).not.toBe('registry');
  expect(await tagsOf(harbours.source, 'team/app')).toEqual({});
  await toast.getByRole('button', { name: /^Undo/ }).focus();
  await page.keyboard.press('Control+z');
  await shown(workOf(page).ended('Restored 1.0 in team/app on North'));
  expect(await tagsOf(harbours.source, 'team/app')).toEqual({ '1.0': digest });
});

test('a toast with Undo waits as long as the pointer or the focus is on it, and goes after eight seconds without', async () => {
  const harbours = await openHarbours();
  const { page } = harbours;
  await page.clock.install();
  await deleteOne(harbours);
  const toast = workOf(page).toast('Deleted 1.0 from team/app on North');
  await toast.hover();
  await page.clock.fastForward(20_000);
  await toast.getByRole('button', { name: /^Undo/ }).focus();
  await page.getByRole('main').hover({ position: { x: 5, y: 5 } });
  await page.clock.fastForward(20_000);
  await expect.poll(() => toast.isVisible()).toBe(true);
  await page.getByRole('main').focus();
  await page.clock.fastForward(9_000);
  await gone(toast);
});

test('by mouse and by keys: an entry of History has its menu, which takes it back and copies what it says', async () => {
  const harbours = await openHarbours();
  const { page, digest } = await deleteOne(harbours);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('link', { name: 'History' }).click();
  const grid = page.getByRole('grid', { name: 'Changes made' });
  const entry = grid.getByRole('row').filter({ hasText: 'Deleted 1.0 from team/app on North' });
  await entry.click({ button: 'right' });
  const menu = page.getByRole('menu', { name: 'Actions for Deleted 1.0 from team/app on North' });
  await shown(menu.getByRole('menuitem', { name: 'Show details' }));
  await menu.getByRole('menuitem', { name: 'Copy text' }).click();
  await gone(menu);
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe('Deleted 1.0 from team/app on North');
  await expect.poll(() => grid.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.press('Shift+F10');
  await menu.getByRole('menuitem', { name: 'Undo' }).press('Enter');
  await page.getByRole('main').getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(() => tagsOf(harbours.source, 'team/app')).toEqual({ '1.0': digest });
});

test('History marks what was undone, each entry leads to the other, and names go with their accounts', async () => {
  const harbours = await openHarbours();
  const { page } = await deleteOne(harbours);
  const { app, api, from } = harbours;
  await workOf(page).toast('Deleted 1.0').getByRole('button', { name: /^Undo/ }).click();
  await shown(workOf(page).ended(/^Restored/));
  await page.getByRole('link', { name: 'History' }).click();
  const grid = page.getByRole('grid', { name: 'Changes made' });
  const original = grid.getByRole('row').filter({ hasText: 'Deleted 1.0 from team/app on North' });
  await original.getByRole('link', { name: 'Undone' }).click();
  const dialog = page.getByRole('dialog');
  await shown(dialog.getByRole('heading', { name: 'Restored 1.0 in team/app on North' }));
  await dialog.getByRole('link', { name: 'Deleted 1.0 from team/app on North' }).click();
  await shown(dialog.getByRole('heading', { name: 'Deleted 1.0 from team/app on North' }));
  await shown(dialog.getByRole('link', { name: 'Restored 1.0 in team/app on North' }));
  expect(await dialog.getByRole('button', { name: /^Undo/ }).count()).toBe(0);
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
  await page.keyboard.press('Escape');
  await gone(dialog);

  await page.getByRole('button', { name: 'Undone', exact: true }).click();
  await gone(grid.getByText('Restored 1.0 in team/app on North'));
  await shown(original);
  await api.accounts.remove({ id: from });
  await page.goto(`${app.origin}/activity`);
  await shown(grid.getByText(`Deleted 1.0 from team/app on 127.0.0.1:${harbours.source.port}`));
});

test('a page’s own words stand at the left of the bar while it is shown', async () => {
  const harbours = await openHarbours();
  const { page } = await deleteOne(harbours);
  const { bar } = workOf(page);
  await page.getByRole('link', { name: 'History' }).click();
  // Two registries were added.
  await shown(bar.getByText('3 changes', { exact: true }));
  await page.goto(harbours.app.origin + places.registry(harbours.from));
  await gone(bar.getByText('3 changes', { exact: true }));
});
