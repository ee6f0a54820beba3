import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { seededBytes, type TestManifest } from '../support/images.ts';
import { imageOf, rawTar } from '../support/layers.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { imageWithPackages, sbomOf } from '../support/packages.ts';
import { addAccount, places, store } from './fixtures.ts';
import { gone, openApp, shown } from './harness.ts';

async function openPackages(
  image: TestManifest,
  { attached, locale = 'en-US' }: { attached?: TestManifest; locale?: string } = {},
) {
  const registry = await startTestRegistry();
  await store(registry, 'team/app', image, ['1.0']);
  if (attached) await store(registry, 'team/app', attached);
  const { app, page, api } = await openApp({ locale });
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  await page.goto(app.origin + places.image(id, 'team/app', '1.0', { tab: 'packages' }));
  const main = page.getByRole('main');
  return { page, registry, main, source: page.getByTestId('packages-source') };
}

test('packages found in files: with the layer that brought them, filtered by kind and by words, with what was not read', async () => {
  const { page, main, source } = await openPackages(imageWithPackages());
  await expect.poll(() => source.textContent()).toMatch(/^4 packages.*found in the files/);
  const row = (name: RegExp) => main.getByRole('row', { name });
  await shown(row(/^deb openssl 3\.0\.2 Apache-2\.0/));
  await main.getByRole('group', { name: 'Kinds of packages' }).getByRole('button', { name: /^npm/ }).click();
  await gone(row(/openssl/));
  await shown(row(/^npm kept 1\.0\.0 MIT/));
  await main.getByRole('group', { name: 'Kinds of packages' }).getByRole('button', { name: /^All/ }).click();
  await main.getByRole('textbox', { name: 'Filter packages' }).fill('apache');
  await gone(row(/kept/));
  await row(/openssl/).click();
  const details = main.getByRole('region', { name: 'Details of openssl 3.0.2' });
  await shown(details.getByText('pkg:deb/debian/openssl@3.0.2?arch=amd64&distro=debian-12'));
  await shown(details.getByText('/var/lib/dpkg/status'));
  await main
    .getByRole('button', { name: '1 item could not be read in full: packages may be missing' })
    .click();
  await shown(main.getByText('/app/node_modules/broken/package.json'));
  await details.getByRole('button', { name: 'Show layer 2' }).click();
  await page.waitForURL(
    (url) => url.searchParams.get('tab') === 'layers' && url.searchParams.get('layer') === 'layer-2',
  );
});

test('an attached SBOM is preferred and said to be unverified; the files can be looked at instead', async () => {
  const image = imageWithPackages();
  const { main, source, registry } = await openPackages(image, { attached: sbomOf(image) });
  await expect.poll(() => source.textContent()).toMatch(/^1 package.*SPDX 2\.3 · syft-1\.2.*not verified/);
  await shown(main.getByRole('row', { name: /^deb stated 1\.0 MIT/ }));
  const layers = image.blobs.slice(1).map(({ digest }) => digest);
  const reads = () => registry.requests.filter(({ path }) => layers.some((digest) => path.includes(digest)));
  expect(reads()).toEqual([]);
  await main.getByText('Files', { exact: true }).last().click();
  await expect.poll(() => source.textContent()).toMatch(/^4 packages/);
});

test('the packages are exported as CycloneDX and as SPDX', async () => {
  const { page, main } = await openPackages(imageWithPackages());
  for (const [item, name, mark] of [
    ['CycloneDX (JSON)', 'app-1.0.cdx.json', { bomFormat: 'CycloneDX' }],
    ['SPDX (JSON)', 'app-1.0.spdx.json', { SPDXID: 'SPDXRef-DOCUMENT' }],
  ] as const) {
    await main.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: item }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(name);
    expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toMatchObject(mark);
  }
});

test('what looking in the files costs is said before large layers are read, and it can be stopped', async () => {
  const large = imageOf([rawTar([{ name: 'data', content: seededBytes('large', 33_000_000) }])]);
  const { main, source, registry } = await openPackages(large);
  await shown(main.getByText('No SBOM lists its packages'));
  registry.inject({ kind: 'stall', afterBytes: 1_000, when: { method: 'GET', path: /\/blobs\// } });
  await main.getByRole('button', { name: 'Find packages' }).click();
  await shown(main.getByText(/^(Looking for packages|Reading layer 1 of 1)/));
  await main.getByRole('button', { name: 'Cancel' }).click();
  await shown(main.getByRole('button', { name: 'Find packages' }));
  registry.clearFaults();
  await main.getByRole('button', { name: 'Find packages' }).click();
  await expect.poll(() => source.textContent()).toMatch(/^0 packages/);
});

test('in Chinese', async () => {
  const { main, source } = await openPackages(imageWithPackages(), { locale: 'zh-CN' });
  await expect.poll(() => source.textContent()).toMatch(/^4 个软件包/);
  await shown(main.getByRole('columnheader', { name: '许可证' }));
});
