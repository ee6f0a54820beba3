import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { openDatabase, SavedComparisons } from '../../src-main/data/index.ts';
import { missingChromium } from '../support/chromium.ts';
import { built } from '../support/compared.ts';
import { makeImage } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { addAccount, places, store } from './fixtures.ts';
import { gone, type OpenedApp, openApp, openBrowser, shown } from './harness.ts';
import { cutTexts } from './layout-checks.ts';

const WORDS = {
  en: {
    compare: 'Compare',
    table: 'Tags of all sides',
    states: { same: 'Same 1', different: 'Different 1', onlyLeft: 'Only left 2', onlyRight: 'Only right 1' },
    copyMissing: 'Copy missing',
    left: 'Only left',
    save: 'Save',
    name: 'Name',
    again: 'Compare again',
    run: 'Check nightly now',
    changed: 'Comparison nightly: 1 tag changed since the last check',
  },
  'zh-CN': {
    compare: '比较',
    table: '各方的标签',
    states: { same: '相同 1', different: '不同 1', onlyLeft: '仅左侧 2', onlyRight: '仅右侧 1' },
    copyMissing: '复制缺少的',
    left: '仅左侧',
    save: '保存',
    name: '名称',
    again: '重新比较',
    run: '立即检查 nightly',
    changed: '比较 nightly：自上次检查以来有 1 个标签发生变化',
  },
} as const;

let opened: OpenedApp;
let right: GuardedRegistry;
let sides: string[];
const [one, two] = await Promise.all([makeImage({ name: 'one' }), makeImage({ name: 'two' })]);

// One app and two registries for all; what is compared is the same at the beginning of each test.
beforeAll(async () => {
  if (missingChromium() !== undefined) return;
  const left = await startTestRegistry();
  right = await startTestRegistry();
  opened = await openApp();
  await store(left, 'app', one, ['1.0', '2.0', '3.0', '4.0']);
  await store(right, 'app', one, ['1.0']);
  await store(right, 'app', two, ['2.0', 'old']);
  sides = [];
  for (const [name, registry] of Object.entries({ Harbour: left, Quay: right }))
    sides.push((await addAccount(opened.api, registry, { name })).id);
});

async function open(locale: keyof typeof WORDS): Promise<Page> {
  const { page } = await openBrowser(opened.app, { locale });
  await page.goto(opened.app.origin + places.compareTags(sides));
  return page;
}

test.each(['en', 'zh-CN'] as const)(
  '%s: two registries are looked at and shown tag by tag, and what is missing is planned to be copied',
  async (locale) => {
    const words = WORDS[locale];
    const page = await open(locale);
    await page.getByRole('main').getByRole('button', { name: words.compare, exact: true }).click();
    for (const name of Object.values(words.states))
      await shown(page.getByRole('button', { name, exact: true }));
    const grid = page.getByRole('grid', { name: words.table });
    await page.locator('[data-state="onlyLeft"][aria-pressed]').click();
    await expect.poll(() => grid.getByRole('row').count()).toBe(3);
    await shown(grid.getByText('app:3.0'));
    await shown(grid.getByText(words.left).first());
    expect(new URL(page.url()).searchParams.get('state')).toBe('onlyLeft');
    await page.getByRole('button', { name: words.copyMissing }).click();
    await page.waitForURL('**/plans/**');
    await shown(page.getByRole('main').getByText('app:4.0'));
  },
);

test.each(['en', 'zh-CN'] as const)(
  '%s: in a small window the rows have the room, and nothing in them is cut while another column has some',
  async (locale) => {
    const viewport = { width: 1024, height: 640 };
    const { page } = await openBrowser(opened.app, { locale, viewport });
    await page.goto(opened.app.origin + places.compareTags(sides));
    const words = WORDS[locale];
    await page.getByRole('main').getByRole('button', { name: words.compare, exact: true }).click();
    const grid = page.getByRole('grid', { name: words.table });
    await shown(grid.getByText('app:4.0'));
    await shown(page.getByRole('button', { name: words.states.same, exact: true }));
    await expect.poll(async () => (await grid.boundingBox())?.y).toBeLessThan(viewport.height * 0.6);
    await expect.poll(() => cutTexts(page)).toEqual([]);
  },
);

test.each(['en', 'zh-CN'] as const)(
  '%s: a saved comparison is looked at again, and a notice says what has changed',
  async (locale) => {
    const words = WORDS[locale];
    const page = await open(locale);
    await page.getByRole('button', { name: words.save, exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: words.name }).fill('nightly');
    await dialog.getByRole('button', { name: words.save, exact: true }).click();
    await shown(page.getByTestId('drift'));
    const [saved] = await opened.api.comparisonMatrix.saved();
    if (!saved) throw new Error('None is saved.');
    await opened.api.comparisonMatrix.runSaved({ id: saved.id });
    await store(right, 'app', one, [`new-${locale}`]);
    for await (const _ of await opened.api.comparisonMatrix.look({ ...saved.definition, maxAge: 0 }));
    await page.goto(`${opened.app.origin}/compare/tags`);
    await shown(page.getByTestId('saved-comparisons'));
    await page.getByRole('button', { name: words.run }).click();
    await shown(page.getByText(words.changed));
    await page.getByRole('link', { name: 'nightly' }).click();
    await shown(page.getByTestId('drift').getByText(`app:new-${locale}`));
    await opened.api.comparisonMatrix.removeSaved({ id: saved.id });
  },
);

