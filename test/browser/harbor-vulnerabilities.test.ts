import { readFile } from 'node:fs/promises';
import { expect, test, vi } from 'vitest';
import { credentialsOf, type Role, startHarbor } from '../support/harbor.ts';
import { describeWithHarbor } from '../support/harbor-recorded.ts';
import { makeImage } from '../support/images.ts';
import { violationsOf } from './axe.ts';
import { addAccount } from './fixtures.ts';
import { openApp, shown } from './harness.ts';

vi.setConfig({ testTimeout: 240_000 });

async function setUp(role: Role) {
  const harbor = await startHarbor();
  const [one, two] = [await makeImage({ name: 'one' }), await makeImage({ name: 'two' })];
  harbor.content.push(one, '1.0');
  harbor.content.push(two, '2.0');
  harbor.scans.report(two.digest, ({ severity }) => severity === 'Low');
  const { app, api, page } = await openApp({ locale: 'en-US' });
  const { id } = await addAccount(api, harbor, { name: 'Harbor' }, credentialsOf(role));
  const path = (tag: string) =>
    `/registries/${id}/image?repository=team/web&reference=${tag}&tab=vulnerabilities`;
  return { harbor, one, app, page, id, path };
}

describeWithHarbor('vulnerabilities at Harbor, replayed', () => {
  test('an image is scanned, what was found is filtered, compared with another tag, and shown in the list of tags', async () => {
    const { harbor, one, app, page, id, path } = await setUp('projectAdmin');
    await page.goto(`${app.origin}${path('1.0')}`);
    await shown(page.getByText('It has not been scanned yet'));
    const bar = page.getByTestId('scan-bar');
    await bar.getByRole('button', { name: 'Scan', exact: true }).press('Enter');
    await shown(bar.getByRole('button', { name: 'Stop the scan' }));
    harbor.scans.report(one.digest);
    harbor.scans.scanning = undefined;

    const grid = page.getByRole('grid', { name: 'Vulnerabilities' });
    await shown(grid.getByRole('row').filter({ hasText: 'CVE-2022-0001' }));
    const filters = page.getByRole('group', { name: 'Which vulnerabilities are shown' });
    await filters.getByRole('button', { name: 'Critical' }).press('Enter');
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('2');
    await grid.getByRole('row').filter({ hasText: 'CVE-2022-0001' }).click();
    await shown(page.getByRole('region', { name: 'Details of CVE-2022-0001' }).getByText('3.0.7'));
    const view = { name: 'vulnerabilities', path: path('1.0'), ready: '[role="grid"]' };
    expect(await violationsOf(page, app.origin, view)).toEqual([]);

    await page.goto(`${app.origin}${path('1.0')}&against=2.0`);
    await shown(filters.getByRole('button', { name: 'New' }));
    await filters.getByRole('button', { name: 'In both' }).press('Enter');
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('2');

    const saved = async (format: string): Promise<string> => {
      await page.getByRole('button', { name: 'Export' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: format }).click(),
      ]);
      return await readFile(await download.path(), 'utf8');
    };
    const [head = '', ...lines] = (await saved('CSV')).trim().split(/\r?\n/);
    expect(head).toMatch(/^severity,id,change,package,version,fixed,/);
    expect(lines).toEqual([expect.stringMatching(/^low,CVE-[\d-]+,same,/)]);
    expect(JSON.parse(await saved('JSON'))).toMatchObject([{ severity: 'low', change: 'same' }]);

    await page.goto(`${app.origin}/registries/${id}/tags?repository=team/web&filter=cve:high`);
    const tags = page.getByRole('grid', { name: 'Tags of team/web' });
    await shown(tags.getByRole('row').filter({ hasText: '1.0' }).getByText('C 1'));
    await expect.poll(() => tags.getByRole('row').filter({ hasText: '2.0' }).count()).toBe(0);
    expect(harbor.pulls()).toBeLessThanOrEqual(1);
  });

  test('a developer reads what was found, and is told who may have it scanned', async () => {
    const { app, page, path } = await setUp('developer');
    await page.goto(`${app.origin}${path('2.0')}`);
    await shown(page.getByRole('grid', { name: 'Vulnerabilities' }).getByRole('row').nth(1));
    const scan = page.getByTestId('scan-bar').getByRole('button', { name: 'Scan', exact: true });
    await expect.poll(() => scan.getAttribute('aria-description')).toBe('For project maintainers only');
  });

  test('a developer gives an image a label by a plan, and it is in the list of tags', async () => {
    const { app, page, path, id } = await setUp('developer');
    await page.goto(`${app.origin}${path('2.0')}`);
    const labels = page.getByTestId('labels');
    await labels.getByRole('button', { name: 'Labels…' }).press('Enter');
    const form = page.getByRole('dialog');
    const input = form.getByLabel('Labels', { exact: true }).first();
    await input.fill('release');
    await input.press('Enter');
    await form.getByRole('button', { name: 'Show the plan…' }).press('Enter');
    await shown(page.getByTestId('plan').getByText('release'));
    await page.getByRole('button', { name: 'Apply', exact: true }).press('Enter');
    await shown(labels.getByText('release'));
    await page.goto(`${app.origin}/registries/${id}/tags?repository=team/web&filter=label:release`);
    const tags = page.getByRole('grid', { name: 'Tags of team/web' });
    await shown(tags.getByRole('row').filter({ hasText: '2.0' }).getByText('release'));
  });
});
