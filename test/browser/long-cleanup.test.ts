import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { startTestRegistry } from '../support/local-registry.ts';
import { seedImages } from '../support/many-images.ts';
import { addAccount, places } from './fixtures.ts';
import { openApp, openBrowser, shown } from './harness.ts';
import { buttonsOutOfReach, cutTexts } from './layout-checks.ts';

const TAGS = 3_000;
const KEPT = ['t0', 't1'];
/** Thousands of tags are looked at and deleted, on a machine that does other things too. */
const TIMEOUT_MS = 300_000;
const SMALL = { width: 1024, height: 640 };
/** More stops of the Tab key than a page has before its buttons. */
const TABS_MAX = 120;

const RULES = `version: 1
rules:
  - name: team
    repositories: ["team/app"]
    protect: [${KEPT.join(', ')}]
    delete:
      - { name: the rest, tags: "*" }
`;

const WORDS = {
  'en-US': {
    goes: '2,998 tags will be deleted',
    typed: 'Type team/app to confirm',
    start: 'Delete 2,998 tags',
  },
  'zh-CN': { goes: '删除 2,998 个标签', typed: '输入 team/app 以确认', start: '删除 2,998 个标签' },
} as const;

/** Goes to it by the Tab key alone. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const isThere = () => target.evaluate((element) => element === document.activeElement);
  for (let tabs = 0; tabs < TABS_MAX && !(await isThere()); tabs++) await page.keyboard.press('Tab');
  expect(await isThere()).toBe(true);
}

async function isInOrder(page: Page): Promise<void> {
  await expect.poll(() => cutTexts(page)).toEqual([]);
  await expect.poll(() => buttonsOutOfReach(page)).toEqual([]);
  const beyond = () => [
    document.documentElement.scrollWidth - window.innerWidth,
    document.documentElement.scrollHeight - window.innerHeight,
  ];
  await expect.poll(() => page.evaluate(beyond)).toEqual([0, 0]);
}

test('a cleanup of 3,000 tags is planned and run by the keyboard alone, and all of it is inside a window of 1024x640, in both languages', {
  timeout: TIMEOUT_MS,
}, async () => {
  const registry = await startTestRegistry();
  await seedImages(registry, 'team/app', TAGS);
  const { app, page, api } = await openApp({ viewport: SMALL });
  page.setDefaultTimeout(TIMEOUT_MS);
  const { id: accountId } = await addAccount(api, registry, { name: 'Harbour' });
  const { id } = await api.cleanup.save({ accountId, name: 'Team', text: RULES });
  await page.goto(app.origin + places.cleanup(accountId, { rules: id }));
  const plan = page.getByRole('main').getByRole('button', { name: 'Make a plan' });
  await shown(plan);
  await tabTo(page, plan);
  await page.keyboard.press('Enter');
  await shown(page.getByText(/of [\d,]+ (repositories|tags)/).first());
  await isInOrder(page);
  await page.waitForURL(/\/plans\//);

  const chinese = await openBrowser(app, { viewport: SMALL, locale: 'zh-CN' });
  chinese.page.setDefaultTimeout(TIMEOUT_MS);
  await chinese.page.goto(page.url());
  for (const [window, words] of [
    [chinese.page, WORDS['zh-CN']],
    [page, WORDS['en-US']],
  ] as const) {
    const main = window.getByRole('main');
    await shown(main.getByText(words.goes).first());
    await expect.poll(() => main.getByRole('grid').getAttribute('aria-rowcount')).toBe(String(TAGS + 1));
    await isInOrder(window);
    const start = main.getByRole('button', { name: words.start });
    await expect.poll(() => start.getAttribute('aria-disabled')).toBe('true');
    await tabTo(window, main.getByRole('textbox', { name: words.typed }));
    await window.keyboard.type('team/app');
    await expect.poll(() => start.getAttribute('aria-disabled')).toBe(null);
    await tabTo(window, start);
  }
  await page.keyboard.press('Enter');
  const left = async (): Promise<string[]> => {
    const names: string[] = [];
    for await (const { tags } of await api.catalog.tags({ accountId, repository: 'team/app' }))
      names.push(...tags);
    return names.toSorted();
  };
  await expect.poll(left, { timeout: TIMEOUT_MS, interval: 1_000 }).toEqual(KEPT);
  await isInOrder(page);
});
