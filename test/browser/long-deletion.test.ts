import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { addAccount, places, store } from './fixtures.ts';
import { openApp, shown, typeName } from './harness.ts';

const TAGS = 3_000;
/** Different images among them: the tags that stay are on the first one. */
const IMAGES = 30;

/** That all of it is inside the window. */
async function isInside(page: Page, element: Locator): Promise<boolean> {
  const box = await element.boundingBox();
  const size = page.viewportSize();
  return (
    box !== null &&
    size !== null &&
    box.x >= 0 &&
    box.y >= 0 &&
    box.x + box.width <= size.width &&
    box.y + box.height <= size.height
  );
}

/** Thousands of tags are pushed and looked at one by one, on a machine that does other things too. */
const TIMEOUT_MS = 300_000;

test('the plan of 3,000 tags is a table, and its sum, its consent and its buttons are inside a window of 1024x640', {
  timeout: TIMEOUT_MS,
}, async () => {
  const registry = await startTestRegistry({ limits: { deleteByTag: false } });
  // No placeholder can be pushed: what shares an image goes along.
  registry.inject({ kind: 'status', status: 403, when: { method: 'POST', path: /team\/app/ } });
  const names = Array.from({ length: TAGS }, (_, at) => `v${String(at).padStart(4, '0')}`);
  for (let at = 0; at < IMAGES; at++) {
    const its = names.filter((_, position) => position % IMAGES === at);
    await store(registry, 'team/app', await makeImage({ name: `image-${at}` }), its);
  }
  // Of names alone the latest version comes first.
  const left = names.at(-1) ?? '';
  const { app, page, api } = await openApp({ viewport: { width: 1024, height: 640 } });
  page.setDefaultTimeout(TIMEOUT_MS);
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.tags(id, 'team/app'));
  const main = page.getByRole('main');
  const grid = page.getByRole('grid', { name: 'Tags of team/app' });
  await shown(main.getByText('3,000 tags').first());
  await grid.focus();
  await page.keyboard.press('ControlOrMeta+a');
  const bar = page.getByRole('region', { name: 'Selection' });
  await shown(bar.getByText('3,000 tags', { exact: true }));
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await shown(bar.getByText('2,999 tags', { exact: true }));
  for (const button of await bar.getByRole('button').all())
    await expect.poll(() => isInside(page, button)).toBe(true);

  await page.keyboard.press('Delete');
  const dialog = page.getByRole('dialog', { name: /^Delete 2,999 tags/ });
  await shown(dialog.getByText(/^Checking tags: [\d,]+ of 3,000$/));
  const cancel = dialog.getByRole('button', { name: 'Cancel' });
  await expect.poll(() => isInside(page, cancel)).toBe(true);

  const consent = main.getByRole('checkbox', { name: `Delete this tag as well: ${left}` });
  await shown(consent);
  const table = page.getByRole('grid', { name: 'What will be deleted' });
  await expect.poll(() => table.getAttribute('aria-rowcount')).toBe(String(IMAGES + 1));
  const confirm = main.getByRole('button', { name: 'Delete 3,000 tags' });
  const typed = main.getByRole('textbox', { name: 'Type team/app to confirm' });
  for (const part of [consent, confirm, typed, main.getByRole('button', { name: 'Cancel' })])
    await expect.poll(() => isInside(page, part)).toBe(true);
  await main
    .getByRole('group')
    .getByRole('button', { name: /With tags not selected/ })
    .click();
  await shown(table.getByText(left));
  await consent.check();
  await expect.poll(() => confirm.getAttribute('aria-disabled')).toBe('true');
  await typeName(page, 'team/app');
  await expect.poll(() => confirm.getAttribute('aria-disabled')).toBe(null);
});
