import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { startTestRegistry } from '../support/local-registry.ts';
import { call, expectError, putManifest } from './client.ts';

test.each(['/v2/', '/v2'])('%s is a ping', async (path) => {
  const registry = await startTestRegistry();
  const answer = await call(registry, 'GET', path);
  expect(answer.status).toBe(200);
  expect(answer.headers['docker-distribution-api-version']).toBe('registry/2.0');
  expect(answer.json()).toEqual({});
});

/** Other addresses of this machine; on macOS 127.0.0.2 is none. */
const OTHER_ADDRESSES = process.platform === 'darwin' ? ['::1'] : ['::1', '127.0.0.2'];

test.each(OTHER_ADDRESSES)('listens on 127.0.0.1 alone, not on %s', async (host) => {
  const registry = await startTestRegistry();
  expect(registry.url).toBe(`http://127.0.0.1:${registry.port}`);
  const socket = connect({ host, port: registry.port });
  const outcome = await new Promise((resolve) => {
    socket.once('error', resolve);
    socket.once('connect', () => resolve('connected'));
  });
  socket.destroy();
  expect(outcome).toMatchObject({
    code: expect.stringMatching(/ECONNREFUSED|EADDRNOTAVAIL|EAFNOSUPPORT|ENETUNREACH/),
  });
});

test.each([
  '/',
  '/v1/search',
  '/v2/app',
  '/v2/app/tags',
  '/v2/app/manifests/',
  '/v2//tags/list',
  '/v2/%zz/tags/list',
])('%s is not found', async (path) => {
  const registry = await startTestRegistry();
  const answer = await call(registry, 'GET', path);
  expect([400, 404]).toContain(answer.status);
  expect(answer.json()).toMatchObject({ errors: [{ code: expect.any(String) }] });
});

test.each([
  ['POST', '/v2/_catalog', 'GET, HEAD'],
  ['PUT', '/v2/app/tags/list', 'GET, HEAD'],
  ['PATCH', '/v2/app/manifests/v1', 'GET, HEAD, PUT, DELETE'],
  ['GET', '/v2/app/blobs/uploads/', 'POST'],
])('%s %s is not allowed', async (method, path, allow) => {
  const registry = await startTestRegistry();
  const answer = await call(registry, method, path);
  expectError(answer, 405, 'UNSUPPORTED');
  expect(answer.headers.allow).toBe(allow);
});

describe('names', () => {
  const bad = [
    'UPPER',
    'a//b',
    'a/../b',
    '%2e%2e/%2e%2e/etc',
    '..%2f..%2fetc',
    '-a',
    'a-',
    'a..b',
    'a___b',
    '_layers',
    'a/_tags',
    'a%00b',
    'a%5cb',
    '%C3%A9',
    'x'.repeat(256),
  ];
  test.each(bad)('%s is no repository', async (name) => {
    const registry = await startTestRegistry();
    const before = await readdir(registry.storage.folder, { recursive: true });
    const answer = await call(registry, 'POST', `/v2/${name}/blobs/uploads/`);
    expectError(answer, 400, 'NAME_INVALID');
    expect(await readdir(registry.storage.folder, { recursive: true })).toEqual(before);
  });

  test.each(['a', 'a/b/c/d/e', 'a.b_c__d-e--f/0', 'x'.repeat(255)])('%s is one', async (name) => {
    const registry = await startTestRegistry();
    expect((await call(registry, 'POST', `/v2/${name}/blobs/uploads/`)).status).toBe(202);
  });

  test.each(['-x', '.x', 'a%20b', 'a%00', 'x'.repeat(129), 'a+b'])('%s is no tag', async (tag) => {
    const registry = await startTestRegistry();
    expectError(await call(registry, 'GET', `/v2/app/manifests/${tag}`), 404, 'MANIFEST_UNKNOWN');
    expectError(await putManifest(registry, 'app', tag, '{}'), 400, 'MANIFEST_INVALID');
  });

  test('of repositories may be the registry’s own words', async () => {
    const registry = await startTestRegistry();
    const bytes = Buffer.from('{"schemaVersion":2,"manifests":[]}');
    const name = 'tags/list/manifests/blobs/uploads';
    await registry.storage.putManifest(name, 'v1', 'application/vnd.oci.image.index.v1+json', bytes);
    expect((await call(registry, 'GET', `/v2/${name}/tags/list`)).json()).toEqual({ name, tags: ['v1'] });
    expect((await call(registry, 'GET', `/v2/${name}/manifests/v1`)).bytes).toEqual(bytes);
  });
});

describe('web pages', () => {
  test('are refused: nothing but a browser sends Origin', async () => {
    const registry = await startTestRegistry();
    const answer = await call(registry, 'GET', '/v2/', { headers: { origin: registry.url } });
    expectError(answer, 403, 'DENIED');
  });

  test.each(['evil.test', 'evil.test:80', '127.0.0.1.evil.test', 'localhost.evil.test'])(
    'whose name was bound to this address are refused (%s)',
    async (host) => {
      const registry = await startTestRegistry();
      expectError(await call(registry, 'GET', '/v2/', { headers: { host } }), 403, 'DENIED');
    },
  );

  test.each(['localhost:5000', '127.0.0.1', '[::1]:80', 'LOCALHOST', 'my.test'])(
    'are not meant by the name %s',
    async (host) => {
      const registry = await startTestRegistry({ hosts: ['my.test'] });
      expect((await call(registry, 'GET', '/v2/', { headers: { host } })).status).toBe(200);
    },
  );
});

