import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { type Attested, storeAttested } from './attested.ts';
import { addAccount, places, store } from './fixtures.ts';
import { openApp, shown } from './harness.ts';

/** The Referrers tab of an image with an attestation, a scan, a signature and what is odd. */
async function openReferrers(
  locale = 'en-US',
): Promise<{ page: Page; attested: Attested; path: (reference: string) => string }> {
  const registry = await startTestRegistry();
  const attested = await storeAttested(registry, 'team/app');
  await store(registry, 'team/app', await makeImage(), ['plain']);
  const { app, page, api } = await openApp({ locale });
  const { id } = await addAccount(api, registry, { name: 'Harbour' });
  const path = (reference: string) =>
    app.origin + places.image(id, 'team/app', reference, { tab: 'referrers' });
  await page.goto(path('1.0'));
  return { page, attested, path };
}

/** Row of what is attached, by its title. */
const rowOf = (page: Page, name: RegExp) => page.getByRole('row', { name });

test('what is attached is listed as present, never as verified, with builder, source and commit', async () => {
  const { page, attested } = await openReferrers();
  const main = page.getByRole('main');
  await shown(main.getByText('Present, not verified'));
  for (const name of [/^Attestation · SLSA/, /^Vulnerability scan · Cosign/, /^Signature · Cosign/])
    await shown(rowOf(page, name));
  await expect
    .poll(() => main.getByText(/\bverified\b/i).allTextContents())
    .toEqual(['Present, not verified.']);

  await rowOf(page, /^Attestation · SLSA/).click();
  const details = main.getByRole('region', { name: 'Attestation · SLSA' });
  await shown(details.getByRole('link', { name: 'https://github.com/team/app', exact: true }));
  await shown(details.getByText('https://github.com/actions/runner/github-hosted'));
  await shown(details.getByText('2f8c1e0d9b7a6f5e4d3c2b1a0f9e8d7c6b5a4f3e'));
  await shown(details.getByText('.github/workflows/release.yml'));
  expect(new URL(page.url()).searchParams.get('picked')).toBe(
    `${attested.provenance.digest}@${attested.image.digest}`,
  );

  await rowOf(page, /^Vulnerability scan/).click();
  const scan = main.getByRole('region', { name: /^Vulnerability scan/ });
  await shown(scan.getByText('pkg:github/aquasecurity/trivy 0.50.0'));
  await shown(scan.getByRole('definition').filter({ hasText: /^3$/ }));

  await rowOf(page, /^Signature/).click();
  await shown(main.getByText(`The tag ${attested.image.digest.replace(':', '-')}.sig`));
});

test('what cannot be read says so in its place, and so does a statement about another image', async () => {
  const { page } = await openReferrers();
  const main = page.getByRole('main');
  await rowOf(page, /^Attestation (?!·)/).click();
  const details = main.getByRole('region', { name: 'Attestation', exact: true });
  await shown(details.getByText(/^Could not be read: /));
  await shown(details.getByText(/^It is about another image/));
  await shown(details.getByText('https://example.org/review'));
});

test('a document is downloaded byte for byte, and the manifest of what is attached opens', async () => {
  const { page, attested } = await openReferrers();
  await rowOf(page, /^Attestation · SLSA/).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download Provenance · SLSA' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^provenance-[0-9a-f]{12}\.json$/);
  expect(await readFile(await download.path())).toEqual(attested.provenance.blobs.at(-1)?.bytes);
  await page.getByRole('link', { name: 'Open manifest' }).click();
  await page.waitForURL((url) => url.searchParams.get('reference') === attested.provenance.digest);
  await shown(page.getByText('An artifact', { exact: true }));
});

test('with the keys: rows by the arrows, details by Enter', async () => {
  const { page } = await openReferrers();
  const grid = page.getByRole('grid', { name: 'Attached to this image' });
  await shown(grid.getByRole('row').nth(1));
  await grid.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect.poll(() => grid.getByRole('row').last().getAttribute('aria-current')).toBe('true');
});

test('in Chinese; and where nothing is attached, it is said what was looked at', async () => {
  const { page, path } = await openReferrers('zh-CN');
  await shown(page.getByText('存在，但未经验证'));
  await shown(rowOf(page, /^漏洞扫描 · Cosign/));
  await page.goto(path('plain'));
  await shown(page.getByText('没有内容附加在此镜像上'));
});
