import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { headBlob } from '../../../src-main/engine/endpoints/blobs.ts';
import {
  getManifest,
  headManifest,
  listReferrers,
  listTags,
  RegistryClient,
} from '../../../src-main/engine/index.ts';
import { makeImage, sha256 } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { ping } from '../../support/registry.ts';
import {
  clientOf,
  collect,
  failureOf,
  type Routes,
  startServer,
  startTcpServer,
} from '../../support/server.ts';

const tags = { body: { name: 'a', tags: ['1'] } };

/** Answers each request with the next of these, the last one again and again. */
function inTurn<T>(...answers: readonly T[]): () => T {
  let next = 0;
  return () => answers[Math.min(next++, answers.length - 1)] as T;
}

test.each([408, 429, 500, 502, 503, 504])('a GET is tried again after %i', async (status) => {
  const registry = await startServer({ 'GET /v2/a/tags/list': inTurn<object>({ status }, { status }, tags) });
  expect(await collect(listTags(clientOf(registry), 'a'))).toEqual(['1']);
  expect(registry.seen).toHaveLength(3);
});

test('four tries are all, and the last failure is reported', async () => {
  const body = { errors: [{ code: 'UNKNOWN', message: 'storage is down' }] };
  const registry = await startServer({ 'GET /v2/a/tags/list': { status: 503, body } });
  await expect(collect(listTags(clientOf(registry), 'a'))).rejects.toMatchObject({
    code: 'registryFailed',
    status: 503,
    reason: 'storage is down',
    registryCodes: ['UNKNOWN'],
    request: `GET ${registry.url}/v2/a/tags/list`,
  });
  expect(registry.seen).toHaveLength(4);
});

test.each([400, 403, 404, 405, 409, 501])('%i is not tried again', async (status) => {
  const registry = await startServer({ 'GET /v2/a/manifests/1': { status } });
  await failureOf(getManifest(clientOf(registry), 'a', '1'));
  expect(registry.seen).toHaveLength(1);
});

test.each([
  ['seconds', () => '1'],
  // Rounded to whole seconds by the format, so that two from now are at least one.
  ['a date', () => new Date(Date.now() + 2000).toUTCString()],
])('transfer-10: Retry-After in %s holds back every request to the host', async (_, header) => {
  const limited = inTurn<{ status?: number; headers?: Record<string, string>; body?: object }>(
    { status: 429, headers: { 'retry-after': header() } },
    tags,
  );
  const registry = await startServer({ 'GET /v2/a/tags/list': () => limited(), 'GET /v2/b/tags/list': tags });
  const started = performance.now();
  const first = collect(listTags(clientOf(registry), 'a'));
  await expect.poll(() => registry.seen.length, { interval: 1 }).toBe(1);
  await first;
  const waited = performance.now() - started;
  expect(waited).toBeGreaterThan(900);
  expect(registry.lines().slice(1)).toEqual(['GET /v2/a/tags/list?n=1000']);
});

test('transfer-10: another client of the same host waits as well', async () => {
  const registry = await startServer({
    'GET /v2/a/tags/list': inTurn<object>({ status: 503, headers: { 'retry-after': '1' } }, tags),
    'GET /v2/b/tags/list': tags,
  });
  const once = clientOf(registry, { retry: { tries: 1 } });
  await expect(collect(listTags(once, 'a'))).rejects.toMatchObject({ code: 'registryFailed', retryAfter: 1 });
  const started = performance.now();
  await collect(listTags(clientOf(registry), 'b'));
  expect(performance.now() - started).toBeGreaterThan(900);
});

test('transfer-10: a wait longer than a minute is reported at once, with its length', async () => {
  const registry = await startServer({
    'GET /v2/a/tags/list': { status: 429, headers: { 'retry-after': '3600' } },
  });
  await expect(collect(listTags(clientOf(registry), 'a'))).rejects.toMatchObject({
    code: 'rateLimited',
    retryAfter: 3600,
  });
  expect(registry.seen).toHaveLength(1);
});

