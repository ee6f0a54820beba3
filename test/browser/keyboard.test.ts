import { expect, test, vi } from 'vitest';
import { startTestRegistry } from '../support/local-registry.ts';
import { addAccount, places, storeContents } from './fixtures.ts';
import { gone, navigation, openApp, rowOf, shown } from './harness.ts';

// Many steps, each of which waits for a page.
vi.setConfig({ testTimeout: 180_000 });

test('keys lead to the filter, the settings and back, and their overview lists them', async () => {
  const registry = await startTestRegistry();
  await storeContents(registry);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.tags(id, 'team/app'));
  await shown(page.getByText('4 tags', { exact: true }));

  await page.keyboard.press('/');
  const filter = page.getByRole('textbox', { name: 'Filter tags' });
  await expect.poll(() => filter.evaluate((input) => input === document.activeElement)).toBe(true);
  // What is typed is text and no command.
  await page.keyboard.type('2?/');
  await expect.poll(() => filter.inputValue()).toBe('2?/');
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+,');
  await shown(page.getByRole('heading', { level: 1, name: 'Settings' }));
  await page.keyboard.press('Alt+ArrowLeft');
  await shown(page.getByText('4 tags', { exact: true }));

  await page.getByRole('grid', { name: 'Tags of team/app' }).focus();
  await page.keyboard.press('?');
  const overview = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await shown(overview.getByText('Filter tags'));
  // Also what waits for a choice.
  for (const keys of ['Del', 'F2', 'R']) await shown(overview.getByText(keys, { exact: true }));
  // Over a dialog no key is a command.
  await page.keyboard.press('/');
  await shown(overview.getByText('Ctrl K'));
  await page.keyboard.press('Escape');
  await gone(overview);
});

test('the palette does what is typed, and says why something cannot be done', async () => {
  const registry = await startTestRegistry();
  const { app, page, api } = await openApp();
  await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin);
  await shown(navigation(page).getByRole('link', { name: 'Harbour' }));
  const search = page.getByRole('textbox', { name: 'Search and commands' });
  const type = async (text: string) => {
    await page.keyboard.press('Control+k');
    await search.fill(text);
    await page.keyboard.press('Enter');
    await gone(search);
  };
  await type('add registry');
  await shown(page.getByRole('heading', { level: 1, name: 'Add a registry' }));
  await type('theme dark');
  await expect.poll(() => page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
  await type('新建 同步');
  await page.waitForURL(/\/transfers\/new/);
  // It runs for the first time: with samples, as on the first page.
  await type('local registry');
  await shown(page.getByRole('treegrid').getByText('harbour/', { exact: true }));
});

test('the palette has what can be done with what is selected, and with the repository that is shown', async () => {
  const registry = await startTestRegistry();
  await storeContents(registry);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.tags(id, 'team/app'));
  const grid = page.getByRole('grid', { name: 'Tags of team/app' });
  await shown(rowOf(grid, '1.0'));
  const search = page.getByRole('textbox', { name: 'Search and commands' });
  const entry = (label: string) => page.getByRole('dialog').locator('[data-action]', { hasText: label });
  await page.keyboard.press('Control+k');
  await search.fill('delete');
  await shown(entry('Delete the selected tags…').getByText('Select tags first'));
  await page.keyboard.press('Escape');
  await gone(search);

  await rowOf(grid, '1.0').getByRole('checkbox').click();
  await shown(page.getByRole('region', { name: 'Selection' }));
  for (const [typed, label] of [
    ['sync', 'Copy or sync team/app…'],
    ['copy selected', 'Copy the selected tags to…'],
    ['删除', 'Delete the selected tags…'],
  ] as const) {
    await page.keyboard.press('Control+k');
    await search.fill(typed);
    await shown(entry(label));
    await page.keyboard.press('Escape');
    await gone(search);
  }
  await page.keyboard.press('Control+k');
  await search.fill('delete');
  // What cannot be done now is behind what can.
  await expect
    .poll(() => page.getByRole('dialog').locator('[data-action]').first().textContent())
    .toContain('Delete the selected');
  await page.keyboard.press('Enter');
  await shown(page.getByRole('main').getByRole('heading', { name: 'Delete 1 tag' }));
});

test('an image’s page has its commands in the palette and by keys', async () => {
  const registry = await startTestRegistry();
  await storeContents(registry);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.image(id, 'team/app', 'latest'));
  await shown(page.getByRole('main').getByRole('button', { name: 'Retag…' }));
  const dialog = page.getByRole('dialog');
  for (const [key, field] of [
    ['c', 'Destination'],
    ['r', 'New tag'],
    ['F2', 'New tag'],
  ] as const) {
    await page.keyboard.press(key);
    await shown(dialog.getByLabel(field));
    await page.keyboard.press('Escape');
    await gone(dialog);
  }
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Search and commands' }).fill('delete app:latest');
  await shown(dialog.locator('[data-action]', { hasText: 'Delete team/app:latest…' }));
  await page.keyboard.press('Enter');
  await shown(page.getByRole('main').getByRole('heading', { name: 'Delete 1 tag' }));
});

test('a registry has its menu under the right button and under the key for it, and the focus comes back', async () => {
  const registry = await startTestRegistry();
  const { app, page, api } = await openApp();
  await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin);
  const link = navigation(page).getByRole('link', { name: 'Harbour' });
  const menu = page.getByRole('menu', { name: 'Actions for Harbour' });
  // The page that is opened takes the focus once it is drawn; later it would take it from the menu.
  await shown(page.getByRole('main').getByRole('heading', { level: 1 }));
  await expect.poll(() => page.evaluate(() => document.activeElement !== document.body)).toBe(true);
  await link.click({ button: 'right' });
  await shown(menu.getByRole('menuitem', { name: 'Edit…' }));
  await page.keyboard.press('Escape');
  await gone(menu);

  await link.focus();
  await page.keyboard.press('Shift+F10');
  await shown(menu);
  // Reached although it cannot be done, it says why and does nothing.
  const up = menu.getByRole('menuitem', { name: 'Move up' });
  await up.focus();
  await expect.poll(() => up.getAttribute('aria-description')).toBe('Already first');
  await page.keyboard.press('Enter');
  await shown(menu);
  await menu.getByRole('menuitem', { name: 'Lock (read-only)' }).focus();
  await page.keyboard.press('Enter');
  await gone(menu);
  await expect.poll(() => link.evaluate((each) => each === document.activeElement)).toBe(true);
  await expect.poll(async () => (await api.accounts.list())[0]?.readOnly).toBe(true);
});
