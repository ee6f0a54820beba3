import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { type App, startApp } from '../support/app.ts';
import { whenFinished } from '../support/cleanup.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { openBrowser, shown } from './harness.ts';

async function start(port?: string): Promise<App> {
  const app = await startApp({ home: await temporaryFolder(), ...(port === undefined ? {} : { port }) });
  whenFinished(() => app.stop());
  return app;
}

const welcome = (page: Page) => page.getByRole('heading', { name: 'Add a registry' });
const signedOut = (page: Page) => page.getByRole('heading', { name: 'This page is not signed in' });

test('S5: the printed address opens one page; a reload and further tabs of that browser go on', async () => {
  const app = await start();
  const { context, page, guard } = await openBrowser(app, { signedIn: false });
  await page.goto(app.address);
  await shown(welcome(page));
  expect(page.url()).toBe(`${app.origin}/`);
  await page.reload();
  await shown(welcome(page));
  const second = await context.newPage();
  await second.goto(`${app.origin}/settings`);
  await shown(second.getByRole('heading', { level: 1, name: 'Settings' }));
  // The address was used: whoever has a page goes on all the same.
  guard.allow(/401/);
  await second.goto(app.address);
  await shown(welcome(second));
  expect(second.url()).toBe(`${app.origin}/`);
  expect(await context.cookies()).toEqual([]);
});

test('S5: another browser gets words and no data, from the bare and from the used address', async () => {
  const app = await start();
  const mine = await openBrowser(app, { signedIn: false });
  await mine.page.goto(app.address);
  await shown(welcome(mine.page));
  const theirs = await openBrowser(app, { signedIn: false });
  theirs.guard.allow(/401/);
  for (const address of [app.origin, app.address]) {
    await theirs.page.goto(address);
    await shown(signedOut(theirs.page));
  }
  const chinese = await openBrowser(app, { signedIn: false, locale: 'zh-CN' });
  await chinese.page.goto(`${app.origin}/settings`);
  await shown(chinese.page.getByRole('heading', { name: '此页面尚未登录' }));
});

test('S5: a page of an earlier start says so, and goes on when a new address is opened beside it', async () => {
  const first = await start();
  const { context, page, guard } = await openBrowser(first, { signedIn: false });
  guard.allow(/.*/);
  await page.goto(first.address);
  await shown(welcome(page));
  await first.stop();
  await shown(page.getByText('The connection to Wharfinger was lost.'));
  const next = await start(new URL(first.origin).port);
  await shown(signedOut(page));
  const other = await context.newPage();
  await other.goto(next.address);
  await shown(welcome(other));
  await shown(welcome(page));
});

test('S5: what a server on another port of this machine is sent opens nothing', async () => {
  const app = await start();
  const { page, guard } = await openBrowser(app, { signedIn: false });
  await page.goto(app.address);
  await shown(welcome(page));
  const received: IncomingHttpHeaders[] = [];
  const thief = createServer((request, response) => {
    received.push(request.headers);
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>a neighbour</title>');
  });
  await once(thief.listen(0, '127.0.0.1'), 'listening');
  whenFinished(() => void thief.close());
  guard.allow(/another origin|failed: .*403|response code: 403/);
  await page.goto(`http://127.0.0.1:${(thief.address() as AddressInfo).port}/`);
  expect(received.length).toBeGreaterThan(0);
  for (const headers of received) {
    expect(headers).not.toHaveProperty('cookie');
    // Its own page may be named, when the browser asks for its icon.
    expect(headers.referer ?? '').not.toContain(app.origin);
  }
  // Nor does its page reach into ours, although the two are one site.
  const stolen = await page.evaluate(async (origin) => {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, ['wharfinger.rpc']);
    const outcome = await new Promise((resolve) => {
      socket.onopen = () => resolve('open');
      socket.onerror = () => resolve('refused');
    });
    return { outcome, kept: sessionStorage.getItem('wharfinger.session') };
  }, app.origin);
  expect(stolen).toEqual({ outcome: 'refused', kept: null });
});
