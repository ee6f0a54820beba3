import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src-main/local-registry/index.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { call, digestOf, pushImage } from './client.ts';

const blob = randomBytes(700_000);
const digest = digestOf(blob);
const path = `/v2/app/blobs/${digest}`;

async function withBlob(...faults: Fault[]) {
  const registry = await startTestRegistry({ faults });
  await registry.storage.putBlob('app', blob);
  return registry;
}

describe('a fault', () => {
  const teapot = { kind: 'status', status: 418 } as const;

  test('meets the method and path it names, and no other', async () => {
    const registry = await withBlob({ when: { method: 'HEAD', path: /\/blobs\// }, ...teapot });
    expect((await call(registry, 'HEAD', path)).status).toBe(418);
    expect((await call(registry, 'GET', path)).status).toBe(200);
    expect((await call(registry, 'HEAD', '/v2/')).status).toBe(200);
  });

  test('with a sticky or global expression meets every time', async () => {
    const registry = await withBlob({ when: { path: /blobs/g }, ...teapot });
    for (let i = 0; i < 3; i++) expect((await call(registry, 'GET', path)).status).toBe(418);
  });

  test('lets some pass and comes so many times', async () => {
    const registry = await withBlob({ when: { path: /blobs/, after: 1, times: 2 }, ...teapot });
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) {
      await call(registry, 'GET', '/v2/');
      statuses.push((await call(registry, 'GET', path)).status);
    }
    expect(statuses).toEqual([200, 418, 418, 200, 200]);
  });

  test('can be injected and removed, alone or with all others', async () => {
    const registry = await withBlob();
    const remove = registry.inject({ when: {}, ...teapot });
    registry.inject({ when: {}, kind: 'wrongDigestHeader' });
    expect((await call(registry, 'GET', path)).status).toBe(418);
    remove();
    const wrong = await call(registry, 'GET', path);
    expect(wrong.status).toBe(200);
    expect(wrong.headers['docker-content-digest']).not.toBe(digest);
    registry.clearFaults();
    expect((await call(registry, 'GET', path)).headers['docker-content-digest']).toBe(digest);
  });
});

test('latency delays the answer', async () => {
  const registry = await withBlob({ when: {}, kind: 'latency', ms: 120 });
  const start = performance.now();
  expect((await call(registry, 'GET', path)).status).toBe(200);
  expect(performance.now() - start).toBeGreaterThan(110);
});

test('status answers in the registry’s place, also an upload', async () => {
  const registry = await withBlob({
    when: {},
    kind: 'status',
    status: 429,
    headers: { 'retry-after': '7' },
    body: 'slow down',
  });
  const answer = await call(registry, 'POST', `/v2/app/blobs/uploads/?digest=${digest}`, { body: blob });
  expect(answer.status).toBe(429);
  expect(answer.headers['retry-after']).toBe('7');
  expect(answer.bytes.toString()).toBe('slow down');
  expect((await call(registry, 'HEAD', path)).bytes).toHaveLength(0);
});

test('status can answer with bytes of any size', async () => {
  const body = randomBytes(5 * 1024 * 1024);
  const registry = await withBlob({ when: {}, kind: 'status', status: 500, body });
  const answer = await call(registry, 'GET', path);
  expect(answer.status).toBe(500);
  expect(answer.bytes.equals(body)).toBe(true);
});

test('redirect sends the client elsewhere', async () => {
  const registry = await withBlob({ when: {}, kind: 'redirect', location: 'http://127.0.0.1:1/x' });
  const answer = await call(registry, 'GET', path);
  expect(answer.status).toBe(307);
  expect(answer.headers.location).toBe('http://127.0.0.1:1/x');
});

test('reset breaks the connection at once', async () => {
  const registry = await withBlob({ when: { times: 1 }, kind: 'reset' });
  await expect(call(registry, 'GET', path)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(registry.requests).toMatchObject([{ status: 0, responseBytes: 0 }]);
  expect((await call(registry, 'GET', path)).status).toBe(200);
});

test.each([0, 1, 300_000, 699_999])('truncate ends the connection after %i bytes', async (afterBytes) => {
  const registry = await withBlob({ when: {}, kind: 'truncate', afterBytes });
  await expect(call(registry, 'GET', path)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(registry.requests).toMatchObject([{ status: 200, responseBytes: afterBytes }]);
});

test('truncate ends the connection of a short reply, too', async () => {
  const registry = await startTestRegistry({ faults: [{ when: {}, kind: 'truncate', afterBytes: 1 }] });
  await expect(call(registry, 'GET', '/v2/')).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('truncate after the whole body changes nothing', async () => {
  const registry = await withBlob({ when: {}, kind: 'truncate', afterBytes: 700_000 });
  expect((await call(registry, 'GET', path)).bytes.equals(blob)).toBe(true);
});

test('corrupt changes the body and keeps its length and headers', async () => {
  const registry = await withBlob({ when: {}, kind: 'corrupt' });
  const answer = await call(registry, 'GET', path);
  expect(answer.status).toBe(200);
  expect(answer.headers['docker-content-digest']).toBe(digest);
  expect(answer.bytes).toHaveLength(blob.length);
  expect(digestOf(answer.bytes)).not.toBe(digest);
});

test('corrupt and wrongDigestHeader spoil a manifest', async () => {
  const registry = await startTestRegistry();
  const image = await pushImage(registry, 'app', 'v1');
  registry.inject({ when: {}, kind: 'corrupt' });
  registry.inject({ when: {}, kind: 'wrongDigestHeader' });
  const answer = await call(registry, 'GET', '/v2/app/manifests/v1');
  expect(answer.headers['docker-content-digest']).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(answer.headers['docker-content-digest']).not.toBe(image.digest);
  expect(digestOf(answer.bytes)).not.toBe(image.digest);
});

test.each([0, 1000])('stall sends %i bytes and then nothing until the client leaves', async (afterBytes) => {
  const registry = await withBlob({ when: { path: /blobs/ }, kind: 'stall', afterBytes });
  const controller = new AbortController();
  const answer = call(registry, 'GET', path, { signal: controller.signal });
  let settled = false;
  const outcome = answer.then(
    () => 'answered',
    () => 'broken',
  );
  void outcome.then(() => {
    settled = true;
  });
  await expect.poll(() => registry.requests).toMatchObject([{ status: 200, responseBytes: afterBytes }]);
  expect((await call(registry, 'GET', '/v2/')).status).toBe(200); // time enough for the rest to come
  expect(settled).toBe(false);
  controller.abort();
  expect(await outcome).toBe('broken');
});

describe('slow', () => {
  test('paces the answer', async () => {
    const registry = await withBlob({ when: {}, kind: 'slow', bytesPerSecond: 3_500_000 });
    const start = performance.now();
    expect((await call(registry, 'GET', path)).bytes.equals(blob)).toBe(true);
    expect(performance.now() - start).toBeGreaterThan(180); // 700 kB at 3.5 MB/s: 200 ms
  });

  test('paces an upload', async () => {
    const registry = await withBlob({ when: { method: 'POST' }, kind: 'slow', bytesPerSecond: 3_500_000 });
    const start = performance.now();
    const target = `/v2/other/blobs/uploads/?digest=${digest}`;
    expect((await call(registry, 'POST', target, { body: blob })).status).toBe(201);
    expect(performance.now() - start).toBeGreaterThan(180);
  });
});

test('close ends a latency, a stall and a slow answer', async () => {
  const registry = await withBlob(
    { when: { path: /latency/ }, kind: 'latency', ms: 1e7 },
    { when: { path: /stall/ }, kind: 'stall', afterBytes: 1 },
    { when: { path: /slow/ }, kind: 'slow', bytesPerSecond: 10 },
  );
  const arrived = new Set<string>();
  const waiting = ['latency', 'stall', 'slow'].map((name) => {
    const answer = call(registry, 'GET', `${path}?${name}`);
    return expect(answer)
      .rejects.toThrow()
      .then(() => arrived.add(name));
  });
  await expect.poll(() => registry.requests.length).toBe(1); // the stall; the others have sent nothing whole
  await registry.close();
  await Promise.all(waiting);
  expect(arrived.size).toBe(3);
});
