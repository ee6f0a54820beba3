import type { Locator, Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { startTestRegistry } from '../support/local-registry.ts';
import { addAccount, places, storeContents } from './fixtures.ts';
import { gone, navigation, openApp, shown } from './harness.ts';

// Many steps, each of which waits for a page.
vi.setConfig({ testTimeout: 180_000 });

const hasFocus = (locator: Locator) =>
  expect.poll(() => locator.evaluate((each) => each === document.activeElement)).toBe(true);

/** From now on every time that the window has no focus while it is drawn. */
async function watchFocus(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counter = window as unknown as { lost: number };
    counter.lost = 0;
    const look = () => {
      if (document.activeElement === document.body) counter.lost++;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  return () => page.evaluate(() => (window as unknown as { lost: number }).lost);
}

test('by keys alone through pages, dialogs and the palette: the focus is on the list or the heading, and never lost', async () => {
  const registry = await startTestRegistry();
  await storeContents(registry);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.tags(id, 'team/app'));
  await shown(page.getByText('4 tags', { exact: true }));
  const tags = page.getByRole('grid', { name: 'Tags of team/app' });
  const lost = await watchFocus(page);
  await hasFocus(page.getByRole('main'));

  // To a page without a list, and back to the one with it.
  await page.keyboard.press('Control+,');
  await hasFocus(page.getByRole('heading', { level: 1, name: 'Settings' }));
  await page.keyboard.press('Alt+ArrowLeft');
  await hasFocus(tags);

  // The first keys are the list's.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/image\?/);
  await hasFocus(page.getByRole('heading', { level: 1 }));
  await page.keyboard.press('Alt+ArrowLeft');
  await hasFocus(tags);

  const search = page.getByRole('textbox', { name: 'Search and commands' });
  await page.keyboard.press('Control+k');
  await hasFocus(search);
  await page.keyboard.press('Escape');
  await gone(search);
  await hasFocus(tags);
  // A command that stays here gives the focus back, one that leads away gives it to the page.
  await page.keyboard.press('Control+k');
  await search.fill('theme dark');
  await page.keyboard.press('Enter');
  await gone(search);
  await hasFocus(tags);
  await page.keyboard.press('Control+k');
  await search.fill('add registry');
  await page.keyboard.press('Enter');
  await shown(page.getByRole('heading', { level: 1, name: 'Add a registry' }));
  await expect
    .poll(() => page.evaluate(() => document.querySelector('main')?.contains(document.activeElement)))
    .toBe(true);

  expect(await lost()).toBe(0);
});

test('what is disabled gives the focus to the page at once, and has it again when it can be used', async () => {
  const { app, page } = await openApp();
  await page.goto(app.origin);
  await page.getByRole('main').getByRole('button').first().focus();
  // Whether the browser has drawn a picture in between, after which it takes the focus itself, makes no difference.
  const focus = await page.evaluate(async () => {
    const button = document.activeElement;
    const observed = () => new Promise<void>((resolve) => queueMicrotask(resolve));
    const found = [button?.tagName];
    for (const isDisabled of [true, false]) {
      if (button instanceof HTMLButtonElement) button.disabled = isDisabled;
      await observed();
      await observed();
      found.push(document.activeElement === button ? 'BUTTON' : document.activeElement?.tagName);
    }
    return found;
  });
  expect(focus).toEqual(['BUTTON', 'H1', 'BUTTON']);
});

test('the navigation is one stop of the Tab key, with arrows from place to place', async () => {
  const registry = await startTestRegistry();
  await storeContents(registry);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await addAccount(api, await startTestRegistry(), { name: 'Second' });
  await api.app.changeSettings({ pins: [{ accountId: id, repository: 'team/app' }] });
  await page.goto(app.origin + places.tags(id, 'team/docker'));
  await shown(page.getByText('1 tag', { exact: true }));
  const nav = navigation(page);
  const link = (name: string) => nav.getByRole('link', { name, exact: true });
  await shown(link('team/app'));
  // It is where the page is, once that is known.
  await expect.poll(() => link('Harbour').getAttribute('tabindex')).toBe('0');

  expect(
    await nav
      .locator('a, button, [tabindex]')
      .evaluateAll((all) => all.filter((each) => (each as HTMLElement).tabIndex === 0).length),
  ).toBe(1);
  await page.locator('main').focus();
  await page.keyboard.press('Shift+Tab');
  await hasFocus(link('Harbour'));
  await page.keyboard.press('ArrowDown');
  await hasFocus(link('Second'));
  await page.keyboard.press('ArrowRight');
  await hasFocus(nav.getByRole('button', { name: 'Actions for Second' }));
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowDown');
  await hasFocus(link('Find'));
  await page.keyboard.press('Home');
  await hasFocus(nav.getByRole('button', { name: 'Search or jump to…' }));
  for (const name of ['team/app', 'team/docker']) {
    const target = link(name);
    for (
      let step = 0;
      step < 3 && !(await target.evaluate((each) => each === document.activeElement));
      step++
    )
      await page.keyboard.press('ArrowDown');
    await hasFocus(target);
  }
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await hasFocus(page.getByRole('grid', { name: 'Tags of team/app' }));
});