test('transfer-10: pulls that the registry counts are known', async () => {
  const registry = await startServer({
    'GET /v2/a/tags/list': {
      ...tags,
      headers: { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '76;w=21600' },
    },
  });
  const client = clientOf(registry);
  expect(client.rateLimit()).toBeUndefined();
  await collect(listTags(client, 'a'));
  expect(client.rateLimit()).toEqual({ limit: 100, remaining: 76, windowSeconds: 21600 });
});

test('a connection lost is tried again', async () => {
  const registry = await startTestRegistry();
  await push(await makeImage(), registry, 'a', '1');
  registry.inject({ kind: 'reset', when: { method: 'GET', path: /tags\/list/, times: 2 } });
  expect(await collect(listTags(clientOf(registry), 'a'))).toEqual(['1']);
});

test('a reply cut off in its body is asked for again, and reported as a connection lost in the end', async () => {
  const cut: Routes[string] = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"tags":');
    response.socket?.end();
    return undefined;
  };
  const never = await startServer({ 'GET /v2/a/tags/list': cut });
  await expect(collect(listTags(clientOf(never), 'a'))).rejects.toMatchObject({ code: 'connectionLost' });
  expect(never.seen).toHaveLength(4);
  let cuts = 0;
  const twice = await startServer({
    'GET /v2/a/tags/list': (seen, response) => (cuts++ < 2 ? cut(seen, response) : tags),
  });
  expect(await collect(listTags(clientOf(twice), 'a'))).toEqual(['1']);
});

test.each(['manifests/1', `referrers/${sha256('x')}`])(
  'a cut reply of %s is asked for again',
  async (path) => {
    const registry = await startTestRegistry();
    const image = await makeImage();
    await push(image, registry, 'a', '1');
    registry.clearRequests();
    registry.inject({ kind: 'truncate', afterBytes: 20, when: { method: 'GET', path: /v2\/a/, times: 2 } });
    const client = clientOf(registry);
    const asked = path.startsWith('manifests')
      ? getManifest(client, 'a', '1')
      : listReferrers(client, 'a', sha256('x'));
    await asked;
    expect(registry.requests.map((seen) => seen.path)).toEqual(Array(3).fill(`/v2/a/${path}`));
  },
);

test('transfer-2: 1,000 HEADs open no more connections than the pool has', async () => {
  const registry = await startTestRegistry();
  const image = await makeImage();
  await push(image, registry, 'a', '1');
  registry.clearRequests();
  const client = clientOf(registry, { requestConcurrency: 4 });
  const ports = new Set<number>();
  for (let round = 0; round < 10; round++) {
    registry.clearRequests();
    await Promise.all(Array.from({ length: 100 }, () => headManifest(client, 'a', '1')));
    expect(registry.requests).toHaveLength(100);
    for (const { remotePort } of registry.requests) ports.add(remotePort);
  }
  expect(ports.size).toBeLessThanOrEqual(4);
});

test('transfer-2: requests one after another use one connection', async () => {
  const registry = await startTestRegistry();
  await push(await makeImage(), registry, 'a', '1');
  registry.clearRequests();
  const client = clientOf(registry);
  for (let round = 0; round < 20; round++) {
    await headManifest(client, 'a', '1');
    await getManifest(client, 'a', '1');
  }
  expect(new Set(registry.requests.map(({ remotePort }) => remotePort)).size).toBe(1);
});

test('transfer-2: a server that sends a body to a HEAD is detected, and keep-alive is turned off for its HEADs', async () => {
  const image = await makeImage();
  const heads: number[] = [];
  let connections = 0;
  const registry = await startTcpServer((socket) => {
    const number = connections++;
    socket.on('data', (request) => {
      if (request.toString('latin1').startsWith('HEAD ')) heads.push(number);
      socket.write(
        `HTTP/1.1 200 OK\r\ncontent-type: ${image.mediaType}\r\ndocker-content-digest: ${image.digest}\r\ncontent-length: ${image.bytes.length}\r\n\r\n`,
      );
      socket.write(image.bytes);
    });
  });
  const client = clientOf(registry, { requestConcurrency: 1 });
  for (let round = 0; round < 20; round++)
    expect((await headManifest(client, 'a', '1')).digest).toBe(image.digest);
  expect((await getManifest(client, 'a', '1')).digest).toBe(image.digest);
  const after = heads.slice(-18);
  expect(new Set(after).size).toBe(after.length);
});

