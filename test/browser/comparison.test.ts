import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { missingChromium } from '../support/chromium.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { SECRET, storeCompared } from './compared-images.ts';
import { addAccount, places } from './fixtures.ts';
import { gone, type OpenedApp, openApp, openBrowser, shown } from './harness.ts';

const WORDS = {
  en: {
    different: /^They differ in .*configuration/,
    identical: 'Both are the same: they have the same digest.',
    tabs: { config: 'Configuration', layers: 'Layers', platforms: 'Platforms' },
    configTable: 'Configuration that differs',
    layersTable: 'Layers of both images, base first',
    platformsTable: 'Platforms of both images',
    reveal: 'Show 1 value that looks secret',
    hide: 'Hide what looks secret',
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
    unknown: 'nowhere.example.com is not in the list of registries',
    notFound: 'Not found',
    onlyLeft: 'Only left',
    onlyRight: 'Only right',
    compareWith: 'Compare with…',
    report: 'Report',
  },
  'zh-CN': {
    different: /^两者的.*配置.*不同/,
    identical: '两者完全相同：摘要一致。',
    tabs: { config: '配置', layers: '层', platforms: '平台' },
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
    unknown: 'nowhere.example.com 不在镜像仓库列表中',
    notFound: '未找到',
    onlyLeft: '仅左侧',
    onlyRight: '仅右侧',
    compareWith: '与…比较',
    report: '报告',
  },
} as const;

let opened: OpenedApp;
let registry: GuardedRegistry;
let accountId: string;
let host: string;

// One app and one registry for all: nothing here changes them.
beforeAll(async () => {
  if (missingChromium() !== undefined) return;
  [registry, opened] = await Promise.all([startTestRegistry(), openApp()]);
  await storeCompared(registry);
  accountId = (await addAccount(opened.api, registry, { name: 'Harbour' })).id;
  host = new URL(registry.url).host;
});

type Locale = keyof typeof WORDS;

async function open(locale: Locale, path: string): Promise<Page> {
  const { page } = await openBrowser(opened.app, { locale });
  await page.goto(opened.app.origin + path);
  return page;
}

const comparing = (left: string, right: string, search: Record<string, string> = {}) =>
  `/compare?${new URLSearchParams({ left: `${host}/${left}`, right: `${host}/${right}`, ...search })}`;

/** What the address says is compared, without the registry. */
const compared = (page: Page) => {
  const { pathname, searchParams } = new URL(page.url());
  const sides = ['left', 'right'].map((side) => searchParams.get(side)?.replace(`${host}/`, ''));
  return [pathname, ...sides];
};

const verdict = (page: Page) => page.getByTestId('verdict').locator('p').first();

test.each(['en', 'zh-CN'] as const)(
  '%s: two tags that are chosen and C: what is different, in a sentence, in the configuration without its secrets, and in layers; then the copy of one over the other',
  async (locale) => {
    const words = WORDS[locale];
    const page = await open(locale, places.tags(accountId, 'team/app', { filter: '.0' }));
    const grid = page.getByRole('grid');
    await shown(grid.getByRole('link', { name: '2.0', exact: true }));
    await grid.focus();
    await page.keyboard.press('ControlOrMeta+a');
    await shown(page.locator('[data-action="compare"]:not([aria-disabled])'));
    await page.keyboard.press('c');
    await expect.poll(() => compared(page)).toEqual(['/compare', 'team/app:1.0', 'team/app:2.0']);
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
    await expect.poll(() => compared(page)).toEqual(['/compare', 'team/app:2.0', 'team/app:1.0']);
    await shown(page.getByRole('region', { name: words.left }).getByText(`${host}/team/app:2.0`));

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
    const page = await open(locale, comparing('team/many:1.0', 'team/many:2.0'));
    const platforms = page.getByRole('grid', { name: words.platformsTable });
    const row = (name: string) => platforms.getByRole('row').filter({ hasText: name });
    await shown(row('linux/arm64').getByText(words.onlyLeft));
    await shown(row('linux/s390x').getByText(words.onlyRight));
    await row('linux/amd64').click();
    await shown(page.getByRole('grid', { name: words.layersTable }));
    expect(new URL(page.url()).searchParams.get('platform')).toBe('linux/amd64');

    await page.goto(opened.app.origin + comparing('team/app:1.0', 'team/app:stable'));
    await expect.poll(() => verdict(page).textContent()).toBe(words.identical);

    await page.goto(opened.app.origin + comparing('team/app:1.0', 'team/app:none'));
    await shown(page.getByRole('alert').getByText(words.notFound));
    await shown(page.getByRole('alert').getByText('team/app:none'));

    const far = { left: `${host}/team/app:1.0`, right: 'nowhere.example.com/app:1' };
    await page.goto(`${opened.app.origin}/compare?${new URLSearchParams(far)}`);
    await shown(page.getByRole('heading', { name: words.unknown }));

    // The dialog knows the place of the other side, and the tags there.
    await page.goto(`${opened.app.origin}/compare?${new URLSearchParams({ left: far.left })}`);
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
    expect(compared(page)).toEqual(['/compare', 'team/app:1.0', 'team/app:2.0']);
  },
);

test('a tag that is dragged onto another is compared with it; from the menu of a row it is compared with what is chosen then', async () => {
  const words = WORDS.en;
  const page = await open('en', places.tags(accountId, 'team/app'));
  const chip = (name: string) => page.locator(`[data-tag="${name}"]:not([data-apart])`);
  await shown(chip('2.0'));
  await chip('2.0').dragTo(chip('1.0'), { steps: 20 });
  await expect.poll(() => compared(page)).toEqual(['/compare', 'team/app:2.0', 'team/app:1.0']);
  await page.goBack();
  await chip('1.0').click({ button: 'right' });
  await page.getByRole('menuitem', { name: words.compareWith }).click();
  await shown(page.getByRole('heading', { name: words.half }));
  expect(compared(page)).toEqual(['/compare', 'team/app:1.0', undefined]);
});
