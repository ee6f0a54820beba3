import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { makeArtifact, makeImage } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { addAccount, places, scanAll, store, tagsOf } from './fixtures.ts';
import { gone, openApp, rowOf, shown, typeName } from './harness.ts';

interface Opened {
  readonly registry: GuardedRegistry;
  readonly page: Page;
  readonly grid: Locator;
  readonly bar: Locator;
  readonly plan: Locator;
}

/** `pr-1` to `pr-4` on images of their own, `1.0`, `1` and `latest` on one. */
async function openRepository(): Promise<Opened> {
  const registry = await startTestRegistry();
  for (const name of ['pr-1', 'pr-2', 'pr-3', 'pr-4'])
    await store(registry, 'team/app', await makeImage({ name }), [name]);
  await store(registry, 'team/app', await makeImage({ name: 'release' }), ['1.0', '1', 'latest']);
  const { app, page, api, context } = await openApp();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await scanAll(api, id);
  await page.goto(app.origin + places.tags(id, 'team/app'));
  const grid = page.getByRole('grid', { name: 'Tags of team/app' });
  await shown(rowOf(grid, 'pr-4'));
  return {
    registry,
    page,
    grid,
    bar: page.getByRole('region', { name: 'Selection' }),
    plan: page.getByRole('main'),
  };
}

const select = (grid: Locator, ...names: string[]) =>
  names.reduce(
    (before, name) => before.then(() => rowOf(grid, name).getByRole('checkbox').click()),
    Promise.resolve(),
  );

test('the bar says what is chosen, what it would free, and what else is on these images', async () => {
  const { grid, bar } = await openRepository();
  await select(grid, 'pr-1', 'pr-2');
  await shown(bar.getByText('2 tags', { exact: true }));
  await shown(bar.getByText('2 images', { exact: true }));
  await shown(bar.getByText(/^frees \d/));
  await shown(bar.getByText('no other tag affected'));
  await select(grid, '1.0');
  await shown(bar.getByText('shared with 2 other tags'));
  // A tag gets another name one at a time.
  await expect
    .poll(() => bar.getByRole('button', { name: 'Retag…' }).getAttribute('aria-disabled'))
    .toBe('true');
});

test('what the filter hides is not acted on before the user says so', async () => {
  const { page, grid, bar, plan } = await openRepository();
  await select(grid, 'pr-1', 'pr-2', 'latest');
  await page.getByRole('textbox', { name: 'Filter tags' }).fill('pr-');
  await shown(bar.getByText('2 tags', { exact: true }));
  const include = bar.getByRole('checkbox', { name: 'Include 1 of 3 that the filter hides' });
  await expect.poll(() => include.isChecked()).toBe(false);
  await include.check();
  await shown(bar.getByText('3 tags', { exact: true }));
  await include.uncheck();
  await bar.getByRole('button', { name: 'Delete…' }).click();
  await shown(plan.getByRole('heading', { name: 'Delete 2 tags' }));
});

test('that what a filter hides is taken along is said of one choice, not of the next', async () => {
  const { page, grid, bar } = await openRepository();
  const filter = page.getByRole('textbox', { name: 'Filter tags' });
  const include = bar.getByRole('checkbox');
  for (const _time of ['first', 'second']) {
    await select(grid, 'pr-1', 'latest');
    await filter.fill('pr-');
    await shown(bar.getByText('1 tag', { exact: true }));
    await expect.poll(() => include.isChecked()).toBe(false);
    await include.check();
    await shown(bar.getByText('2 tags', { exact: true }));
    await bar.getByRole('button', { name: 'Clear selection' }).click();
    await gone(bar);
    await filter.fill('');
    // What it offers lies over the first rows.
    await page.keyboard.press('Escape');
  }
});

