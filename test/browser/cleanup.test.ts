import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { addAccount, places, scanAll, store } from './fixtures.ts';
import { gone, type OpenOptions, openApp, shown } from './harness.ts';
import { buttonsOutOfReach, cutTexts } from './layout-checks.ts';

// Many steps, each of which waits for a page.
vi.setConfig({ testTimeout: 240_000 });

const SMALL = { width: 1024, height: 640 };

const RULES = `version: 1
rules:
  - name: team
    repositories: ["team/**"]
    protect: [stable]
    keep:
      - { name: releases, tags: "r*" }
    delete:
      - { name: the rest, tags: "*" }
`;

async function openTagged(tags: Readonly<Record<string, readonly string[]>>, options: OpenOptions = {}) {
  const registry = await startTestRegistry();
  for (const [name, all] of Object.entries(tags))
    await store(
      registry,
      'team/app',
      await makeImage({ name, layers: { base: 50_000, [name]: 9_000 } }),
      all,
    );
  const opened = await openApp({ viewport: SMALL, ...options });
  const { id } = await addAccount(opened.api, registry, { name: 'Harbour' });
  await scanAll(opened.api, id);
  return { ...opened, registry, id };
}

const WORDS = {
  'en-US': {
    new: 'New rules',
    text: 'Rules as text (YAML)',
    name: 'Name of the rules',
    problem: 'Line 7',
    fields: 'Rules as a form',
    preview: 'Preview',
    goes: '2 tags will be deleted',
    stays: '3 tags will be kept',
    grid: 'Outcome for each tag',
    save: 'Save',
    saved: 'Version 1',
    plan: 'Make a plan',
    start: 'Delete 2 tags',
  },
  'zh-CN': {
    new: '新建规则',
    text: '对应的文本（YAML）',
    name: '这组规则的名称',
    problem: '第 7 行',
    fields: '规则表单',
    preview: '预览',
    goes: '删除 2 个标签',
    stays: '保留 3 个标签',
    grid: '规则对每个标签的判定',
    save: '保存',
    saved: '版本 1',
    plan: '生成计划',
    start: '删除 2 个标签',
  },
} as const;

async function isInOrder(page: Page): Promise<void> {
  // Columns are measured once their rows are at rest.
  await expect.poll(() => cutTexts(page)).toEqual([]);
  await expect.poll(() => buttonsOutOfReach(page)).toEqual([]);
  // Nothing reaches beyond the window.
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth))
    .toBe(0);
}

test.for(['en-US', 'zh-CN'] as const)(
  '%s: rules are written, put right, tried, kept, planned and run, in the smallest window',
  async (locale) => {
    const words = WORDS[locale];
    const { app, page, api, id } = await openTagged(
      { one: ['r1', 'pr-1'], two: ['stable'], three: ['r2'], four: ['pr-2'] },
      { locale },
    );
    await page.goto(app.origin + places.cleanup(id));
    const main = page.getByRole('main');
    await main.getByRole('button', { name: words.new }).click();
    const text = main.getByRole('textbox', { name: words.text });
    await shown(main.getByRole('region', { name: words.fields }));
    await isInOrder(page);

    await text.fill(RULES.replace('releases, tags', 'releases, tagz'));
    await shown(main.getByText(words.problem).first());
    await shown(main.locator('[data-problem="unknownKey"]'));
    await main.getByRole('tab', { name: words.preview }).click();
    expect(await main.getByRole('grid').count()).toBe(0);
    await main.getByRole('tab').first().click();

    await text.fill(RULES);
    const form = main.getByRole('region', { name: words.fields });
    await shown(form.locator('[data-entry="the rest"]'));
    await isInOrder(page);
    await main.getByRole('textbox', { name: words.name }).fill('Team');
    await main.getByRole('button', { name: words.save, exact: true }).click();
    await shown(main.getByRole('button', { name: words.saved }));

    await main.getByRole('tab', { name: words.preview }).click();
    await shown(main.getByTestId('previewed').getByText(words.goes));
    await shown(main.getByText(words.stays));
    const grid = main.getByRole('grid', { name: words.grid });
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('6');
    await main.locator('[data-state="going"]').click();
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('3');
    await shown(grid.getByText(/the rest/).first());
    await isInOrder(page);

    await main.getByRole('button', { name: words.plan }).click();
    await shown(page.getByTestId('plan'));
    await isInOrder(page);
    await main.getByRole('button', { name: words.start }).click();
    await expect
      .poll(async () => {
        const names: string[] = [];
        for await (const { tags } of await api.catalog.tags({ accountId: id, repository: 'team/app' }))
          names.push(...tags);
        return names.toSorted();
      })
      .toEqual(['r1', 'r2', 'stable']);
  },
);

