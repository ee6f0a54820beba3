import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { planned } from '../support/planned.ts';
import { addAccount, store } from './fixtures.ts';
import { gone, openApp, openBrowser, shown } from './harness.ts';

const WORDS = {
  en: {
    grid: 'Changes made',
    locked: 'Locked North as read-only',
    added: 'Added the registry North',
    deleted: 'Deleted 1.0 from team/app on North',
    kind: 'Kind of change',
    settings: 'Registry added or changed',
    failed: 'Failed',
    noMatch: 'No matching changes',
    clear: 'Clear filter',
    filter: 'Filter by place, tag or digest',
    readOnly: 'Locked as read-only',
    lock: 'off → on',
    changed: 'Before and after',
    verify: 'Verify',
    whole: 'All 6 entries are unaltered.',
    export: 'Export',
  },
  'zh-CN': {
    grid: '已执行的更改',
    locked: '已将 North 锁定为只读',
    added: '已添加镜像仓库 North',
    deleted: /North.*1\.0|1\.0.*North/,
    kind: '更改类型',
    settings: '添加或更改镜像仓库',
    failed: '失败',
    noMatch: '没有匹配的更改',
    clear: '清除筛选',
    filter: '按位置、标签或摘要筛选',
    readOnly: '锁定为只读',
    lock: '关 → 开',
    changed: '更改前后',
    verify: '验证',
    whole: '全部 6 个条目均未被改动。',
    export: '导出',
  },
} as const;

async function exported(page: Page, words: { export: string }, format: string): Promise<string> {
  await page.getByRole('button', { name: words.export, exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: format }).click(),
  ]);
  return await readFile(await download.path(), 'utf8');
}

test.each(['en', 'zh-CN'] as const)(
  '%s: History has every change, narrows them down, shows digests before and after, verifies and exports the record',
  async (locale) => {
    const words = WORDS[locale];
    const registry = await startTestRegistry();
    const image = await makeImage();
    await store(registry, 'team/app', image, ['1.0', '2.0']);
    const { app, api } = await openApp();
    const { page } = await openBrowser(app, { locale });
    const { id } = await addAccount(api, registry, { name: 'North' });
    await api.accounts.setReadOnly({ id, readOnly: true });
    await api.accounts.setReadOnly({ id, readOnly: false });
    const plan = await planned(api.deletion.plan({ accountId: id, repository: 'team/app', tags: ['1.0'] }));
    const { operationId } = await api.plans.start({ planId: plan.id });
    await expect.poll(async () => (await api.operations.get({ operationId })).status).toBe('done');

    await page.goto(`${app.origin}/activity`);
    const rows = page.getByRole('grid', { name: words.grid }).getByRole('row');
    // The head, and each change once: the newest first.
    await expect.poll(() => rows.count()).toBe(5);
    await shown(rows.nth(1).getByText(words.deleted));
    await shown(rows.nth(4).getByText(words.added));

    await page.getByRole('combobox', { name: words.kind }).click();
    await page.getByRole('option', { name: words.settings }).click();
    await expect.poll(() => rows.count()).toBe(4);
    await rows.filter({ hasText: words.locked }).click();
    const dialog = page.getByRole('dialog');
    await shown(dialog.getByText(words.readOnly, { exact: true }));
    await shown(dialog.getByText(words.lock));
    await page.keyboard.press('Escape');
    await gone(dialog);
    await page.getByRole('button', { name: words.failed, exact: true }).click();
    await shown(page.getByText(words.noMatch));
    await page.getByRole('button', { name: words.clear }).last().click();
    await expect.poll(() => rows.count()).toBe(5);

    // By a digest that it changed, and by the keyboard.
    await page.getByRole('textbox', { name: words.filter }).fill(image.digest);
    await expect.poll(() => rows.count()).toBe(2);
    // A row whose entry is on its way opens nothing.
    await shown(rows.nth(1).getByText(words.deleted));
    await page.getByRole('grid', { name: words.grid }).focus();
    await page.keyboard.press('Enter');
    await shown(dialog.getByText(words.changed));
    await shown(dialog.getByText(`team/app:1.0 ${image.digest.slice(0, 19)} →`, { exact: false }));
    await page.keyboard.press('Escape');
    await gone(dialog);

    const lines = (await exported(page, words, 'JSON')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(['started', 'changes', 'done']);
    expect(await exported(page, words, 'CSV')).toContain(`,team/app,1.0,${image.digest},,`);
    await page.getByRole('button', { name: words.verify, exact: true }).click();
    await shown(dialog.getByText(words.whole));
  },
);
