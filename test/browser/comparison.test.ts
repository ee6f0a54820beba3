import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { missingChromium } from '../support/chromium.ts';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { violationsOf } from './axe.ts';
import { SECRET } from './compared-images.ts';
import { type ComparedSamples, openCompared } from './compared-samples.ts';
import { addAccount, places, store } from './fixtures.ts';
import { gone, openBrowser, shown } from './harness.ts';

const WORDS = {
  en: {
    different: /^They differ in .*configuration/,
    identical: 'Identical: both have the same digest.',
    tabs: { config: 'Configuration', layers: 'Layers', packages: 'Packages' },
    filesTable: 'Files that differ',
    changed: 'Changed 2',
    byFolder: 'By folder',
    filterFiles: 'Filter by path',
    noFilesMatch: 'No files match.',
    unified: 'Unified',
    textLabel: 'Text of both files, line by line',
    binary: 'Not a text file: only its attributes are compared.',
    packagesTable: 'Packages that differ',
    upgraded: 'Upgraded',
    added: 'Added',
    same: /1 package is the same/,
    html: 'HTML, one file',
    configTable: 'Configuration that differs',
    layersTable: 'Layers of both images, base first',
    platformsTable: 'Platforms of both images',
    reveal: 'Show 1 possible secret',
    hide: 'Hide possible secrets',
    swap: 'Swap the sides',
    left: 'Left',
    right: 'Right',
    onlyDifferences: 'Only differences',
    across: 'Copy across',
    copyLeft: 'Copy left over right…',
    plan: /Copy/,
    choose: 'Choose an image…',
    chooseRight: 'Choose the right image',
    reference: 'Tag or digest',
    take: 'Choose',
    half: 'One side is still missing',
    unknown: 'nowhere.example.com is not in your list of registries',
    notFound: 'Not found',
    onlyLeft: 'Only left',
    onlyRight: 'Only right',
    compareWith: 'Compare with…',
    report: 'Report',
  },
  'zh-CN': {
    different: /^两者的.*配置.*不同/,
    identical: '两者完全相同：摘要一致。',
    tabs: { config: '配置', layers: '层', packages: '软件包' },
    filesTable: '有差异的文件',
    changed: '更改 2',
    byFolder: '按文件夹',
    filterFiles: '按路径筛选',
    noFilesMatch: '没有匹配的文件。',
    unified: '合并',
    textLabel: '两个文件的文本，逐行比较',
    binary: '不是文本文件，仅比较其属性。',
    packagesTable: '有差异的软件包',
    upgraded: '升级',
    added: '新增',
    same: /1 个软件包相同/,
    html: 'HTML（单个文件）',
    configTable: '有差异的配置',
    layersTable: '两个镜像的层，从基础层开始',
    platformsTable: '两个镜像的平台',
    reveal: '显示 1 个疑似机密的值',
    hide: '隐藏疑似机密的值',
    swap: '交换两侧',
    left: '左侧',
    right: '右侧',
    onlyDifferences: '仅显示差异',
    across: '复制到另一侧',
    copyLeft: '用左侧覆盖右侧…',
    plan: /复制/,
    choose: '选择镜像…',
    chooseRight: '选择右侧镜像',
    reference: '标签或摘要',
    take: '选择',
    half: '还缺少一侧',
    unknown: 'nowhere.example.com 不在您的镜像仓库列表中',
    notFound: '未找到',
    onlyLeft: '仅左侧',
    onlyRight: '仅右侧',
    compareWith: '与…比较',
    report: '报告',
  },
} as const;

let samples: ComparedSamples;

// One app and one registry for all: nothing here changes them.
beforeAll(async () => {
  if (missingChromium() === undefined) samples = await openCompared();
});

const verdict = (page: Page) => page.getByTestId('verdict').locator('p').first();

