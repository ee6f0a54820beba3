import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { makeBuildCache, makeHelmChart, makeImage, manifestOf, mediaTypes } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { push } from '../support/push.ts';
import { addAccount, type Contents, places, store, storeContents } from './fixtures.ts';
import { openApp, shown } from './harness.ts';

interface Opened {
  readonly page: Page;
  readonly registry: GuardedRegistry;
  readonly contents: Contents;
  /** Goes to an image's page. */
  open(repository: string, reference: string, search?: Record<string, string>): Promise<void>;
}

async function openContents(): Promise<Opened> {
  const registry = await startTestRegistry();
  const contents = await storeContents(registry);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  return {
    page,
    registry,
    contents,
    open: async (repository, reference, search) => {
      await page.goto(app.origin + places.image(id, repository, reference, search));
    },
  };
}

test('an image: its configuration, an instruction for each layer, its manifest byte for byte', async () => {
  const { page, contents, open } = await openContents();
  await open('team/app', '1.0');
  const main = page.getByRole('main');
  await shown(main.getByRole('heading', { level: 1, name: /team\/app/ }));
  await shown(main.getByText('PATH', { exact: true }));
  await shown(main.getByText('/usr/bin', { exact: true }));
  await shown(main.getByText('org.example.name'));

  await page.getByRole('tab', { name: 'Layers' }).click();
  await shown(main.getByText(/^2 layers, /));
  await shown(main.getByRole('row', { name: /COPY files\/base/ }));
  await shown(main.getByRole('row', { name: /COPY files\/old app/ }));

  await page.getByRole('tab', { name: 'Manifest' }).click();
  await page.getByText('Raw bytes', { exact: true }).click();
  const text = main.getByRole('region', { name: 'Manifest text' });
  await expect.poll(() => text.textContent()).toBe(contents.image.bytes.toString());
});

test('a link to one of many layers shows its row in the middle of them', async () => {
  const { page, registry, open } = await openContents();
  const layers = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`part-${at}`, 16]));
  await push(await makeImage({ layers }), registry, 'team/long', '1.0');
  await open('team/long', '1.0', { tab: 'layers', layer: 'layer-40' });
  const table = page.getByRole('main').getByRole('grid', { name: 'Layers and instructions, base first' });
  await shown(table.getByRole('row', { name: /COPY files\/part-39 / }));
  await expect
    .poll(() =>
      table.evaluate((grid) => {
        const row = grid.querySelector('[aria-current="true"]');
        if (!row) return Number.NaN;
        const [all, one] = [grid.getBoundingClientRect(), row.getBoundingClientRect()];
        return Math.abs(one.top + one.height / 2 - all.top - all.height / 2);
      }),
    )
    .toBeLessThan(60);
});

test('layers: a bar of all that is linked to the rows, details beside them, sorted by size', async () => {
  const { page, open } = await openContents();
  await open('team/app', '1.0', { tab: 'layers' });
  const main = page.getByRole('main');
  const table = main.getByRole('grid', { name: 'Layers and instructions, base first' });
  const bar = main.getByRole('img', { name: /as one bar/ });
  const [base, app] = [/COPY files\/base/, /COPY files\/old app/].map((name) =>
    table.getByRole('row', { name }),
  );
  if (!base || !app) throw new Error('no rows');
  await shown(base);
  const pieces = bar.locator('[data-id]');
  await expect.poll(() => pieces.count()).toBe(2);

  // Each points at the other.
  await pieces.first().hover();
  await expect.poll(() => base.getAttribute('aria-current')).toBe('true');
  await app.hover();
  await expect.poll(() => pieces.last().getAttribute('data-current')).toBe('true');
  await expect.poll(() => base.getAttribute('aria-current')).toBeNull();

  const place = await app.boundingBox();
  await app.click();
  await shown(main.getByRole('region', { name: 'Details of Layer 2' }));
  const { y, x } = (await app.boundingBox()) ?? {};
  expect({ x, y }).toEqual({ x: place?.x, y: place?.y });

  await table.getByRole('button', { name: 'Size' }).click();
  const first = table.locator('[aria-rowindex="2"]');
  await shown(first.getByText('COPY'));
  await expect.poll(() => first.textContent()).toContain('files/old app');
  await table.getByRole('button', { name: 'Size' }).click();
  await expect.poll(() => first.textContent()).toContain('files/base');
  expect(new URL(page.url()).searchParams.get('sort')).toBe('-size');
});

test('a manifest is searched, and folded by keyboard', async () => {
  const { page, open } = await openContents();
  await open('team/app', '1.0', { tab: 'manifest' });
  const main = page.getByRole('main');
  const tree = main.getByRole('tree', { name: 'Manifest text' });
  await shown(tree);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('SHA256:');
  const status = main.getByRole('search').getByRole('status');
  await expect.poll(() => status.textContent()).toBe('1 of 3');
  await page.keyboard.press('Enter');
  await expect.poll(() => status.textContent()).toBe('2 of 3');
  const current = tree.locator('mark[data-current]');
  await expect.poll(() => current.count()).toBe(1);

  // From the layer's line to the layer, which is folded, and with it the place that was found.
  await tree.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  const line = tree.getByRole('treeitem', { expanded: false });
  await expect.poll(() => line.count()).toBe(1);
  await shown(line.getByText(/^\d entries$/));
  expect(await current.count()).toBe(0);
  // Going on opens what it is in again.
  await main.getByRole('button', { name: 'Next match (Enter)' }).click();
  await main.getByRole('button', { name: 'Previous match (Shift+Enter)' }).click();
  await expect.poll(() => current.count()).toBe(1);
  expect(await line.count()).toBe(0);
});

