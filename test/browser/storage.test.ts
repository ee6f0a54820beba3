import { expect, test } from 'vitest';
import { credentialsOf, startHarbor } from '../support/harbor.ts';
import { describeWithHarbor } from '../support/harbor-recorded.ts';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { addAccount, places, scanAll, store } from './fixtures.ts';
import { type OpenOptions, openApp, rowOf, shown } from './harness.ts';

/** A base in three repositories, and what is in one only. */
async function openFilled(options: OpenOptions = {}) {
  const registry = await startTestRegistry();
  const image = (name: string, own: number) =>
    makeImage({ name, layers: { base: 100_000, [`of ${name}`]: own } });
  const app = await image('app', 40_000);
  await store(registry, 'team/app', app, ['1.0', 'latest']);
  await store(registry, 'team/app', await image('app-2', 20_000), ['2.0']);
  await store(registry, 'team/worker', await image('worker', 30_000), ['1.0']);
  await store(registry, 'tool', await image('tool', 5_000), ['v1']);
  const opened = await openApp(options);
  const { id } = await addAccount(opened.api, registry, { name: 'Harbour' });
  return { ...opened, registry, id };
}

const texts = {
  'en-US': {
    nothing: 'This registry has not been scanned yet',
    scan: 'Scan',
    complete: 'everything read',
    cannot: 'What these numbers do not show',
    repositories: 'Repositories by bytes only they use',
    frees: /^frees 6\d(\.\d)?\skB/,
  },
  'zh-CN': {
    nothing: '此镜像仓库尚未扫描',
    scan: '扫描',
    complete: '已全部读取',
    cannot: '这些数值无法说明的内容',
    repositories: '按独占字节排列的仓库',
    frees: /^可释放 6\d(\.\d)?\skB/,
  },
} as const;

test.for(['en-US', 'zh-CN'] as const)(
  '%s: nothing is known, a scan, then what there is, and what a repository would free',
  async (locale) => {
    const words = texts[locale];
    const { app, page, id } = await openFilled({ locale });
    await page.goto(app.origin + places.storage(id));
    const main = page.getByRole('main');
    await shown(main.getByText(words.nothing));
    await main.getByRole('button', { name: words.scan, exact: true }).click();
    await shown(main.getByText(words.complete));
    await shown(main.getByTestId('totals'));
    await expect.poll(() => main.locator('[data-name]').count()).toBe(3);
    await main.getByText(words.cannot).click();
    await shown(main.locator('details li').first());

    await page.goto(app.origin + places.storage(id, { view: 'repositories' }));
    const grid = page.getByRole('grid', { name: words.repositories });
    const first = grid.locator('[aria-rowindex="2"]');
    await shown(first.getByText('team/app'));
    await first.getByRole('checkbox').click();
    const freed = main.getByTestId('freed');
    await expect.poll(() => freed.textContent()).toMatch(words.frees);
  },
);