test('a plan with nothing to delete says so once, and neither counts it nor can be started', async () => {
  const { app, api, page, id } = await openTagged({ one: ['r1'], two: ['stable'] });
  const { id: rules } = await api.cleanup.save({ accountId: id, name: 'Team', text: RULES });
  await page.goto(app.origin + places.cleanup(id, { rules }));
  await page.getByRole('main').getByRole('button', { name: 'Make a plan' }).click();
  await shown(page.getByRole('button', { name: 'Delete 0 tags', disabled: true }));
  expect(await page.getByText('Nothing to delete').count()).toBe(1);
  for (const said of ['will be deleted', 'Frees', 'frees', '0 tags ·'])
    expect(await page.getByRole('main').getByText(said).count(), said).toBe(0);
});

test('rules are made by the keyboard alone, in fields; the text follows', async () => {
  const { app, page, id } = await openTagged({ one: ['r1'], two: ['pr-1'] });
  await page.goto(app.origin + places.cleanup(id));
  const main = page.getByRole('main');
  await main.getByRole('button', { name: 'New rules' }).press('Enter');
  const text = main.getByRole('textbox', { name: 'Rules as text (YAML)' });
  await main.getByRole('button', { name: 'Remove newest' }).press('Enter');
  await main.getByRole('button', { name: 'Remove versions' }).press('Enter');
  await main.getByRole('button', { name: 'Edit old' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Tags' }).fill('pr-* feature-*');
  await dialog.getByRole('textbox', { name: 'Older than' }).fill('');
  await page.keyboard.press('Enter');
  await shown(main.locator('[data-entry="old"]').getByText('tags pr-* feature-*'));
  await expect.poll(() => text.inputValue()).toContain('- { name: old, tags: [ pr-*, feature-* ] }');
  await expect.poll(() => text.inputValue()).not.toContain('keep');
  // What is half typed is said where it is, and is in the text as well.
  const repositories = main.getByRole('textbox', { name: 'Repositories' });
  await repositories.fill('team/{app');
  await shown(main.locator('[data-problem="pattern"]'));
  await repositories.fill('team/app');
  await expect.poll(() => main.locator('[data-problem]').count()).toBe(0);
  await page.getByRole('tab', { name: 'Preview' }).press('Enter');
  await shown(main.getByText('1 tag will be deleted'));
});

test('what is changed and not saved is there again after a plan, other rules and a reload, until it is discarded or saved', async () => {
  const { app, page, api, id } = await openTagged({ one: ['r1'], two: ['pr-1'] });
  await api.cleanup.save({ accountId: id, name: 'Team', text: RULES });
  await page.goto(app.origin + places.cleanup(id));
  const main = page.getByRole('main');
  const text = main.getByRole('textbox', { name: 'Rules as text (YAML)' });
  const which = main.getByRole('combobox', { name: 'Rules', exact: true });
  const discard = main.locator('[data-action="discard"]');
  const changed = RULES.replace('name: the rest', 'name: what is left');
  await text.fill(changed);
  await shown(main.locator('[data-entry="what is left"]'));
  await main.getByRole('button', { name: 'Make a plan' }).click();
  await shown(page.getByTestId('plan'));
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(() => text.inputValue()).toBe(changed);

  // New ones beside it: each has its own.
  await main.getByRole('button', { name: 'New rules' }).click();
  await expect.poll(() => which.inputValue()).toBe('Cleanup (not saved)');
  await text.fill(RULES.replace('name: team', 'name: mine'));
  await shown(main.locator('[data-rule="mine"]'));
  await page.reload();
  await expect.poll(() => which.inputValue()).toBe('Cleanup (not saved)');
  await shown(main.locator('[data-rule="mine"]'));
  await which.click();
  await page.getByRole('option', { name: 'Team (changed)' }).click();
  await shown(main.locator('[data-entry="what is left"]'));
  await discard.click();
  await shown(main.locator('[data-entry="the rest"]'));
  await gone(discard);
  await expect.poll(() => which.inputValue()).toBe('Team');

  await which.click();
  await page.getByRole('option', { name: 'Cleanup (not saved)' }).click();
  await shown(main.locator('[data-rule="mine"]'));
  await main.getByRole('textbox', { name: 'Name of the rules' }).fill('Mine');
  await main.getByRole('button', { name: 'Save', exact: true }).click();
  await expect.poll(() => which.inputValue()).toBe('Mine');
  await gone(discard);
  await which.click();
  await expect.poll(() => page.getByRole('option').allTextContents()).toEqual(['Mine', 'Team']);
});

test('rules of another product are taken once what is different was read', async () => {
  const { app, page, id } = await openTagged({ one: ['r1'] });
  await page.goto(app.origin + places.cleanup(id));
  const main = page.getByRole('main');
  await main.getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Format' }).click();
  await page.getByRole('option', { name: 'GitLab expiration policy' }).click();
  await dialog.getByRole('textbox', { name: 'Applies to' }).fill('team');
  const policy = { cadence: '1d', enabled: true, keep_n: 2, older_than: '90d', name_regex: '.*' };
  await dialog.getByRole('textbox', { name: 'Text' }).fill(JSON.stringify(policy));
  await dialog.getByRole('button', { name: 'Import' }).click();
  await shown(dialog.locator('[data-note="schedule"]'));
  await dialog.getByRole('button', { name: 'Use these rules' }).click();
  await shown(main.locator('[data-entry="names to remove"]'));
  await expect
    .poll(() => main.getByRole('textbox', { name: 'Rules as text (YAML)' }).inputValue())
    .toContain('protect: latest');
});

test('3,000 tags are tried, and few rows are drawn', async () => {
  const registry = await startTestRegistry();
  const [old, kept] = [await makeImage({ name: 'old' }), await makeImage({ name: 'kept' })];
  await store(registry, 'team/app', old, ['v0']);
  await store(registry, 'team/app', kept, ['stable']);
  const tags = Array.from({ length: 2_999 }, (_, at) => `v${at + 1}`);
  await registry.storage.seed([
    { repository: 'team/app', mediaType: old.mediaType, bytes: old.bytes, tags: ['v0', ...tags] },
    { repository: 'team/app', mediaType: kept.mediaType, bytes: kept.bytes, tags: ['stable', 'r1'] },
  ]);
  const { app, page, api } = await openApp({ viewport: SMALL });
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await scanAll(api, id);
  const { id: rules } = await api.cleanup.save({ accountId: id, name: 'Team', text: RULES });
  await page.goto(app.origin + places.cleanup(id, { rules, tab: 'preview' }));
  const main = page.getByRole('main');
  await shown(main.getByText('3,000 tags will be deleted'));
  const grid = main.getByRole('grid');
  await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('3003');
  await expect.poll(() => grid.getByRole('row').count()).toBeLessThan(100);
  await main.getByRole('textbox', { name: 'Filter' }).fill('stable');
  await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('2');
  await shown(grid.getByText('stable (team)'));
  await isInOrder(page);
});

test('the rules of all registries stand on one page, with when they run by themselves, and lead to where they are', async () => {
  const { page, app, api, id } = await openTagged({});
  await addAccount(api, await startTestRegistry(), { name: 'Pier' });
  const schedule = { hours: 48, deletes: false, atMost: 100 };
  for (const name of ['Daily', 'Nightly'])
    await api.cleanup.save({ accountId: id, name, text: RULES, ...(name === 'Daily' ? { schedule } : {}) });
  await page.goto(`${app.origin}/`);
  await page.getByRole('link', { name: 'Cleanup', exact: true }).click();
  const rows = page.getByRole('grid', { name: 'Cleanup rules of all registries' }).getByRole('row');
  await shown(rows.filter({ hasText: 'Harbour' }).filter({ hasText: 'Daily' }).getByText('Every 2 days'));
  await shown(rows.filter({ hasText: 'Nightly' }).getByText('Never'));
  await shown(rows.filter({ hasText: 'Pier' }).getByText('No rules yet'));
  await rows.getByRole('link', { name: 'Nightly' }).click();
  await expect
    .poll(() => page.getByRole('combobox', { name: 'Rules', exact: true }).inputValue())
    .toBe('Nightly');
});
