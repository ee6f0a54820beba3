import { expect, test } from 'vitest';
import { getBlob, openBlob } from '../../../src-main/engine/endpoints/blobs.ts';
import type { LocalRegistryOptions } from '../../../src-main/local-registry/index.ts';
import { seededBytes, sha256 } from '../../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../../support/local-registry.ts';
import { plainRequest } from '../../support/push.ts';
import { type Answer, clientOf, startServer, type TestServer } from '../../support/server.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const content = seededBytes('blob', 400_000);
const descriptor = { digest: sha256(content), size: content.length };
const path = `/v2/a/blobs/${descriptor.digest}`;

async function startWithBlob(options: Partial<LocalRegistryOptions> = {}): Promise<GuardedRegistry> {
  const registry = await startTestRegistry(options);
  const begun = await plainRequest(
    registry,
    `/v2/a/blobs/uploads/?digest=${encodeURIComponent(descriptor.digest)}`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: content,
    },
  );
  expect(begun.status).toBe(201);
  registry.clearRequests();
  return registry;
}

async function read(registry: { readonly url: string }, client = clientOf(registry)): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of openBlob(client, 'a', descriptor)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const ranges = (registry: GuardedRegistry): (string | undefined)[] =>
  registry.requests.map(({ headers }) => headers.range);

test.each([0, 1, 65_535, 200_000, 399_999])(
  'transfer-11: a download cut after %i bytes goes on by Range',
  async (afterBytes) => {
    const registry = await startWithBlob();
    registry.inject({ kind: 'truncate', afterBytes, when: { method: 'GET', path: /blobs/, times: 1 } });
    expect((await read(registry)).equals(content)).toBe(true);
    const [, resumed] = ranges(registry);
    expect(registry.requests).toHaveLength(2);
    // What the cut left in flight may be lost, never more than was sent.
    const from = resumed === undefined ? 0 : Number(/^bytes=(\d+)-399999$/.exec(resumed)?.[1]);
    expect(from).toBeLessThanOrEqual(afterBytes);
  },
);

test('transfer-11: a download cut again and again gets through as long as it gets on', async () => {
  const registry = await startWithBlob();
  registry.inject({ kind: 'truncate', afterBytes: 50_000, when: { method: 'GET', path: /blobs/, times: 7 } });
  expect((await read(registry)).equals(content)).toBe(true);
});

test('transfer-11: a registry that gives a byte at a time is given up', async () => {
  const registry = await startWithBlob();
  registry.inject({ kind: 'truncate', afterBytes: 1, when: { method: 'GET', path: /blobs/ } });
  await expect(read(registry)).rejects.toMatchObject({ code: 'connectionLost' });
  expect(registry.requests).toHaveLength(6);
});

test('transfer-11: a registry that answers a Range with the whole blob restarts it safely', async () => {
  const registry = await startWithBlob();
  registry.setLimits({ range: false });
  registry.inject({
    kind: 'truncate',
    afterBytes: 200_000,
    when: { method: 'GET', path: /blobs/, times: 1 },
  });
  expect((await read(registry)).equals(content)).toBe(true);
  expect(registry.requests.map(({ status }) => status)).toEqual([200, 200]);
});

/** A registry whose first reply is cut, and which answers a Range as it likes. */
function startCutting(toRange: Answer): Promise<TestServer> {
  let first = true;
  return startServer({
    [`GET ${path}`]: ({ headers }, response) => {
      if (headers.range !== undefined) return toRange;
      if (!first) return { body: content };
      first = false;
      response.writeHead(200, { 'content-length': String(content.length) });
      response.write(content.subarray(0, 1000), () => response.socket?.end());
      return undefined;
    },
  });
}

test.each<[string, Answer]>([
  ['refused as not to be satisfied', { status: 416, headers: { 'content-range': 'bytes */1' } }],
  ['refused as bad', { status: 400, body: { errors: [{ code: 'UNSUPPORTED' }] } }],
  ['answered as not there', { status: 404 }],
  ['not implemented', { status: 501 }],
  [
    'answered from another place',
    {
      status: 206,
      headers: { 'content-range': `bytes 0-${content.length - 1}/${content.length}` },
      body: content,
    },
  ],
  ['answered without a place', { status: 206, body: content.subarray(1000) }],
])('B2c: a Range that is %s is not asked for again: the blob comes whole', async (_, toRange) => {
  const registry = await startCutting(toRange);
  expect((await read(registry)).equals(content)).toBe(true);
  const asked = registry.seen.map(({ headers }) => headers.range);
  expect(asked).toEqual([undefined, `bytes=1000-${content.length - 1}`, undefined]);
});

test('B2c: a reply that is cut behind the last byte of the blob is whole', async () => {
  const registry = await startServer({
    [`GET ${path}`]: (_, response) => {
      response.writeHead(200, { 'transfer-encoding': 'chunked' });
      response.write(content, () => response.socket?.end());
      return undefined;
    },
  });
  expect((await read(registry)).equals(content)).toBe(true);
  expect(registry.seen).toHaveLength(1);
});

test('transfer-14: a wrong byte is found, at the end; too many bytes at once', async () => {
  const registry = await startWithBlob();
  registry.inject({ kind: 'corrupt', when: { method: 'GET', path: /blobs/ } });
  await expect(read(registry)).rejects.toMatchObject({ code: 'digestMismatch' });
  const longer = await startServer({
    [`GET ${path}`]: (_, response) => {
      response.writeHead(200);
      response.end(Buffer.concat([content, Buffer.from('more')]));
      return undefined;
    },
  });
  await expect(read(longer)).rejects.toMatchObject({ code: 'digestMismatch' });
});

test('transfer-14: a length other than the descriptor says ends it before a byte is taken', async () => {
  const registry = await startServer({ [`GET ${path}`]: { body: 'short' } });
  await expect(read(registry)).rejects.toMatchObject({
    code: 'digestMismatch',
    reason: expect.stringContaining('5'),
  });
});

test('GHSA-f36w-mj3v-6jqv: a huge declared size sets nothing aside and asks for nothing', async () => {
  const registry = await startServer({});
  const huge = { digest: descriptor.digest, size: 2 ** 52 };
  await expect(getBlob(clientOf(registry), 'a', huge)).rejects.toMatchObject({ code: 'tooLarge' });
  expect(registry.seen).toEqual([]);
});

test('a download is cancelled in the middle', async () => {
  const registry = await startWithBlob();
  registry.inject({ kind: 'stall', afterBytes: 100_000, when: { method: 'GET', path: /blobs/ } });
  const controller = new AbortController();
  const reading = (async () => {
    for await (const _ of openBlob(clientOf(registry), 'a', descriptor, { signal: controller.signal }))
      controller.abort();
  })();
  await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
});

test('transfer-11: a registry that starts again in the middle of a download is waited for', async () => {
  const folder = await temporaryFolder();
  const first = await startWithBlob({ folder });
  first.inject({ kind: 'truncate', afterBytes: 200_000, when: { method: 'GET', path: /blobs/ } });
  const reading = read(first, clientOf(first, { retry: { baseDelay: 200 } }));
  await expect.poll(() => first.requests.length).toBe(1);
  await first.close();
  const second = await startTestRegistry({ folder, port: first.port });
  expect((await reading).equals(content)).toBe(true);
  expect(second.requests).not.toEqual([]);
});
