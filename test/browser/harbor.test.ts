import { expect, test } from 'vitest';
import { credentialsOf, startHarbor } from '../support/harbor.ts';
import { describeWithHarbor } from '../support/harbor-recorded.ts';
import { makeImage } from '../support/images.ts';
import { addAccount, places } from './fixtures.ts';
import { openApp, openBrowser, shown } from './harness.ts';

const WORDS = {
  en: {
    select: 'Select 1.0',
    delete: 'Delete…',
    freed: /^Frees up to \d/,
    why: 'Other images that may share layers with these were not read for this plan.',
    confirm: 'Delete 1 tag',
  },
  'zh-CN': {
    select: '选择 1.0',
    delete: '删除…',
    freed: /^最多可释放 \d/,
    why: '此计划没有读取可能与这些镜像共享层的其他镜像。',
    confirm: '删除 1 个标签',
  },
} as const;

describeWithHarbor('Harbor, replayed', () => {
  test('manifests without a tag are listed where they are asked for, and given a tag', async () => {
    const harbor = await startHarbor();
    const [tagged, lone] = [await makeImage({ name: 'one' }), await makeImage({ name: 'two' })];
    harbor.content.push(tagged, '1.0');
    harbor.content.push(lone);
    const { app, api, page } = await openApp();
    const { id } = await addAccount(api, harbor, { name: 'Harbor' }, credentialsOf('administrator'));
    await page.goto(app.origin + places.tags(id, 'team/web', { filter: 'untagged size>1B' }));
    const grid = page.getByRole('grid', { name: 'Tags of team/web' });
    await shown(page.getByTestId('untagged').getByText('1 manifest has no tag', { exact: false }));
    const row = grid.getByRole('row').filter({ hasText: lone.digest.slice('sha256:'.length, 15) });
    await shown(row.getByText('amd64'));
    expect(await grid.getByText('1.0', { exact: true }).count()).toBe(0);
    await row.click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Give it a tag' }).click();
    await shown(page.getByRole('dialog').getByRole('textbox', { name: 'New tag' }));
    await page.keyboard.press('Escape');
    expect(harbor.pulls()).toBe(0);
    await row.click();
    await page.waitForURL(/\/image\?.*reference=sha256/);
  });

  test('a manifest without a tag is chosen and deleted, and the tags stay', async () => {
    const harbor = await startHarbor();
    const [tagged, lone] = [await makeImage({ name: 'one' }), await makeImage({ name: 'two' })];
    harbor.content.push(tagged, '1.0');
    harbor.content.push(lone);
    const { app, api, page } = await openApp();
    const { id } = await addAccount(api, harbor, { name: 'Harbor' }, credentialsOf('administrator'));
    await page.goto(app.origin + places.tags(id, 'team/web', { filter: 'untagged' }));
    const main = page.getByRole('main');
    await main.getByRole('checkbox', { name: /^Select sha256:/ }).click();
    await shown(main.getByTestId('selected').getByText('1 manifest'));
    // Harbor says when images were pushed: when they were built is there to be chosen.
    await shown(main.getByRole('columnheader', { name: 'Pushed' }));
    expect(await main.getByRole('columnheader', { name: 'Created' }).count()).toBe(0);
    await main.getByRole('button', { name: 'Delete…', exact: true }).click();
    await shown(main.getByRole('heading', { name: 'Delete 1 manifest' }));
    await main.getByRole('button', { name: 'Delete 1 manifest' }).click();
    await expect.poll(() => harbor.content.holds(lone.digest)).toBe(false);
    expect(harbor.content.tags()).toEqual({ '1.0': tagged.digest });
  });

  test.each(['en', 'zh-CN'] as const)(
    '%s: what a deletion frees is at most so much, where layers are not read because that counts as a pull',
    async (locale) => {
      const words = WORDS[locale];
      const harbor = await startHarbor();
      harbor.content.push(await makeImage({ name: 'one' }), '1.0');
      harbor.content.push(await makeImage({ name: 'two' }), '1.1');
      const { app, api } = await openApp();
      const { id } = await addAccount(api, harbor, { name: 'Harbor' }, credentialsOf('administrator'));
      const { page } = await openBrowser(app, { locale });
      await page.goto(app.origin + places.tags(id, 'team/web'));
      await page.getByRole('checkbox', { name: words.select, exact: true }).click();
      const main = page.getByRole('main');
      await main.getByRole('button', { name: words.delete, exact: true }).click();
      await shown(main.getByText(words.freed));
      await shown(main.getByText(words.why));
      await shown(main.getByRole('button', { name: words.confirm }));
      expect(harbor.pulls()).toBe(0);
    },
  );
});
