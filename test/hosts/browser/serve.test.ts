import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { os, type RouterClient } from '@orpc/server';
import { expect, test, vi } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import {
  RPC_PROTOCOL,
  SESSION_PATH,
  SESSION_PROTOCOL_PREFIX,
} from '../../../src-main/contract/browser-session.ts';
import { type BrowserHost, serveBrowser } from '../../../src-main/hosts/browser/serve.ts';
import { Sessions } from '../../../src-main/hosts/browser/sessions.ts';
import { RendererFiles } from '../../../src-main/hosts/shared/renderer-files.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const router = { greet: os.handler(() => 'hello') };
type Client = RouterClient<typeof router>;

async function startHost(port?: number): Promise<BrowserHost> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'renderer/assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'not for browsers');
  await writeFile(join(folder, 'renderer/index.html'), '<title>the app</title>');
  await writeFile(join(folder, 'renderer/assets/main-abc.js'), 'export {};');
  await writeFile(join(folder, 'renderer/assets/main-abc.js.map'), '{}');
  const files = await RendererFiles.load(join(folder, 'renderer'));
  const host = await serveBrowser({
    router,
    files,
    take: () => Promise.reject(new Error('Not asked.')),
    give: () => Promise.reject(new Error('Not asked.')),
    port,
  });
  whenFinished(() => host.close());
  return host;
}

interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A raw request: unlike fetch it sends any path and Host as they are, and follows nothing. */
async function ask(
  host: BrowserHost,
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const sent = request({ host: '127.0.0.1', port: host.port, path, method, headers }).end();
  const [response] = await once(sent, 'response');
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}

function tokenPath(host: BrowserHost, lifetime?: number): string {
  const address = new URL(host.newAddress(lifetime));
  return address.pathname + address.search;
}

/** The secret that a sign-in hands to the page. */
async function signIn(host: BrowserHost): Promise<string> {
  const { headers } = await ask(host, tokenPath(host));
  return /^\/#session=([\w-]{43})$/.exec(headers.location ?? '')?.[1] ?? '';
}

const protocolsOf = (secret: string) => [RPC_PROTOCOL, SESSION_PROTOCOL_PREFIX + secret];

async function sessionStatus(host: BrowserHost, secret: string): Promise<number> {
  return (await ask(host, SESSION_PATH, { headers: { authorization: `Bearer ${secret}` } })).status;
}

/** The status a WebSocket is refused with, or 101. */
async function upgrade(host: BrowserHost, path: string, headers: Record<string, string>): Promise<number> {
  const sent = request({
    host: '127.0.0.1',
    port: host.port,
    path,
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
    },
  }).end();
  return new Promise((resolve, reject) => {
    sent.once('error', reject);
    sent.once('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.once('upgrade', (response, socket) => {
      socket.destroy();
      resolve(response.statusCode ?? 0);
    });
  });
}

test('a token becomes a session of the page it opens, and leaves the address', async () => {
  const host = await startHost();
  const reply = await ask(host, tokenPath(host));
  expect(reply).toMatchObject({
    status: 303,
    body: '',
    headers: { location: expect.stringMatching(/^\/#session=[\w-]{43}$/) },
  });
  expect(reply.headers).not.toHaveProperty('set-cookie');
});

test('a used, a wrong and an old token get the page, which says so, and no session', async () => {
  const host = await startHost();
  const used = tokenPath(host);
  await ask(host, used);
  for (const path of [used, '/?token=wrong', '/?token=', tokenPath(host, -1)]) {
    const reply = await ask(host, path);
    expect(reply).toMatchObject({ status: 401, body: '<title>the app</title>' });
    expect(reply.headers).not.toHaveProperty('location');
  }
});

test('a token is not used up by a request for another host', async () => {
  const host = await startHost();
  const path = tokenPath(host);
  await ask(host, path, { headers: { host: 'evil.test' } });
  expect((await ask(host, path)).status).toBe(303);
});

test('a session of one host is none of another', async () => {
  const [one, other] = [await startHost(0), await startHost(0)];
  const secret = await signIn(one);
  expect(await sessionStatus(one, secret)).toBe(204);
  expect(await sessionStatus(other, secret)).toBe(401);
});

test('a Host that is not ours is refused, a rebound name say', async () => {
  const host = await startHost();
  const refused = ['evil.test', `evil.test:${host.port}`, '127.0.0.1', '127.0.0.1:1', `[::1]:${host.port}`];
  for (const name of refused) {
    expect((await ask(host, '/', { headers: { host: name } })).status).toBe(421);
  }
  expect((await ask(host, '/', { headers: { host: `localhost:${host.port}` } })).status).toBe(200);
});

test('anything but a GET is refused, from another origin as such', async () => {
  const host = await startHost();
  const own = `http://127.0.0.1:${host.port}`;
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    for (const foreign of ['http://evil.test', 'null', `http://127.0.0.1:${host.port + 1}`]) {
      const reply = await ask(host, '/rpc', { method, headers: { origin: foreign } });
      expect(reply.status).toBe(403);
    }
    expect((await ask(host, '/rpc', { method })).status).toBe(403);
    expect((await ask(host, '/rpc', { method, headers: { origin: own } })).status).toBe(405);
  }
});

test('no path leads out of the built renderer', async () => {
  const host = await startHost();
  const paths = [
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '//secret.txt',
    '/assets/main-abc.js.map',
    '/assets/',
    '/assets',
    '/assets/main-abc.js/',
    '/assets/main-abc.js%00.txt',
  ];
  for (const path of paths) {
    const reply = await ask(host, path);
    expect([path, reply.status]).toEqual([path, 404]);
  }
  expect((await ask(host, 'http://evil.test/')).status).toBe(400);
});

test('addresses inside the app get the page, files their type, hashed ones lasting caching', async () => {
  const host = await startHost();
  const page = await ask(host, '/registries/1/tags?repository=a', { headers: { accept: 'text/html,*/*' } });
  expect(page).toMatchObject({
    status: 200,
    body: '<title>the app</title>',
    headers: { 'cache-control': 'no-store' },
  });
  const script = await ask(host, '/assets/main-abc.js');
  expect(script.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'private, max-age=31536000, immutable',
  });
  const head = await ask(host, '/assets/main-abc.js', { method: 'HEAD' });
  expect(head).toMatchObject({ status: 200, body: '', headers: { 'content-length': '10' } });
});

