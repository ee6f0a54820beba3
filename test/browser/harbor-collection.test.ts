import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { credentialsOf, startHarbor } from '../support/harbor.ts';
import { describeWithHarbor } from '../support/harbor-recorded.ts';
import { addAccount } from './fixtures.ts';
import { openApp, openBrowser, shown } from './harness.ts';
import { buttonsOutOfReach, cutTexts } from './layout-checks.ts';

// Two browsers, one after the other, each of which waits for a registry's job.
vi.setConfig({ testTimeout: 240_000 });

const SMALL = { width: 1024, height: 640 };

const WORDS = {
  'en-US': {
    runs: 'Collections',
    isDryRun: '(dry run)',
    dryRun: 'Dry run…',
    estimate: 'This is the registry’s estimate',
    start: 'Collect',
    log: 'Log',
    title: 'Collected',
  },
  'zh-CN': {
    runs: '回收记录',
    isDryRun: '（试运行）',
    dryRun: '试运行…',
    estimate: '这是镜像仓库自己的估计',
    start: '回收',
    log: '日志',
    title: '已回收',
  },
} as const;

async function isInOrder(page: Page): Promise<void> {
  await expect.poll(() => cutTexts(page)).toEqual([]);
  await expect.poll(() => buttonsOutOfReach(page)).toEqual([]);
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth))
    .toBe(0);
}

describeWithHarbor('Harbor, replayed', () => {
  test('its garbage collection: the runs there were, a dry run as the plan, and the run to its end, by the keyboard in both languages', async () => {
    const harbor = await startHarbor();
    const { app, api } = await openApp();
    const { id } = await addAccount(api, harbor, { name: 'Harbor' }, credentialsOf('administrator'));
    for (const [before, locale] of (['en-US', 'zh-CN'] as const).entries()) {
      const words = WORDS[locale];
      const { page } = await openBrowser(app, { locale, viewport: SMALL });
      await page.goto(`${app.origin}/registries/${id}/collection`);
      const runs = page.getByTestId('remote-runs');
      const table = runs.getByRole('table', { name: words.runs });
      await shown(table.getByText(words.isDryRun).first());
      await isInOrder(page);

      await runs.getByRole('button', { name: words.dryRun }).press('Enter');
      const plan = page.getByTestId('plan');
      await shown(plan.getByText(words.estimate, { exact: false }));
      await shown(plan.getByRole('region', { name: words.log }));
      await isInOrder(page);

      await page.getByRole('main').getByRole('button', { name: words.start, exact: true }).press('Enter');
      const all = () => api.operations.history({ limit: 10 });
      const done = Array.from({ length: before + 1 }, () => 'done');
      await expect.poll(async () => (await all()).map(({ status }) => status)).toEqual(done);
      await page.goto(`${app.origin}/activity?operation=${(await all())[0]?.id}`);
      const outcome = page.getByRole('dialog').getByRole('region', { name: words.title });
      await shown(outcome.getByRole('region', { name: words.log }));
      await isInOrder(page);
    }
    const asked = harbor.seen.filter(({ method }) => method === 'POST').map(({ body }) => body.toString());
    expect(asked.filter((body) => body.includes('"dry_run":true'))).toHaveLength(2);
    expect(asked.filter((body) => body.includes('"dry_run":false'))).toHaveLength(2);
  });
});