test.each(['en', 'zh-CN'] as const)(
  '%s: two tags that are chosen and C: what is different, in a sentence, in the configuration without its secrets, and in layers; then the copy of one over the other',
  async (locale) => {
    const words = WORDS[locale];
    const page = await samples.open(locale, places.tags(samples.accountId, 'team/app', { filter: '.0' }));
    const grid = page.getByRole('grid');
    await shown(grid.getByRole('link', { name: '2.0', exact: true }));
    await grid.focus();
    await page.keyboard.press('ControlOrMeta+a');
    await shown(page.locator('[data-action="compare"]:not([aria-disabled])'));
    await page.keyboard.press('c');
    await expect.poll(() => samples.compared(page)).toEqual(['/compare', 'team/app:1.0', 'team/app:2.0']);
    await expect.poll(() => verdict(page).textContent()).toMatch(words.different);

    await page.getByRole('tab', { name: words.tabs.config }).click();
    const config = page.getByRole('table', { name: words.configTable });
    await shown(config.getByText('API_TOKEN'));
    await shown(config.getByText('production'));
    expect(await page.content()).not.toContain(SECRET);
    await page.getByRole('button', { name: words.reveal }).click();
    await shown(config.getByText(SECRET));
    await page.getByRole('button', { name: words.hide }).click();
    await gone(config.getByText(SECRET));

    // The address names the tab, so that it leads there again.
    expect(new URL(page.url()).searchParams.get('tab')).toBe('config');
    await page.getByRole('tab', { name: words.tabs.layers }).click();
    const layers = page.getByRole('grid', { name: words.layersTable });
    await expect.poll(() => layers.getByRole('row').count()).toBe(4);
    await page.getByRole('switch', { name: words.onlyDifferences }).click({ force: true });
    await expect.poll(() => layers.getByRole('row').count()).toBe(3);

    await page.getByRole('button', { name: words.swap }).click();
    await expect.poll(() => samples.compared(page)).toEqual(['/compare', 'team/app:2.0', 'team/app:1.0']);
    await shown(page.getByRole('region', { name: words.left }).getByText(`${samples.host}/team/app:2.0`));

    await page.getByRole('button', { name: words.across }).click();
    await page.getByRole('menuitem', { name: words.copyLeft }).click();
    await page.waitForURL('**/plans/**');
    await shown(page.getByRole('heading', { level: 1 }));
  },
);

test.each(['en', 'zh-CN'] as const)(
  '%s: all platforms of two indexes in one view, of which one is looked at; the same digest; a side that is missing, unknown or gone',
  async (locale) => {
    const words = WORDS[locale];
    const page = await samples.open(locale, samples.comparing('team/many:1.0', 'team/many:2.0'));
    const platforms = page.getByRole('grid', { name: words.platformsTable });
    const row = (name: string) => platforms.getByRole('row').filter({ hasText: name });
    await shown(row('linux/arm64').getByText(words.onlyLeft));
    await shown(row('linux/s390x').getByText(words.onlyRight));
    await row('linux/amd64').click();
    await shown(page.getByRole('grid', { name: words.layersTable }));
    expect(new URL(page.url()).searchParams.get('platform')).toBe('linux/amd64');

    await page.goto(samples.app.origin + samples.comparing('team/app:1.0', 'team/app:stable'));
    await expect.poll(() => verdict(page).textContent()).toBe(words.identical);

    await page.goto(samples.app.origin + samples.comparing('team/app:1.0', 'team/app:none'));
    await shown(page.getByRole('alert').getByText(words.notFound));
    await shown(page.getByRole('alert').getByText('team/app:none'));

    const far = { left: `${samples.host}/team/app:1.0`, right: 'nowhere.example.com/app:1' };
    await page.goto(`${samples.app.origin}/compare?${new URLSearchParams(far)}`);
    await shown(page.getByRole('heading', { name: words.unknown }));

    // The dialog knows the place of the other side, and the tags there.
    await page.goto(`${samples.app.origin}/compare?${new URLSearchParams({ left: far.left })}`);
    await shown(page.getByRole('heading', { name: words.half }));
    await page.getByRole('region', { name: words.right }).getByRole('button', { name: words.choose }).click();
    const dialog = page.getByRole('dialog', { name: words.chooseRight });
    await dialog
      .getByRole('textbox', { name: words.reference })
      .or(dialog.getByRole('combobox', { name: words.reference }))
      .fill('2');
    await page.getByRole('option', { name: '2.0' }).click();
    await dialog.getByRole('button', { name: words.take, exact: true }).click();
    await expect.poll(() => verdict(page).textContent()).toMatch(words.different);
    expect(samples.compared(page)).toEqual(['/compare', 'team/app:1.0', 'team/app:2.0']);
  },
);