describe('B12: the names by which containers reach their host', () => {
  const names = ['host.docker.internal:5000', 'host.containers.internal', 'host.minikube.internal'];
  const machines = [
    'host.lima.internal',
    'host.orb.internal',
    'host.k3d.internal',
    'gateway.docker.internal',
  ];

  test.each([...names, ...machines])('%s is answered to where that was switched on', async (host) => {
    const closed = await startTestRegistry();
    const refused = await call(closed, 'GET', '/v2/', { headers: { host } });
    expectError(refused, 403, 'DENIED');
    expect(refused.bytes.toString()).toContain('settings can open it');
    const open = await startTestRegistry({ containers: true });
    expect((await call(open, 'GET', '/v2/', { headers: { host } })).status).toBe(200);
  });

  test('are no others that end alike', async () => {
    const registry = await startTestRegistry({ containers: true });
    for (const host of ['evil.host.docker.internal', 'host.evil.internal', 'host.docker.internal.evil.test'])
      expectError(await call(registry, 'GET', '/v2/', { headers: { host } }), 403, 'DENIED');
  });
});

test('B12: a request of HTTP/1.0 without a Host is answered', async () => {
  const registry = await startTestRegistry();
  const socket = connect(registry.port, '127.0.0.1');
  socket.end('GET /v2/ HTTP/1.0\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /);
});

test('a request that is no HTTP gets 400 and harms no one', async () => {
  const registry = await startTestRegistry();
  const socket = connect(registry.port, '127.0.0.1');
  socket.end('nonsense\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
  expect((await call(registry, 'GET', '/v2/')).status).toBe(200);
});

describe('what was seen', () => {
  test('is listed with sizes and without secrets, at the latest when the answer is there', async () => {
    const registry = await startTestRegistry();
    const body = 'x'.repeat(1000);
    const headers = { authorization: 'Basic c2VjcmV0', 'content-type': 'a/b', 'x-test': '1' };
    await call(registry, 'PUT', '/v2/app/manifests/v1?a=b', { body, headers });
    expect(registry.requests).toHaveLength(1);
    expect(registry.requests[0]).toMatchObject({
      method: 'PUT',
      path: '/v2/app/manifests/v1?a=b',
      status: 400,
      requestBytes: 1000,
      responseBytes: expect.any(Number),
      headers: { authorization: 'Basic', 'x-test': '1' },
      remotePort: expect.any(Number),
    });
    expect(JSON.stringify(registry.requests)).not.toContain('c2VjcmV0');
    registry.clearRequests();
    expect(registry.requests).toEqual([]);
  });

  test('counts a blob’s bytes', async () => {
    const registry = await startTestRegistry();
    const blob = Buffer.alloc(3_000_000, 1);
    const digest = await registry.storage.putBlob('app', blob);
    await call(registry, 'GET', `/v2/app/blobs/${digest}`);
    expect(registry.requests).toMatchObject([{ status: 200, requestBytes: 0, responseBytes: 3_000_000 }]);
  });

  test('has no status where the client gave up its upload, and the bytes that came', async () => {
    const registry = await startTestRegistry();
    const begin = await call(registry, 'POST', '/v2/app/blobs/uploads/');
    registry.clearRequests();
    const leaving = new AbortController();
    const upload = request(`${registry.url}${begin.headers.location}`, {
      method: 'PATCH',
      headers: { 'content-length': '1000000' },
      signal: leaving.signal,
    });
    const failed = once(upload, 'error');
    upload.write(Buffer.alloc(5000));
    const received = async () => (await call(registry, 'GET', String(begin.headers.location))).headers.range;
    await expect.poll(received).toBe('0-4999');
    leaving.abort();
    await failed;
    const seen = () => registry.requests.filter(({ method }) => method === 'PATCH');
    await expect.poll(seen).toMatchObject([{ status: 0, requestBytes: 5000 }]);
    expect(await received()).toBe('0-4999');
  });

  test('has the bytes sent where the client gave up a download', async () => {
    const registry = await startTestRegistry();
    const digest = await registry.storage.putBlob('app', Buffer.alloc(50_000_000, 1));
    const download = request(`${registry.url}/v2/app/blobs/${digest}`).end();
    const [response] = await once(download, 'response');
    download.destroy();
    expect(response.statusCode).toBe(200);
    await expect.poll(() => registry.requests).toMatchObject([{ status: 200 }]);
    expect(registry.requests[0]?.responseBytes).toBeGreaterThan(0);
    expect(registry.requests[0]?.responseBytes).toBeLessThan(50_000_000);
  });
});
