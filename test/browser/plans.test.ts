import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { addAccount, places, store, tagsOf } from './fixtures.ts';
import { openApp, openBrowser, shown, workOf } from './harness.ts';

/** Copies and retags: the buttons of their dialogs, and what undoing is called. */
const WORDS = {
  en: {
    copyTo: 'Copy to…',
    retag: 'Retag…',
    newTag: 'New tag',
    showPlan: 'Show the plan',
    move: 'Move the tag',
    undo: 'Undo',
  },
  'zh-CN': {
    copyTo: '复制到…',
    retag: '重新打标签…',
    newTag: '新标签',
    showPlan: '查看计划',
    move: '移动标签',
    undo: '撤销',
  },
} as const;

const main = (page: Page) => page.getByRole('main');

test('100 selected tags are one plan and one operation, and the plan is still there after a reload', async () => {
  const registry = await startTestRegistry();
  const other = await startTestRegistry();
  const image = await makeImage();
  const names = Array.from({ length: 100 }, (_, number) => `1.${number}`);
  await store(registry, 'team/app', image, names);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'North' });
  await addAccount(api, other, { name: 'South' });
  await page.goto(app.origin + places.tags(id, 'team/app'));
  await shown(page.getByText('100 tags'));
  await page.getByRole('checkbox', { name: 'Select all rows' }).click();
  await main(page).getByRole('button', { name: WORDS.en.copyTo, exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: WORDS.en.showPlan }).click();
  await shown(page.getByText('100 tags will be written'));
  await page.reload();
  await shown(page.getByText('100 tags will be written'));
  await shown(page.getByRole('grid', { name: 'Tags of this transfer' }).getByText('team/app:1.0').first());
  await main(page).getByRole('button', { name: 'Copy 100 tags' }).click();
  await shown(workOf(page).ended('Copied 100 tags from North to South'));
  expect(Object.keys(await tagsOf(other, 'team/app'))).toHaveLength(100);
  expect(await api.operations.history({ limit: 10 })).toHaveLength(1);
});

test.each(['en', 'zh-CN'] as const)('%s: a retag is undone from its toast', async (locale) => {
  const words = WORDS[locale];
  const registry = await startTestRegistry();
  const [image, old] = await Promise.all([makeImage(), makeImage({ name: 'old' })]);
  await store(registry, 'team/app', image, ['2.0']);
  await store(registry, 'team/app', old, ['latest']);
  const { app, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  const { page } = await openBrowser(app, { locale });
  await page.goto(app.origin + places.tags(id, 'team/app', { selected: '2.0' }));
  await main(page).getByRole('button', { name: words.retag, exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: words.newTag }).fill('latest');
  await dialog.getByRole('button', { name: words.showPlan }).click();
  await main(page).getByRole('button', { name: words.move }).click();
  await expect.poll(() => tagsOf(registry, 'team/app')).toMatchObject({ latest: image.digest });

  // All comes back as it was: nothing has to be confirmed.
  await workOf(page).toast('latest').getByRole('button', { name: words.undo }).click();
  await expect.poll(() => tagsOf(registry, 'team/app')).toEqual({ '2.0': image.digest, latest: old.digest });
});

test.each(['en', 'zh-CN'] as const)('%s: an overwriting copy is undone from History', async (locale) => {
  const words = WORDS[locale];
  const registry = await startTestRegistry();
  const other = await startTestRegistry();
  const [image, old] = await Promise.all([makeImage(), makeImage({ name: 'old' })]);
  await store(registry, 'team/app', image, ['1.0', '2.0']);
  await store(other, 'team/app', old, ['1.0']);
  const { app, api } = await openApp();
  const { id: source } = await addAccount(api, registry, { name: 'North' });
  const { id: target } = await addAccount(api, other, { name: 'South' });
  const copies = ['1.0', '2.0'].map((tag) => ({
    source: { repository: 'team/app', reference: tag },
    target: { repository: 'team/app', tag },
  }));
  const plan = await api.transfers.planCopies({ source, target, copies });
  await api.plans.start({ planId: plan.id });
  await expect.poll(() => tagsOf(other, 'team/app')).toEqual({ '1.0': image.digest, '2.0': image.digest });

  const { page } = await openBrowser(app, { locale });
  await page.goto(`${app.origin}/activity`);
  await main(page).getByRole('grid').locator('[aria-rowindex="2"]').click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: new RegExp(`^${words.undo}`) })
    .click();
  // One comes back, the other was new and goes.
  await shown(page.getByTestId('plan').locator('[data-state="restore"]'));
  await shown(page.getByTestId('plan').locator('[data-state="remove"]'));
  await main(page).getByRole('button', { name: words.undo, exact: true }).click();
  await expect.poll(() => tagsOf(other, 'team/app')).toEqual({ '1.0': old.digest });
});

test('a synchronisation over several repositories is undone from its page', async () => {
  const registry = await startTestRegistry();
  const other = await startTestRegistry();
  const [image, old] = await Promise.all([makeImage(), makeImage({ name: 'old' })]);
  for (const repository of ['team/a', 'team/b', 'team/c']) await store(registry, repository, image, ['1.0']);
  await store(other, 'team/a', old, ['1.0']);
  const { app, page, api } = await openApp();
  const { id: source } = await addAccount(api, registry, { name: 'North' });
  const { id: target } = await addAccount(api, other, { name: 'South' });
  const search = new URLSearchParams({ source, target, repository: 'team/*' });
  await page.goto(`${app.origin}/transfers/plan?${search}`);
  await main(page).getByRole('button', { name: 'Sync 3 tags' }).click();
  await expect.poll(() => tagsOf(other, 'team/c')).toEqual({ '1.0': image.digest });
  await main(page)
    .getByRole('button', { name: /^Undo: / })
    .click();
  await shown(page.getByTestId('plan').locator('[data-state="restore"]'));
  await shown(page.getByTestId('plan').locator('[data-state="remove"]'));
  await main(page).getByRole('button', { name: WORDS.en.undo, exact: true }).click();
  await expect.poll(() => tagsOf(other, 'team/a')).toEqual({ '1.0': old.digest });
  for (const repository of ['team/b', 'team/c'])
    await expect.poll(() => tagsOf(other, repository)).toEqual({});
});