test('what a look does not say of tags that differ is read when it is asked for, and counted before', async () => {
  const left = await startTestRegistry();
  const { id } = await addAccount(opened.api, left, { name: 'Third' });
  const made = (created: string) => built({ layers: [[{ name: 'at', content: created }]], created });
  await store(left, 'app', made('2025-01-02T03:04:05Z'), ['2.0']);
  const page = await open('zh-CN');
  const definition = {
    sides: [id, sides[1] ?? ''].map((accountId) => ({ accountId, rename: '{repository}' })),
  };
  for await (const _ of await opened.api.comparisonMatrix.look({ ...definition, maxAge: 0 }));
  await page.goto(opened.app.origin + places.compareTags([id, sides[1] ?? '']));
  await shown(page.getByText('不同的标签中有 2 个清单尚未读取', { exact: false }));
  const row = page
    .getByRole('grid', { name: WORDS['zh-CN'].table })
    .getByRole('row')
    .filter({ hasText: 'app:2.0' });
  await shown(row.getByText('新旧未知'));
  await page.getByRole('button', { name: '读取清单' }).click();
  await shown(row.getByText('左侧较新'));
  // What a narrow column cuts off is the digest, and not the date.
  await expect.poll(() => row.textContent()).toMatch(/2025.*[0-9a-f]{12}.*2024.*[0-9a-f]{12}/);
  await gone(page.getByRole('button', { name: '读取清单' }));
});

test('a saved comparison whose registry was removed says so, is mended by another one, or removed', async () => {
  const registry = await startTestRegistry();
  const { id } = await addAccount(opened.api, registry, { name: 'Leaving' });
  await opened.api.comparisonMatrix.save({
    name: 'orphan',
    definition: { sides: [id, sides[0] ?? ''].map((accountId) => ({ accountId, rename: '{repository}' })) },
  });
  await opened.api.accounts.remove({ id });
  const { page } = await openBrowser(opened.app);
  await page.goto(`${opened.app.origin}/compare/tags`);
  const row = page.getByTestId('saved-comparisons').getByRole('listitem').filter({ hasText: 'orphan' });
  await shown(row.getByText('One of its registries was removed', { exact: false }));
  expect(await row.getByRole('button', { name: 'Check orphan now' }).count()).toBe(0);
  await row.getByRole('link', { name: 'orphan' }).click();
  await shown(page.getByRole('heading', { name: 'A registry of this comparison was removed' }));
  await page.getByRole('group', { name: 'Left' }).getByRole('combobox', { name: 'Registry' }).click();
  await page.getByRole('option', { name: 'Quay' }).click();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await shown(page.getByRole('dialog'));
  await expect.poll(() => page.getByRole('dialog').getByLabel('Name').inputValue()).toBe('orphan');
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await gone(page.getByRole('dialog'));
  const kept = (await opened.api.comparisonMatrix.saved()).find(({ name }) => name === 'orphan');
  expect(kept?.definition.sides.map(({ accountId }) => accountId)).toEqual([sides[1], sides[0]]);

  await page.goto(`${opened.app.origin}/compare/tags`);
  await shown(row.getByRole('button', { name: 'Check orphan now' }));
  await row.getByRole('button', { name: 'Remove orphan' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await gone(row);
});

test('a saved comparison that cannot be read is named, also where no other is kept', async () => {
  const { app, page } = await openApp();
  const { database, cache } = await openDatabase(path.join(app.home, 'wharfinger.db'));
  const created = new Date().toISOString();
  new SavedComparisons(database).put({ id: randomUUID(), name: 'later', definition: 'of later', created });
  for (const each of [database, cache]) each.close();
  await page.goto(`${app.origin}/compare/tags`);
  await shown(page.getByTestId('saved-comparisons').getByText(/cannot read them: later$/));
});

test.each([
  {
    locale: 'en',
    why: 'Gone could not be read: The host refuses the connection',
    locked: 'The other side is locked as read-only',
  },
  { locale: 'zh-CN', why: '无法读取 Gone：主机拒绝连接', locked: '另一侧已锁定为只读' },
] as const)(
  '$locale: a side that is offline is named and nothing of it is called missing; a locked side takes no copies',
  async ({ locale, why, locked }) => {
    const registry = await startTestRegistry();
    await store(registry, 'app', one, ['1.0']);
    const { id } = await addAccount(opened.api, registry, { name: 'Gone', readOnly: true });
    const words = WORDS[locale];
    const { page } = await openBrowser(opened.app, { locale });
    await page.goto(opened.app.origin + places.compareTags([sides[0] ?? '', id]));
    await page.getByRole('button', { name: words.compare, exact: true }).click();
    const copy = page.getByRole('button', { name: words.copyMissing });
    await expect.poll(() => copy.getAttribute('aria-description')).toBe(locked);
    await shown(page.getByRole('grid', { name: words.table }).getByText('4.0'));

    await registry.close();
    await page.getByRole('button', { name: words.again }).click();
    await shown(page.getByRole('alert').filter({ hasText: why }));
    // What was known of it stays.
    await shown(page.getByRole('grid', { name: words.table }).getByText('4.0'));
    await opened.api.accounts.remove({ id });
  },
);