test('tags are chosen by a pattern, by what is shown, and by having no other tag; a choice is inverted', async () => {
  const { page, grid, bar } = await openRepository();
  const choose = async (item: string) => {
    await page.getByRole('button', { name: 'Select', exact: true }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await choose('Images with no other tags');
  await shown(bar.getByText('4 tags', { exact: true }));
  await choose('Invert');
  await shown(bar.getByText('3 tags', { exact: true }));
  await choose('By pattern or age…');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('pr-? 1.*');
  await shown(dialog.getByText('5 of 7 tags match'));
  await dialog.getByRole('button', { name: 'Select 5 tags' }).click();
  await shown(bar.getByText('5 tags', { exact: true }));
  await choose('All shown');
  await shown(bar.getByText('7 tags', { exact: true }));
  await bar.getByRole('button', { name: 'Clear selection' }).click();
  await gone(bar);
  await expect.poll(() => grid.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('by keyboard alone: tags are chosen, the bar follows the table, and Escape gives the choice up', async () => {
  const { page, grid, bar } = await openRepository();
  await grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowDown');
  await shown(bar.getByText('2 tags', { exact: true }));
  const inBar = () => bar.evaluate((element) => element.contains(document.activeElement));
  for (let presses = 0; presses < 30 && !(await inBar()); presses++) await page.keyboard.press('Tab');
  expect(await inBar()).toBe(true);
  await page.keyboard.press('Escape');
  await gone(bar);
  await expect.poll(() => grid.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('references go to the clipboard, and what is known of the tags into a file', async () => {
  const { registry, page, grid, bar } = await openRepository();
  await select(grid, 'pr-1', 'latest');
  const choose = async (item: string) => {
    await bar.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
  };
  await choose('Copy references');
  await shown(page.getByText('2 references copied'));
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n').sort()).toEqual([
    `127.0.0.1:${registry.port}/team/app:latest`,
    `127.0.0.1:${registry.port}/team/app:pr-1`,
  ]);
  const [download] = await Promise.all([page.waitForEvent('download'), choose('CSV')]);
  expect(download.suggestedFilename()).toMatch(/team-app\.csv$/);
});

test('a plan names what is attached, leaves out shared images when asked, and asks for the name before it empties', async () => {
  const { registry, page, grid, bar, plan } = await openRepository();
  const image = await makeImage({ name: 'pr-1' });
  await store(registry, 'team/app', makeArtifact({ artifactType: 'application/spdx+json', subject: image }));
  await select(grid, 'pr-1', 'pr-2', '1.0');
  await bar.getByRole('button', { name: 'Delete…' }).click();
  const table = plan.getByRole('grid', { name: 'What will be deleted' });
  await shown(table.getByRole('row').filter({ hasText: 'pr-1' }).getByText('SBOM'));
  await shown(table.getByText('stays as 1, latest'));
  await plan.getByRole('switch', { name: 'Only images with no other tags' }).click();
  await shown(plan.getByText('1 tag is left out, since its image has other tags: 1.0'));
  await gone(table.getByText('stays as 1, latest'));
  await plan.getByRole('button', { name: 'Delete 2 tags' }).click();
  await expect
    .poll(async () => Object.keys(await tagsOf(registry, 'team/app')))
    .toEqual(['1', '1.0', 'latest', 'pr-3', 'pr-4']);

  await shown(grid);
  await grid.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await bar.getByRole('button', { name: 'Delete…' }).click();
  await shown(plan.getByTestId('empties'));
  const confirm = plan.getByRole('button', { name: 'Delete 5 tags' });
  await expect.poll(() => confirm.getAttribute('aria-disabled')).toBe('true');
  await typeName(page, 'team/app');
  await page.keyboard.press('Enter');
  await expect.poll(() => tagsOf(registry, 'team/app')).toEqual({});
});

test('by keyboard alone: C asks where to copy what is chosen, R for another tag, and Del for the plan', async () => {
  const { page, grid, bar, plan } = await openRepository();
  await grid.focus();
  // Without a choice they mean nothing.
  await page.keyboard.press('c');
  await page.keyboard.press('r');
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await shown(bar);
  const dialog = page.getByRole('dialog');
  expect(await dialog.count()).toBe(0);
  for (const [key, field] of [
    ['c', 'Destination'],
    ['r', 'New tag'],
  ] as const) {
    await page.keyboard.press(key);
    await shown(dialog.getByLabel(field));
    await page.keyboard.press('Escape');
    await gone(dialog);
    await expect.poll(() => grid.evaluate((element) => element === document.activeElement)).toBe(true);
  }
  await page.keyboard.press('Delete');
  await shown(plan.getByRole('heading', { name: 'Delete 1 tag' }));
});

test('a key that is pressed while a dialog comes reaches nothing behind it', async () => {
  const { page, grid, bar } = await openRepository();
  await grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await shown(bar);
  const pressedOn = page.evaluate(
    () =>
      new Promise((resolve) => {
        new MutationObserver((_changes, observer) => {
          if (!document.querySelector('[aria-modal="true"]')) return;
          observer.disconnect();
          const target = document.activeElement;
          target?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
          resolve(target?.getAttribute('role'));
        }).observe(document.body, { childList: true, subtree: true });
      }),
  );
  await page.keyboard.press('?');
  expect(await pressedOn).toBe('grid');
  // It closes the overview, and does not give up the choice.
  await gone(page.getByRole('dialog'));
  await shown(bar.getByText('1 tag', { exact: true }));
});

test('by keyboard alone: F2 gives a tag another name, in one plan that has the focus', async () => {
  const { registry, page, grid, bar } = await openRepository();
  const before = await tagsOf(registry, 'team/app');
  await select(grid, 'pr-1');
  await shown(bar);
  await grid.focus();
  await page.keyboard.press('F2');
  const dialog = page.getByRole('dialog', { name: /^Rename pr-1/ });
  await dialog.getByRole('textbox', { name: 'New tag' }).fill('kept');
  await expect
    .poll(() => dialog.getByRole('checkbox', { name: 'Delete the name pr-1 (rename)' }).isChecked())
    .toBe(true);
  await page.keyboard.press('Enter');
  await shown(page.getByTestId('plan').getByText('pr-1 will be deleted.'));
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Rename');
  await page.keyboard.press('Enter');
  const { 'pr-1': digest, ...others } = before;
  await expect.poll(() => tagsOf(registry, 'team/app')).toEqual({ ...others, kept: digest });
});
