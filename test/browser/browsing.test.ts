import { expect, test } from 'vitest';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { addAccount, places, storeContents } from './fixtures.ts';
import { openApp, openBrowser, rowOf, shown } from './harness.ts';

/** What looking around may ask of a registry. The one DELETE is the probe, of a digest or tag that cannot exist. */
const LOOKING = [
  'GET /v2/',
  'GET /v2/_catalog',
  'GET /v2/**/tags/list',
  'HEAD /v2/**/manifests/*',
  'GET /v2/**/manifests/*',
  'GET /v2/**/blobs/*',
  'DELETE /v2/**/manifests/*',
] as const;

test('from the registry over its repositories, filtered, to the tags and an image, and back again', async () => {
  const registry = await startTestRegistry();
  const contents = await storeContents(registry);
  registry.expectOnly(...LOOKING);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.registry(id));

  const repositories = page.getByRole('treegrid', { name: 'Repositories of Harbour' });
  await shown(page.getByText('5 repositories', { exact: true }));
  const names = () =>
    repositories
      .getByRole('row')
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => link.getAttribute('aria-label')));
  await expect.poll(names).toEqual(['charts/web', 'legacy/old', 'team/app', 'team/docker', 'team/report']);
  await repositories.getByRole('button', { name: 'Name' }).click();
  await expect.poll(async () => (await names())[0]).toBe('team/report');

  await page.getByRole('textbox', { name: 'Filter repositories' }).fill('team p');
  await shown(page.getByText('2 of 5 match'));
  await expect.poll(names).toEqual(['team/report', 'team/app']);
  expect(new URL(page.url()).searchParams.get('filter')).toBe('team p');
  await repositories.getByRole('row', { name: /team\/app/ }).click();

  const tags = page.getByRole('grid', { name: 'Tags of team/app' });
  const index = rowOf(tags, '2.0.1');
  await shown(index.getByText(/arm64/));
  await expect.poll(() => index.getByRole('link').allInnerTexts()).toEqual(['2.0.1', '2.0', 'latest']);
  await shown(page.getByText('4 tags', { exact: true }));
  expect(new URL(page.url()).searchParams.get('repository')).toBe('team/app');
  await rowOf(tags, '1.0').getByText('1.0', { exact: true }).click();

  await shown(page.getByRole('tab', { name: 'Overview', selected: true }));
  await shown(page.getByText(contents.image.digest.slice(7, 19)).first());
  await page.goBack();
  await shown(tags);
  await page.goBack();
  await shown(page.getByText('2 of 5 match'));
  await page.goForward();
  await page.goForward();
  await shown(page.getByRole('tab', { name: 'Overview', selected: true }));
});

test('an address opens the same place in another window: filter, order, selection, tab and layer', async () => {
  const registry = await startTestRegistry();
  await storeContents(registry);
  const { app, api, page } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.tags(id, 'team/app', { filter: '2.0' }));
  const tags = page.getByRole('grid', { name: 'Tags of team/app' });
  await tags.getByRole('checkbox', { name: 'Select 2.0.1', exact: true }).click();
  await shown(page.getByTestId('selected').filter({ hasText: '1 tag' }));
  const address = page.url();

  const other = (await openBrowser(app)).page;
  await other.goto(address);
  await shown(other.getByTestId('selected').filter({ hasText: '1 tag' }));
  await expect
    .poll(() =>
      other.getByRole('checkbox', { name: 'Select 2.0.1', exact: true }).getAttribute('aria-checked'),
    )
    .toBe('true');
  await expect.poll(() => other.getByRole('textbox', { name: 'Filter tags' }).inputValue()).toBe('2.0');

  await other.goto(app.origin + places.image(id, 'team/app', '1.0', { tab: 'manifest' }));
  await shown(other.getByRole('tab', { name: 'Manifest', selected: true }));
  await other.goto(`${app.origin}/no/such/place`);
  await shown(other.getByText('Page not found'));
});