test.each(['en', 'zh-CN'] as const)(
  '%s: files that differ, with the lines of a text side by side and unified; packages; a report that keeps secrets to itself',
  async (locale) => {
    const words = WORDS[locale];
    const page = await samples.open(
      locale,
      samples.comparing('team/app:1.0', 'team/app:2.0', { tab: 'files' }),
    );
    const files = page
      .getByRole('treegrid', { name: words.filesTable })
      .or(page.getByRole('grid', { name: words.filesTable }));
    const rows = files.getByRole('row');
    // The head, two folders, of which one is joined of three; in them two that changed, one that went, one that came.
    await expect.poll(() => rows.count()).toBe(7);
    await shown(rows.filter({ hasText: 'var/lib/dpkg' }));
    await page.getByRole('button', { name: words.byFolder }).click();
    await shown(rows.filter({ hasText: '/app/config.ini' }));
    await expect.poll(() => rows.count()).toBe(5);
    await page.getByRole('button', { name: words.byFolder }).click();
    await page.getByRole('button', { name: words.changed, exact: true }).click();
    await expect.poll(() => rows.count()).toBe(5);
    await rows.filter({ hasText: 'config.ini' }).click();
    const dialog = page.getByRole('dialog');
    const text = dialog.getByRole('region', { name: words.textLabel });
    await shown(text.getByText('port = 8080'));
    await expect.poll(() => text.getByRole('row').count()).toBe(3);
    await dialog.getByText(words.unified, { exact: true }).click();
    await expect.poll(() => text.getByRole('row').count()).toBe(4);
    await page.keyboard.press('Escape');
    await gone(dialog);

    await page.goto(samples.app.origin + samples.comparing('team/app:1.0', 'team/app:2.0', { tab: 'files' }));
    await rows.filter({ hasText: 'new.bin' }).click();
    await shown(dialog.getByText(words.binary));
    await page.keyboard.press('Escape');
    await gone(dialog);
    await page.getByRole('textbox', { name: words.filterFiles }).fill('no such path');
    await shown(page.getByText(words.noFilesMatch));

    await page.getByRole('tab', { name: words.tabs.packages }).click();
    const packages = page.getByRole('grid', { name: words.packagesTable });
    const changeOf = (name: string) => packages.getByRole('row').filter({ hasText: name });
    await shown(changeOf('openssl').getByText(words.upgraded));
    await shown(changeOf('openssl').getByText('3.0.2-1'));
    await shown(changeOf('curl').getByText(words.added));
    await shown(page.getByText(words.same));

    await page.getByRole('button', { name: words.report }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: words.html }).click(),
    ]);
    const report = await readFile(await download.path(), 'utf8');
    expect(report).toContain('team/app:2.0');
    expect(report).toContain('app/config.ini');
    expect(report).not.toContain(SECRET);
  },
);

// Here, since the samples that the views of B11 are of have the same packages.
test.each([
  {
    name: 'packages that differ',
    search: { tab: 'packages' },
    ready: '[role="row"] [data-state="upgraded"]',
  },
  {
    name: 'the lines of a text',
    search: { tab: 'files', filter: 'config.ini' },
    ready: '[role="row"] [data-state="changed"]',
    prepare: async (page: Page) => {
      await page.locator('[role="row"] [data-state="changed"]').click();
      await page.getByRole('dialog').locator('[data-view="split"] [data-line="onlyRight"]').waitFor();
    },
  },
  {
    name: 'a tree of files that differ',
    search: { tab: 'files' },
    ready: '[role="row"][aria-expanded="true"]',
  },
])('B11: axe finds nothing on $name, in both themes', async ({ search, ...view }) => {
  const { page } = await openBrowser(samples.app);
  const path = samples.comparing('team/app:1.0', 'team/app:2.0', search);
  expect(await violationsOf(page, samples.app.origin, { ...view, path })).toEqual([]);
});

test.each([
  { locale: 'en', offline: 'The host refuses the connection', locked: 'The registry is locked as read-only' },
  { locale: 'zh-CN', offline: '主机拒绝连接', locked: '该镜像仓库已锁定为只读' },
] as const)(
  '$locale: a registry that is offline is named, and asked again; to one that is locked nothing is copied',
  async ({ locale, offline, locked }) => {
    const words = WORDS[locale];
    const far = await startTestRegistry();
    await store(far, 'team/far', await makeImage({ name: 'far' }), ['1']);
    const account = await addAccount(samples.api, far, { name: 'Far', readOnly: true });
    const farHost = new URL(far.url).host;
    const sides = new URLSearchParams({
      left: `${samples.host}/team/app:1.0`,
      right: `${farHost}/team/far:1`,
    });
    const page = await samples.open(locale, `/compare?${sides}`);
    await expect.poll(() => verdict(page).textContent()).toMatch(words.different);
    await page.getByRole('button', { name: words.across }).click();
    const copy = page.getByRole('menuitem', { name: words.copyLeft });
    await expect.poll(() => copy.getAttribute('aria-disabled')).toBe('true');
    await expect.poll(() => copy.getAttribute('aria-description')).toBe(locked);

    await far.close();
    await page.reload();
    await shown(page.getByRole('alert').filter({ hasText: offline }).filter({ hasText: farHost }));
    await samples.api.accounts.remove({ id: account.id });
  },
);
