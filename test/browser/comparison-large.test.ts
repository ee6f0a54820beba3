import { beforeAll, expect, test } from 'vitest';
import { missingChromium } from '../support/chromium.ts';
import { makeImage } from '../support/images.ts';
import { storeManyFiles } from './compared-images.ts';
import { type ComparedSamples, openCompared } from './compared-samples.ts';
import { store } from './fixtures.ts';
import { shown } from './harness.ts';

let samples: ComparedSamples;

beforeAll(async () => {
  if (missingChromium() === undefined) samples = await openCompared();
});

test('10,000 files that differ: folders with their sums first, opened and closed by keys, found by words; and no more is drawn than is seen', async () => {
  await storeManyFiles(samples.registry);
  const page = await samples.open('en', samples.comparing('team/wide:1', 'team/wide:2', { tab: 'files' }));
  const files = page.getByRole('treegrid', { name: 'Files that differ' });
  const row = (name: string) => files.getByRole('row').filter({ hasText: name });
  const countOf = () => files.getAttribute('aria-rowcount');
  // Of many only the folder is open that holds all of them.
  await shown(row('usr/share/wide'));
  await expect.poll(countOf).toBe('102');
  await shown(row('usr/share').getByRole('img', { name: /^5,000 added .*, 5,000 changed / }));
  await files.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(countOf).toBe('202');
  await page.keyboard.press('ArrowDown');
  await shown(files.locator('[data-active][aria-level="3"]').filter({ hasText: 'file-0000' }));
  await page.keyboard.press('ArrowLeft');
  await shown(files.locator('[data-active][aria-level="2"]').filter({ hasText: 'folder-00' }));
  await page.keyboard.press('ArrowLeft');
  await expect.poll(countOf).toBe('102');

  await page.getByRole('button', { name: 'Expand all' }).click();
  await expect.poll(countOf).toBe('10102');
  for (let step = 1; step <= 20; step++)
    await files.evaluate((grid, at) => grid.scrollTo(0, (grid.scrollHeight * at) / 20), step);
  await shown(row('file-9999'));
  await expect.poll(() => files.getByRole('row').count()).toBeLessThan(100);
  await page.getByRole('textbox', { name: 'Filter by path' }).fill('folder-42 file');
  // The branch that leads there, and what is in it.
  await expect.poll(countOf).toBe('102');
  await shown(row('usr/share/wide/folder-42'));
  await shown(row('file-4217'));
  await row('file-4217').click();
  const text = page.getByRole('dialog').getByRole('region', { name: 'Text of both files, line by line' });
  await shown(text.getByText('new 4217'));
});

test('what is much to read is read when it is asked for, shows how far it is, and can be stopped', async () => {
  const big = (name: string) => makeImage({ name, layers: { base: 2048, [name]: 33_000_000 } });
  await store(samples.registry, 'team/big', await big('one'), ['1']);
  await store(samples.registry, 'team/big', await big('two'), ['2']);
  const page = await samples.open('en', samples.comparing('team/big:1', 'team/big:2', { tab: 'files' }));
  const prompt = page.getByRole('heading', { name: 'Read the differing layers first' });
  await shown(prompt);
  await shown(page.getByText(/66\.\d\sMB must be downloaded/));
  const answer = samples.registry.inject({
    kind: 'latency',
    ms: 120_000,
    when: { path: /team\/big\/blobs/ },
  });
  await page.getByRole('button', { name: 'Read these layers' }).click();
  await shown(page.getByRole('status').filter({ hasText: 'Reading' }));
  await page.getByRole('button', { name: 'Cancel' }).click();
  await shown(prompt);
  answer();
  await page.getByRole('button', { name: 'Read these layers' }).click();
  const files = page.getByRole('treegrid', { name: 'Files that differ' });
  // The head, the folder that both are in, and the two.
  await expect.poll(() => files.getByRole('row').count()).toBe(4);
});
