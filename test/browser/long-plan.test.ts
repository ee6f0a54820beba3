import { expect, test } from 'vitest';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { addAccount, store } from './fixtures.ts';
import { openApp, shown } from './harness.ts';

/** More than a screen and more than a page of rows that is read at a time. */
const TAGS = 1200;

test('a long plan is read where it is looked at: few rows are drawn, and the last one is there when it is scrolled to', async () => {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  const names = Array.from({ length: TAGS }, (_, at) => `v${String(at).padStart(4, '0')}`);
  await store(source, 'team/app', await makeImage(), names);
  const { app, page, api } = await openApp();
  const { id: from } = await addAccount(api, source, { name: 'North' });
  const { id: to } = await addAccount(api, target, { name: 'South' });
  const search = new URLSearchParams({ source: from, target: to, repository: 'team/app' });
  await page.goto(`${app.origin}/transfers/plan?${search}`);
  await shown(page.getByText('1,200 tags will be written'));
  const table = page.getByRole('grid', { name: 'Tags of this transfer' });
  await shown(table.getByText('team/app:v0000').first());
  await expect.poll(() => table.getAttribute('aria-rowcount')).toBe(String(TAGS + 1));
  await expect.poll(() => table.getByRole('row').count()).toBeLessThan(100);

  await table.focus();
  await page.keyboard.press('End');
  await shown(table.getByText(`team/app:v${TAGS - 1}`).first());
  await expect.poll(() => table.getByRole('row').count()).toBeLessThan(100);
});