test('every answer carries the protecting headers and none for other origins', async () => {
  const host = await startHost();
  const replies = [
    await ask(host, '/', { headers: { origin: 'http://evil.test' } }),
    await ask(host, '/'),
    await ask(host, '/', { headers: { host: 'evil.test' } }),
    await ask(host, tokenPath(host)),
  ];
  for (const { headers } of replies) {
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
});

test('the WebSocket needs our host, our origin and the session', async () => {
  const host = await startHost();
  const secret = await signIn(host);
  const session = { 'sec-websocket-protocol': protocolsOf(secret).join(', ') };
  const own = `http://127.0.0.1:${host.port}`;
  expect(await upgrade(host, '/rpc', { ...session, origin: own })).toBe(101);
  expect(await upgrade(host, '/rpc', { origin: own })).toBe(401);
  const guess = { 'sec-websocket-protocol': protocolsOf('guess').join(', ') };
  expect(await upgrade(host, '/rpc', { ...guess, origin: own })).toBe(401);
  expect(await upgrade(host, '/rpc', session)).toBe(403);
  expect(await upgrade(host, '/rpc', { ...session, origin: 'http://evil.test' })).toBe(403);
  expect(await upgrade(host, '/rpc', { ...session, origin: 'null' })).toBe(403);
  expect(await upgrade(host, '/rpc', { ...session, origin: `http://localhost:${host.port}` })).toBe(403);
  expect(await upgrade(host, '/rpc', { ...session, origin: own, host: 'evil.test' })).toBe(421);
  expect(await upgrade(host, '/rpc', { ...session, origin: 'http://evil.test', host: 'evil.test' })).toBe(
    421,
  );
  expect(await upgrade(host, '/other', { ...session, origin: own })).toBe(404);
});

test('S5: what a browser sends by itself, cookies also to other ports, opens nothing', async () => {
  const host = await startHost();
  const secret = await signIn(host);
  const own = `http://127.0.0.1:${host.port}`;
  for (const name of [`wharfinger-${host.port}`, 'wharfinger.session', 'session']) {
    const cookie = `${name}=${secret}`;
    expect(await upgrade(host, '/rpc', { cookie, origin: own })).toBe(401);
    expect((await ask(host, SESSION_PATH, { headers: { cookie } })).status).toBe(401);
  }
});

test('S5: a session is over when no page was connected with it for half a day', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  whenFinished(() => void vi.useRealTimers());
  const sessions = new Sessions();
  const secret = sessions.signIn(sessions.issueToken()) ?? '';
  const other = sessions.signIn(sessions.issueToken()) ?? '';
  const disconnect = sessions.connect(secret);
  vi.setSystemTime(Date.now() + 13 * 60 * 60 * 1000);
  expect([sessions.holds(secret), sessions.holds(other)]).toEqual([true, false]);
  disconnect();
  vi.setSystemTime(Date.now() + 11 * 60 * 60 * 1000);
  expect(sessions.holds(secret)).toBe(true);
  vi.setSystemTime(Date.now() + 2 * 60 * 60 * 1000);
  expect(sessions.holds(secret)).toBe(false);
});

test('the contract is spoken over the WebSocket until the host closes', async () => {
  const host = await startHost();
  const socket = new NodeWebSocket(`ws://127.0.0.1:${host.port}/rpc`, protocolsOf(await signIn(host)), {
    origin: `http://127.0.0.1:${host.port}`,
  });
  const client: Client = createORPCClient(new RPCLink({ websocket: socket as unknown as WebSocket }));
  expect(await client.greet()).toBe('hello');
  const closed = once(socket, 'close');
  await host.close();
  expect((await closed)[0]).toBe(1001);
});

test('an oversized message ends its connection and leaves the host serving', async () => {
  const host = await startHost();
  const socket = new NodeWebSocket(`ws://127.0.0.1:${host.port}/rpc`, protocolsOf(await signIn(host)), {
    origin: `http://127.0.0.1:${host.port}`,
  });
  await once(socket, 'open');
  const closed = once(socket, 'close');
  socket.send(Buffer.alloc(17 * 1024 * 1024));
  expect((await closed)[0]).toBe(1009);
  expect((await ask(host, '/')).status).toBe(200);
});

test('a chosen port that is taken is reported, the usual one gives way to a free one', async () => {
  const first = await startHost();
  await expect(startHost(first.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const second = await startHost();
  const third = await startHost();
  expect(new Set([first.port, second.port, third.port]).size).toBe(3);
});