test('images without a date are said with why, and their configs are asked for again on a click', async () => {
  const { app, api, page, registry, id } = await openFilled();
  registry.inject({ kind: 'status', status: 404, when: { path: /blobs\// } });
  await scanAll(api, id);
  await page.goto(app.origin + places.storage(id));
  const note = page.getByTestId('undated');
  await shown(note.getByText(/^Images have no date: 4 configs could not be read \(the first: .+\)\./));
  registry.clearFaults();
  await note.getByRole('button', { name: 'Try again now' }).click();
  await expect.poll(() => note.count()).toBe(0);
  await shown(page.getByRole('button', { name: 'Scan again' }));
});

test('each mark leads to the tags behind it: a namespace, a repository, a layer with its tags, and an image', async () => {
  const { app, api, page, id } = await openFilled();
  await scanAll(api, id);
  await page.goto(app.origin + places.storage(id));
  const main = page.getByRole('main');
  const children = page.getByRole('grid', { name: 'Namespaces and repositories by unique bytes' });
  await children.getByRole('link', { name: 'team/' }).click();
  await shown(main.getByRole('heading', { level: 1, name: 'Storage of team/' }));
  await shown(main.getByTestId('totals').getByText('Only here'));

  await page.getByRole('tab', { name: 'Duplicates' }).click();
  const shared = page.getByRole('grid', { name: /used by several repositories$/ });
  await shared.getByRole('button', { name: '5 tags · in 3 repositories' }).click();
  const holders = page.getByRole('grid', { name: 'Tags that use this layer or manifest' });
  await expect.poll(() => holders.getAttribute('aria-rowcount')).toBe('6');
  await rowOf(holders, 'tool:v1').getByRole('checkbox').click();
  await rowOf(holders, 'team/worker:1.0').getByRole('checkbox').click();
  const bar = page.getByRole('region', { name: 'Selection' });
  await shown(bar.getByText('2 tags', { exact: true }));
  await expect
    .poll(() => bar.textContent())
    .toMatch(/frees 3\d(\.\d)?\skB · 100\skB stay, used by other repositories/);
  await rowOf(holders, 'tool:v1').getByRole('checkbox').click();
  await bar.getByRole('link', { name: 'Show in the repository' }).click();

  const tags = page.getByRole('grid', { name: 'Tags of team/worker' });
  await shown(tags);
  await shown(page.getByTestId('repository-size'));
  await expect.poll(() => page.getByTestId('freed').textContent()).toMatch(/^frees 3\d(\.\d)?\skB/);
  await tags.getByRole('link', { name: '1.0', exact: true }).click();
  await expect
    .poll(() => page.getByTestId('image-share').textContent())
    .toMatch(/^3\d(\.\d)?\skB only in this tag/);
  await page.getByRole('tab', { name: 'Layers' }).click();
  await main.getByRole('row', { name: /COPY files\/base/ }).click();
  await page.getByTestId('layer-holders').getByRole('link', { name: 'tool:v1' }).click();
  await shown(main.getByRole('heading', { level: 1, name: 'tool:v1' }));
});

test('a day of the history leads to the tags that moved on it', async () => {
  const { app, api, page, registry, id } = await openFilled();
  await scanAll(api, id);
  await store(registry, 'team/app', await makeImage({ name: 'app-3' }), ['latest']);
  await scanAll(api, id);
  // Days are summed up a while after something changed.
  await expect.poll(async () => (await api.storage.history({ accountId: id, days: 1 })).length).toBe(1);
  await page.goto(app.origin + places.storage(id, { view: 'history' }));
  const days = page.getByRole('grid', { name: 'Storage by day, newest first' });
  await days
    .getByRole('button', { name: /^\d{4}-\d{2}-\d{2}$/ })
    .first()
    .click();
  const behind = page.getByRole('grid', { name: /^Tags of \d{4}-\d{2}-\d{2}$/ });
  await shown(rowOf(behind, 'team/app:latest'));
  await page.getByTestId('holders').getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => behind.count()).toBe(0);
});

test('tags and repositories chosen anywhere are summed up together: what they hold, free and leave, and who holds that', async () => {
  const { app, api, page, id } = await openFilled();
  await scanAll(api, id);
  await page.goto(app.origin + places.tags(id, 'team/worker'));
  await rowOf(page.getByRole('grid', { name: 'Tags of team/worker' }), '1.0')
    .getByRole('checkbox')
    .click();
  const bar = page.getByRole('region', { name: 'Selection' });
  await bar.getByRole('button', { name: 'Storage' }).click();
  const totals = page.getByTestId('chosen-totals');
  await expect.poll(() => totals.textContent()).toMatch(/Would be freed3\d(\.\d)?\skB.*Stays100\skB/);
  const staying = page.getByRole('grid', { name: /^What stays and how many tags use it/ });
  await staying.getByRole('button', { name: '5 tags · in 3 repositories' }).click();
  const holders = page.getByRole('grid', { name: 'Tags that use this layer or manifest' });
  await expect.poll(() => holders.getAttribute('aria-rowcount')).toBe('6');
  await expect.poll(() => rowOf(holders, 'team/worker:1.0').getByRole('checkbox').isChecked()).toBe(true);
  await expect.poll(() => rowOf(holders, 'tool:v1').getByRole('checkbox').isChecked()).toBe(false);

  // Repositories come to it, by the palette.
  await page.getByRole('link', { name: 'Harbour', exact: true }).first().click();
  const list = page.getByRole('treegrid', { name: 'Repositories of Harbour' });
  await rowOf(list, 'tool').getByRole('checkbox').click();
  await shown(bar.getByText('1 repository', { exact: true }));
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Search and commands' }).fill('storage selection');
  await shown(page.getByRole('dialog').getByText('Show storage of the selection'));
  await page.keyboard.press('Enter');
  await shown(page.getByText('tool (all tags), team/worker:1.0'));
  await expect.poll(() => totals.textContent()).toMatch(/2 tags · 2 manifests.*Stays100\skB/);
  await bar.getByRole('button', { name: 'Clear selection' }).click();
  await shown(page.getByText('Nothing selected'));
});

test('sizes are in the list of repositories, a rectangle leads to its tags, and a registry is kept fresh when asked', async () => {
  const { app, api, page, id } = await openFilled();
  await scanAll(api, id);
  await page.goto(app.origin + places.registry(id, { sort: '-size' }));
  const list = page.getByRole('treegrid', { name: 'Repositories of Harbour' });
  const rowOf = (index: number) => list.locator(`[aria-rowindex="${index}"]`);
  await expect.poll(() => rowOf(2).textContent()).toMatch(/^team\/2 repositories/);
  await expect.poll(() => rowOf(3).textContent()).toMatch(/app.*1\d\d\skB/);
  await page.goto(app.origin + places.storage(id));
  await page.getByRole('combobox', { name: 'Automatic scans' }).click();
  await page.getByRole('option', { name: 'Scans every day' }).click();
  await expect.poll(async () => (await api.accounts.list()).map(({ keepFresh }) => keepFresh)).toEqual([24]);
  await page.locator('[data-name="team/worker"]').click();
  await shown(page.getByRole('grid', { name: 'Tags of team/worker' }));
});

test('a deletion’s plan says what becomes free in the whole registry, and a common base leads to its tags', async () => {
  const { app, api, page, id } = await openFilled();
  await scanAll(api, id);
  await page.goto(app.origin + places.storage(id, { view: 'families' }));
  const families = page.getByRole('grid', { name: 'Images that start with the same layers' });
  await families.getByRole('button', { name: '5 tags · in 3 repositories' }).click();
  const holders = page.getByRole('grid', { name: 'Tags that use this layer or manifest' });
  await expect.poll(() => holders.getAttribute('aria-rowcount')).toBe('6');

  await page.goto(app.origin + places.tags(id, 'team/worker', { selected: '1.0' }));
  await shown(page.getByTestId('freed'));
  await page.getByRole('main').getByRole('button', { name: 'Delete' }).click();
  const plan = page.getByTestId('plan');
  await shown(
    plan.getByText(/^In the whole registry: frees 3\d(\.\d)?\skB · 100\skB stay, used by other repositories/),
  );
});

test('a scan shows how far it is, is paused, goes on, and is cancelled', async () => {
  const { app, page, registry, id } = await openFilled();
  registry.inject({ kind: 'latency', ms: 700, when: { path: /manifests|tags/ } });
  await page.goto(app.origin + places.storage(id));
  const main = page.getByRole('main');
  await main.getByRole('button', { name: 'Scan', exact: true }).click();
  const scan = (status: string) => main.locator(`[data-scan="${status}"]`);
  await shown(scan('running'));
  await main.getByRole('button', { name: 'Pause' }).click();
  await shown(scan('paused'));
  await main.getByRole('button', { name: 'Resume' }).click();
  await shown(scan('running'));
  await main.getByRole('button', { name: 'Cancel the scan' }).click();
  await expect.poll(() => main.locator('[data-scan]').count()).toBe(0);
});

describeWithHarbor('Harbor, replayed', () => {
  test('a scan takes sizes from the lists; reading manifests is a second step that says what it costs', async () => {
    const harbor = await startHarbor();
    const image = await makeImage({ name: 'one' });
    harbor.content.push(image, '1.0', 'latest');
    harbor.content.push(await makeImage({ name: 'two' }), '1.1');
    const { app, api, page } = await openApp();
    const { id } = await addAccount(api, harbor, { name: 'Harbor' }, credentialsOf('administrator'));
    for (const notice of await api.app.notices()) await api.app.dismissNotice({ id: notice.id });
    await page.goto(app.origin + places.storage(id, { repository: 'team/web' }));
    const main = page.getByRole('main');
    await main.getByRole('button', { name: 'Scan', exact: true }).click();
    await main.getByTestId('manifest-step').getByRole('button', { name: 'Read manifests…' }).click();
    const dialog = page.getByRole('dialog');
    await shown(dialog.getByText('About 2 pulls'));
    await dialog.getByRole('button', { name: 'Read manifests' }).click();
    await expect.poll(() => main.getByTestId('known').getAttribute('data-complete')).toBe('true');
    expect(await main.getByTestId('manifest-step').count()).toBe(0);
  });
});