test('transfer-2: an upload on a connection that such a server spoiled is reported as lost, which uploads repeat', async () => {
  const registry = await startTcpServer((socket) => {
    socket.once('data', () => {
      socket.write('HTTP/1.1 404 Not Found\r\ncontent-length: 7\r\n\r\n');
      // The body comes late, when the next request is on its way.
      socket.once('data', () => socket.write('unasked'));
    });
  });
  const client = clientOf(registry);
  expect(await headBlob(client, 'a', sha256('content'))).toBeUndefined();
  const put = client.request({
    method: 'PUT',
    url: '/v2/a/blobs/uploads/1',
    headers: { 'content-length': '7' },
    body: Readable.from([Buffer.from('content')], { objectMode: false }),
    expect: [201],
  });
  await expect(put).rejects.toMatchObject({ code: 'connectionLost' });
});

test('transfer-23: an error page of 5 MB gives a short reason and is not read to its end', async () => {
  let written = 0;
  const page = `<html><head><title>Gateway says no</title></head>${'<p>padding padding padding</p>'.repeat(180_000)}`;
  const registry = await startServer({
    'GET /v2/a/tags/list': (_, response) => {
      response.writeHead(404, { 'content-type': 'text/html', 'content-length': String(page.length) });
      response.on('close', () => {
        written = response.socket?.bytesWritten ?? written;
      });
      response.end(page);
      return undefined;
    },
  });
  const failure = await failureOf(collect(listTags(clientOf(registry), 'a')));
  expect(failure).toMatchObject({ code: 'notFound', status: 404, reason: 'Gateway says no' });
  expect(page.length).toBeGreaterThan(5_000_000);
});

test.each([
  ['text', 'not json at all'],
  ['a list', '[]'],
  ['no list', '{"tags":"1"}'],
  ['nothing', ''],
])('a reply that is not what it should be (%s) is reported as invalid', async (_, body) => {
  const registry = await startServer({ 'GET /v2/a/tags/list': { body } });
  await expect(collect(listTags(clientOf(registry), 'a'))).rejects.toMatchObject({ code: 'invalidResponse' });
});

test('cancelling ends a request at once, before and while it waits', async () => {
  const registry = await startServer({ 'GET /v2/a/tags/list': () => undefined });
  const early = collect(listTags(clientOf(registry), 'a', { signal: AbortSignal.abort() }));
  await expect(early).rejects.toMatchObject({ code: 'cancelled' });
  expect(registry.seen).toHaveLength(0);
  const controller = new AbortController();
  const waiting = collect(listTags(clientOf(registry), 'a', { signal: controller.signal }));
  await expect.poll(() => registry.seen.length, { interval: 1 }).toBe(1);
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
});

test('closing a client ends its requests', async () => {
  const registry = await startServer({ 'GET /v2/': () => undefined });
  const client = new RegistryClient({ url: registry.url, proxy: { kind: 'none' } });
  const waiting = ping(client);
  await expect.poll(() => registry.seen.length, { interval: 1 }).toBe(1);
  await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'cancelled' }), client.close()]);
});

test('a redirect is followed on GET, five times and no more', async () => {
  const image = await makeImage();
  const hop = (target: string): object => ({ status: 307, headers: { location: target } });
  const manifest = {
    headers: { 'content-type': image.mediaType, 'docker-content-digest': image.digest },
    body: image.bytes,
  };
  const path = '/v2/a/manifests/1';
  const good = await startServer({
    [`GET ${path}`]: hop('/one'),
    'GET /one': hop('/two'),
    'GET /two': manifest,
  });
  expect((await getManifest(clientOf(good), 'a', '1')).digest).toBe(image.digest);
  const loop = await startServer({ [`GET ${path}`]: hop(path) });
  await expect(getManifest(clientOf(loop), 'a', '1')).rejects.toMatchObject({ code: 'invalidResponse' });
  expect(loop.seen).toHaveLength(6);
});
