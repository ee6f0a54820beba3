import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page, WebSocketRoute } from 'playwright-core';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary.ts';
import { gone, openApp, openBrowser, shown } from './harness.ts';

const scheme = (page: Page) => page.locator('html').getAttribute('data-mantine-color-scheme');

test('language and theme follow the browser, then the choice in the settings, which outlives a restart', async () => {
  const home = await temporaryFolder();
  const { app, page, api } = await openApp({ home, locale: 'zh-CN', colorScheme: 'dark' });
  await page.goto(app.origin);
  await shown(page.getByRole('navigation', { name: '镜像仓库与页面' }).getByText('操作记录'));
  await expect.poll(() => scheme(page)).toBe('dark');
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('zh-CN');

  await page.goto(`${app.origin}/settings`);
  await page
    .getByRole('combobox', { name: '语言' })
    .or(page.getByRole('textbox', { name: '语言' }))
    .click();
  await page.getByRole('option', { name: 'English' }).click();
  await shown(page.getByRole('heading', { level: 1, name: 'Settings' }));
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en');
  await page.getByRole('radiogroup', { name: 'Theme' }).getByText('Light', { exact: true }).click();
  await expect.poll(() => scheme(page)).toBe('light');
  expect(await api.app.settings()).toMatchObject({ language: 'en', theme: 'light' });

  // Another browser, which prefers otherwise, gets what was chosen.
  const other = (await openBrowser(app, { locale: 'zh-CN', colorScheme: 'dark' })).page;
  await other.goto(`${app.origin}/settings`);
  await shown(other.getByRole('heading', { level: 1, name: 'Settings' }));
  await expect.poll(() => scheme(other)).toBe('light');

  for (const each of [page, other]) await each.context().close();
  await app.stop();
  const restarted = await openApp({ home, locale: 'zh-CN', colorScheme: 'dark' });
  await restarted.page.goto(restarted.app.origin);
  await shown(restarted.page.getByRole('heading', { name: 'Add a registry' }));
});

test('a settings file that does not parse is kept aside, named in a notice, and nothing is lost', async () => {
  const home = await temporaryFolder();
  const folder = path.join(home, 'wharfinger');
  await mkdir(folder);
  const broken = '{"settings": {"language": "en"';
  await writeFile(path.join(folder, 'settings.json'), broken);
  const { app, page } = await openApp({ home });
  await page.goto(app.origin);
  const notice = page.locator('[data-notice="settingsKeptAside"]');
  const keptAs = await notice.locator('code').textContent();
  expect(path.dirname(keptAs ?? '')).toBe(folder);
  expect(await readFile(keptAs ?? '', 'utf8')).toBe(broken);
  expect((await readdir(folder)).filter((name) => name.includes('broken'))).toEqual([
    path.basename(keptAs ?? ''),
  ]);

  await notice.getByRole('button', { name: 'Dismiss' }).click();
  await notice.waitFor({ state: 'detached' });
  await page.reload();
  await shown(page.getByRole('heading', { name: 'Add a registry' }));
  expect(await notice.count()).toBe(0);
});

test('the page says that its link to the program is lost, and goes on when it is back', async () => {
  const { app, page, api } = await openApp();
  const links: WebSocketRoute[] = [];
  let cut = false;
  await page.routeWebSocket(/\/rpc$/, async (link) => {
    if (cut) return await link.close();
    links.push(link);
    link.connectToServer();
  });
  await page.goto(`${app.origin}/settings`);
  await shown(page.getByRole('heading', { level: 1, name: 'Settings' }));
  cut = true;
  for (const link of links) await link.close();
  const lost = page.getByText('The connection to Wharfinger was lost.');
  await shown(lost);
  await api.app.changeSettings({ language: 'zh-CN' });
  cut = false;
  await gone(lost);
  // What was missed meanwhile is asked again.
  await shown(page.getByRole('heading', { level: 1, name: '设置' }));
});

test('the page says so when the program has ended', async () => {
  const { app, page, guard } = await openApp();
  await page.goto(`${app.origin}/settings`);
  await shown(page.getByRole('heading', { level: 1, name: 'Settings' }));
  guard.allow(/WebSocket connection to .*\/rpc/);
  guard.allow(/\/session.*ERR_|ERR_.*\/session/);
  // Parts that the page fetches while it is idle may be on their way: refused, reset, or answered by half.
  guard.allow(/\/assets\/.*ERR_|ERR_.*\/assets\//);
  await app.stop();
  await shown(page.getByText('The connection to Wharfinger was lost.'));
});