test('the palette jumps to a tag seen before and runs commands, by keys alone', async () => {
  const registry = await startTestRegistry();
  await storeContents(registry);
  const { app, api, page } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.tags(id, 'team/app'));
  await shown(page.getByText('4 tags', { exact: true }));

  await page.keyboard.press('Control+k');
  const search = page.getByRole('textbox', { name: 'Search and commands' });
  await search.fill('app latest');
  await shown(page.getByRole('dialog').getByText('team/app:latest'));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/image\?.*reference=latest/);
  await shown(page.getByRole('tab', { name: 'Overview', selected: true }));

  await page.keyboard.press('Control+k');
  await search.fill('theme dark');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
});

test('10,000 tags: scrolled by keys from end to end, few rows drawn, details asked for those in view', async () => {
  const registry = await startTestRegistry();
  const image = await makeImage();
  for (const { bytes } of image.blobs) await registry.storage.putBlob('long/list', bytes);
  const names = Array.from({ length: 10_000 }, (_, index) => `1.${index}`);
  const { bytes, mediaType } = image;
  await registry.storage.seed([{ repository: 'long/list', mediaType, bytes, tags: names }]);
  const { app, api, page } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.tags(id, 'long/list', { view: 'images' }));
  await shown(page.getByText('10,000 tags', { exact: true }));

  const tags = page.getByRole('grid', { name: 'Tags of long/list' });
  await tags.focus();
  await page.keyboard.press('End');
  await shown(rowOf(tags, '1.0').getByText('amd64'));
  await expect.poll(() => tags.getByRole('row').count()).toBeLessThan(60);
  const heads = registry.requests.filter(({ method }) => method === 'HEAD').length;
  expect(heads).toBeGreaterThan(0);
  expect(heads).toBeLessThan(200);

  await page.keyboard.press('Home');
  await shown(rowOf(tags, '1.9999'));
  await page.getByRole('textbox', { name: 'Filter tags' }).fill('1.4242');
  await shown(page.getByText('1 of 10,000 matches'));
});

test('rows that somebody scrolled to stay where they are once enough is read to group them, which is offered instead', async () => {
  const registry = await startTestRegistry();
  const image = await makeImage();
  for (const { bytes } of image.blobs) await registry.storage.putBlob('long/list', bytes);
  const { bytes, mediaType } = image;
  const names = Array.from({ length: 160 }, (_, index) => `1.${index}`);
  await registry.storage.seed([{ repository: 'long/list', mediaType, bytes, tags: names }]);
  const { app, api, page } = await openApp();
  await api.app.changeSettings({ detailsUpTo: 50 });
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.tags(id, 'long/list', { view: 'images' }));
  const tags = page.getByRole('grid', { name: 'Tags of long/list' });
  await shown(rowOf(tags, '1.159').getByText('amd64'));
  await tags.focus();
  const rearrange = page.getByRole('button', { name: 'Show newest first' });
  // The last tag that the keys are at, a screen further each time, until more than 60 of 160 are read.
  for (let at = ''; !(await rearrange.isVisible()); ) {
    await page.keyboard.press('PageDown');
    const active = tags.locator('[role="row"][data-active]').locator('[data-tag]').first();
    await expect.poll(() => active.getAttribute('data-tag')).not.toBe(at);
    at = (await active.getAttribute('data-tag')) ?? '';
    await shown(rowOf(tags, at).getByText('amd64').or(rearrange).first());
  }
  const top = await tags.evaluate((grid) => grid.scrollTop);
  expect(top).toBeGreaterThan(0);
  expect(await tags.getAttribute('aria-rowcount')).toBe('161');
  await rearrange.click();
  // All that were read are on one image.
  await expect.poll(async () => Number(await tags.getAttribute('aria-rowcount'))).toBeLessThan(110);
  await expect.poll(() => tags.evaluate((grid) => grid.scrollTop)).toBe(0);
  await expect.poll(() => rearrange.isVisible()).toBe(false);
});

test('a repository without tags, an empty registry and a filter without match say what to do', async () => {
  const registry = await startTestRegistry();
  const { app, api, page } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.registry(id));
  await shown(page.getByText('Push an image, or copy one here from another registry.'));
  await page.goto(app.origin + places.tags(id, 'no/such'));
  await shown(page.getByText('This repository has no tags'));
  await storeContents(registry);
  await page.goto(app.origin + places.registry(id, { filter: 'nothing like it' }));
  await shown(page.getByText('No name contains “nothing like it”.'));
});