test('an index: its usual platform first, each other one, its attestations as such, and what it lists', async () => {
  const { page, contents, open } = await openContents();
  const [amd, arm] = contents.index.children;
  await open('team/app', 'latest');
  const main = page.getByRole('main');
  const platform = main.getByRole('combobox', { name: /^Platform/ });
  await expect.poll(() => platform.inputValue()).toBe('linux/amd64');
  await platform.click();
  for (const choice of [
    'linux/amd64',
    'linux/arm64/v8',
    'Attestation of linux/amd64',
    'Index (all platforms)',
  ]) {
    await shown(page.getByRole('option', { name: choice, exact: true }));
  }
  await page.getByRole('option', { name: 'Index (all platforms)' }).click();
  await shown(main.getByText('Contents of this index'));
  const lines = main.getByRole('table').getByRole('row');
  await shown(
    lines.filter({ hasText: amd?.digest.slice(7, 19) ?? '' }).getByText('Attestation of linux/amd64'),
  );
  await lines.getByRole('button', { name: 'linux/arm64/v8', exact: true }).click();
  await page.waitForURL((url) => url.searchParams.get('platform') === arm?.digest);
  await page.getByRole('tab', { name: 'Layers' }).click();
  await shown(main.getByRole('row', { name: /COPY files\/app-arm64/ }));
  expect(await page.getByText('unknown/unknown').count()).toBe(0);
});

test('an attestation opened says what it speaks of, and has no platform', async () => {
  const { page, contents, open } = await openContents();
  const attestation = contents.index.children[2];
  await open('team/app', 'latest', { platform: attestation?.digest ?? '' });
  await shown(page.getByText('An attestation', { exact: true }));
  await shown(page.getByText('https://slsa.dev/provenance/v0.2').first());
  expect(await page.getByText('unknown/unknown').count()).toBe(0);
});

test('a Docker image, an artifact, a Helm chart and a schema 1 image are each shown as what they are', async () => {
  const { page, open } = await openContents();
  await open('team/docker', '1');
  await shown(page.getByText('application/vnd.docker.distribution.manifest.v2+json').first());

  await open('team/report', 'v1');
  await shown(page.getByText('An artifact', { exact: true }));
  await shown(page.getByText('application/vnd.example.report').first());

  await open('charts/web', '1.2.3');
  await shown(page.getByText('A Helm chart', { exact: true }));
  await shown(page.getByText('A test chart'));

  await open('legacy/old', '1');
  await shown(page.getByText('Docker schema 1, an old format'));
});

test('B1, B4: a manifest that cannot be read is shown with its bytes, a build cache as that', async () => {
  const registry = await startTestRegistry();
  const broken = manifestOf({ mediaType: mediaTypes.oci.manifest, schemaVersion: 2 }, []);
  await store(registry, 'team/odd', broken, ['broken']);
  await store(registry, 'team/odd', makeBuildCache(), ['buildcache']);
  const { app, page, api } = await openApp();
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.image(id, 'team/odd', 'broken'));
  await shown(page.getByText('This manifest could not be read'));
  await page.getByRole('tab', { name: 'Manifest' }).click();
  await shown(page.getByText('"schemaVersion": 2'));
  await page.goto(app.origin + places.image(id, 'team/odd', 'buildcache'));
  await shown(page.getByText('A build cache', { exact: true }));
  await shown(page.getByText('application/vnd.buildkit.cacheconfig.v0').first());
});

test('an image that is not there says so and leads back to the tags', async () => {
  const { page, open } = await openContents();
  await open('team/app', '9.9');
  await shown(page.getByText('Image not found'));
  await page.getByRole('main').getByText('Back to the tags').click();
  await shown(page.getByRole('grid', { name: 'Tags of team/app' }));
});

test('S12: a chart’s home opens in a tab of its own that knows nothing of this one; other addresses are text', async () => {
  const registry = await startTestRegistry();
  const home = 'https://charts.example/web';
  await store(registry, 'charts/web', await makeHelmChart('web', '1.0.0', { home }), ['1.0.0']);
  const script = 'javascript:alert(1)';
  await store(registry, 'charts/web', await makeHelmChart('web', '2.0.0', { home: script }), ['2.0.0']);
  const { app, page, api, context, guard } = await openApp();
  guard.allow(/another origin: GET https:\/\/charts\.example\/web$/);
  let referer: string | undefined;
  await context.route(home, async (route) => {
    referer = await route
      .request()
      .headerValue('referer')
      .then((value) => value ?? undefined);
    await route.fulfill({ contentType: 'text/html', body: '<title>A chart</title>' });
  });
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.image(id, 'charts/web', '1.0.0'));
  const [opened] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: home }).click(),
  ]);
  await opened.waitForURL(home);
  expect(await opened.evaluate(() => window.opener)).toBeNull();
  expect(referer).toBeUndefined();
  await page.goto(app.origin + places.image(id, 'charts/web', '2.0.0'));
  await shown(page.getByText(script));
  expect(await page.getByRole('link', { name: script }).count()).toBe(0);
});
