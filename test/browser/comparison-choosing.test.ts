import { beforeAll, expect, test } from 'vitest';
import { missingChromium } from '../support/chromium.ts';
import { type ComparedSamples, openCompared } from './compared-samples.ts';
import { places } from './fixtures.ts';
import { gone, shown } from './harness.ts';

let samples: ComparedSamples;

// One app and one registry for all: nothing here changes them.
beforeAll(async () => {
  if (missingChromium() === undefined) samples = await openCompared();
});

test.each([
  {
    locale: 'en',
    shortcuts: 'Keyboard shortcuts',
    copy: 'Copy the selected tags to…',
    compare: 'Compare the two selected tags',
  },
  {
    locale: 'zh-CN',
    shortcuts: '键盘快捷键',
    copy: '将所选标签复制到…',
    compare: '比较所选的两个标签',
  },
] as const)(
  '$locale: C copies one tag and compares two; overview, bar and palette say which, and Shift+C copies both',
  async ({ locale, shortcuts, copy, compare }) => {
    const page = await samples.open(locale, places.tags(samples.accountId, 'team/app', { filter: '.0' }));
    const grid = page.getByRole('grid');
    const dialog = page.getByRole('dialog');
    const overview = page.getByRole('dialog', { name: shortcuts });
    const keyOf = (label: string) =>
      overview.locator('div:has(> dt)').filter({ hasText: label }).locator('kbd');
    const listed = async (keys: Readonly<Record<string, string>>) => {
      await page.keyboard.press('?');
      for (const [label, key] of Object.entries(keys))
        await expect.poll(() => keyOf(label).textContent()).toBe(key);
      await page.keyboard.press('Escape');
      await gone(overview);
      await expect.poll(() => grid.evaluate((element) => element === document.activeElement)).toBe(true);
    };
    const buttonKeys = (action: string) =>
      page.locator(`[data-action="${action}"]`).getAttribute('aria-keyshortcuts');
    await shown(grid.getByRole('link', { name: '2.0', exact: true }));
    await grid.focus();
    // Also before anything is chosen.
    await listed({ [copy]: 'C', [compare]: 'C' });
    await page.keyboard.press('Home');
    await page.keyboard.press('Space');
    await expect.poll(() => buttonKeys('copy')).toBe('c');
    expect(await buttonKeys('compare')).toBeNull();
    await listed({ [copy]: 'C', [compare]: 'C' });
    await page.keyboard.press('c');
    await shown(dialog);
    expect(new URL(page.url()).pathname).not.toBe('/compare');
    await page.keyboard.press('Escape');
    await gone(dialog);

    await page.keyboard.press('ControlOrMeta+a');
    await expect.poll(() => buttonKeys('compare')).toBe('c');
    await expect.poll(() => buttonKeys('copy')).toBe('shift+C');
    await listed({ [copy]: 'Shift C', [compare]: 'C' });
    await page.keyboard.press('ControlOrMeta+k');
    for (const [label, key] of [
      [compare, 'C'],
      [copy, 'Shift C'],
    ] as const) {
      await dialog.getByRole('textbox').or(dialog.getByRole('combobox')).fill(label);
      await expect
        .poll(() => dialog.locator('[data-action]', { hasText: label }).locator('kbd').textContent())
        .toBe(key);
    }
    await page.keyboard.press('Escape');
    await gone(dialog);
    await page.keyboard.press('Shift+C');
    await shown(dialog);
    await page.keyboard.press('Escape');
    await gone(dialog);
    await page.keyboard.press('c');
    await expect.poll(() => samples.compared(page)).toEqual(['/compare', 'team/app:1.0', 'team/app:2.0']);
  },
);

test('a tag that is dragged onto another is compared with it; from the menu of a row it is compared with what is chosen then', async () => {
  const page = await samples.open('en', places.tags(samples.accountId, 'team/app'));
  const chip = (name: string) => page.locator(`[data-tag="${name}"]:not([data-apart])`);
  await shown(chip('2.0'));
  await chip('2.0').dragTo(chip('1.0'), { steps: 20 });
  await expect.poll(() => samples.compared(page)).toEqual(['/compare', 'team/app:2.0', 'team/app:1.0']);
  await page.goBack();
  await chip('1.0').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Compare with…' }).click();
  await shown(page.getByRole('heading', { name: 'One side is still missing' }));
  expect(samples.compared(page)).toEqual(['/compare', 'team/app:1.0', undefined]);
});
