import { expect, test } from 'vitest';
import { blobSource } from '../../../src-main/engine/endpoints/blobs.ts';
import type { UploadOptions } from '../../../src-main/engine/endpoints/upload.ts';
import { uploadBlob } from '../../../src-main/engine/endpoints/uploads.ts';
import { Identification } from '../../../src-main/engine/registry/registry.ts';
import { acr } from '../../../src-main/engine/systems/acr/index.ts';
import { seededBytes, sha256 } from '../../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../../support/local-registry.ts';
import { plainRequest } from '../../support/push.ts';
import { clientOf, startServer } from '../../support/server.ts';

const content = seededBytes('upload', 300_000);
const descriptor = { digest: sha256(content), size: content.length };

async function* chunks(offset: number): AsyncGenerator<Buffer> {
  for (let at = offset; at < content.length; at += 64_000) yield content.subarray(at, at + 64_000);
}

const upload = (
  registry: { readonly url: string },
  options: UploadOptions = {},
): ReturnType<typeof uploadBlob> => uploadBlob(clientOf(registry), 'a', descriptor, chunks, options);

const requests = (registry: GuardedRegistry): string[] =>
  registry.requests.map(
    ({ method, path, status }) => `${method} ${path.replace(/[?].*|[0-9a-f-]{36}.*/, '')} ${status}`,
  );

async function expectStored(registry: GuardedRegistry): Promise<void> {
  const stored = await plainRequest(registry, `/v2/a/blobs/${descriptor.digest}`);
  expect(stored.body.equals(content)).toBe(true);
}

test('transfer-3: a blob costs one POST and one PUT with its length, and no PATCH', async () => {
  const registry = await startTestRegistry();
  registry.expectOnly('POST /v2/a/blobs/uploads/', 'PUT /v2/a/blobs/uploads/*', 'GET /v2/a/blobs/*');
  let counted = 0;
  expect(await upload(registry, { onBytes: (bytes) => (counted += bytes) })).toBe('sent');
  expect(counted).toBe(content.length);
  const [, put] = registry.requests;
  expect(registry.requests).toHaveLength(2);
  expect(put?.headers).toMatchObject({
    'content-length': String(content.length),
    'content-type': 'application/octet-stream',
  });
  await expectStored(registry);
});

test('an empty blob is sent as well', async () => {
  const registry = await startTestRegistry();
  const empty = { digest: sha256(''), size: 0 };
  expect(await uploadBlob(clientOf(registry), 'a', empty, async function* () {}, {})).toBe('sent');
});

test('transfer-5: a mount costs one request', async () => {
  const registry = await startTestRegistry();
  await uploadBlob(clientOf(registry), 'other', descriptor, chunks);
  registry.clearRequests();
  expect(await upload(registry, { mountFrom: 'other' })).toBe('mounted');
  expect(requests(registry)).toEqual(['POST /v2/a/blobs/uploads/ 201']);
});

test('transfer-6: a mount answered with a session uses that session', async () => {
  const registry = await startTestRegistry({ limits: { mount: false } });
  await uploadBlob(clientOf(registry), 'other', descriptor, chunks);
  registry.clearRequests();
  expect(await upload(registry, { mountFrom: 'other' })).toBe('sent');
  expect(requests(registry)).toEqual(['POST /v2/a/blobs/uploads/ 202', 'PUT /v2/a/blobs/uploads/ 201']);
  await expectStored(registry);
});

test('what may be there is asked for first, and after a mount that did not work; its session is given up', async () => {
  const registry = await startTestRegistry({ limits: { mount: false } });
  expect(await upload(registry, { mayBeThere: true })).toBe('sent');
  expect(requests(registry).slice(0, 1)).toEqual(['HEAD /v2/a/blobs/sha256: 404']);
  registry.clearRequests();
  expect(await upload(registry, { mayBeThere: true })).toBe('present');
  expect(requests(registry)).toEqual(['HEAD /v2/a/blobs/sha256: 200']);
  registry.clearRequests();
  expect(await upload(registry, { mayBeThere: true, mountFrom: 'other' })).toBe('present');
  expect(requests(registry)).toEqual([
    'POST /v2/a/blobs/uploads/ 202',
    'HEAD /v2/a/blobs/sha256: 200',
    'DELETE /v2/a/blobs/uploads/ 204',
  ]);
});

test.each([401, 403, 404, 405, 500, 503])(
  'transfer-6: a mount refused with %i falls back to sending',
  async (status) => {
    const registry = await startTestRegistry();
    registry.inject({ kind: 'status', status, when: { method: 'POST', path: /mount=/ } });
    expect(await upload(registry, { mountFrom: 'other' })).toBe('sent');
    expect(registry.requests).toHaveLength(3);
    await expectStored(registry);
  },
);

test('a PUT that fails for good gives the session back', async () => {
  const registry = await startTestRegistry();
  registry.inject({ kind: 'status', status: 403, when: { method: 'PUT', path: /uploads/ } });
  await expect(upload(registry)).rejects.toMatchObject({ code: 'denied', status: 403 });
  expect(requests(registry).at(-1)).toMatch(/^DELETE .* 204$/);
});

test("the source's own failure is the one reported, and nothing is stored", async () => {
  const registry = await startTestRegistry();
  const broken = async function* (): AsyncGenerator<Buffer> {
    yield content.subarray(0, 1000);
    throw new RangeError('the disk is gone');
  };
  await expect(uploadBlob(clientOf(registry), 'a', descriptor, broken)).rejects.toThrow('the disk is gone');
  expect((await plainRequest(registry, `/v2/a/blobs/${descriptor.digest}`)).status).toBe(404);
});

test('transfer-14: content that turns out wrong at its end is never sent whole', async () => {
  const other = Buffer.from(content);
  other[content.length - 1] = 0;
  const source = await startServer({ [`GET /v2/a/blobs/${descriptor.digest}`]: { body: other } });
  const taken: number[] = [];
  const registry = await startTestRegistry({
    onRequest: ({ method, requestBytes }) => void (method === 'PUT' && taken.push(requestBytes)),
  });
  const open = blobSource(clientOf(source), 'a', descriptor);
  await expect(uploadBlob(clientOf(registry), 'a', descriptor, open)).rejects.toMatchObject({
    code: 'digestMismatch',
    side: 'source',
  });
  expect(requests(registry).at(-1)).toMatch(/^DELETE .* 204$/);
  expect(taken.every((bytes) => bytes < content.length)).toBe(true);
});

test.each([
  ['short', (offset: number) => content.subarray(offset, content.length - 1)],
  ['long', (offset: number) => Buffer.concat([content.subarray(offset), Buffer.from('more')])],
])('transfer-14: a source that is too %s stores nothing', async (_, bytes) => {
  const registry = await startTestRegistry();
  const open = async function* (offset: number): AsyncGenerator<Buffer> {
    yield bytes(offset);
  };
  await expect(uploadBlob(clientOf(registry), 'a', descriptor, open)).rejects.toMatchObject({
    code: 'digestMismatch',
    side: 'source',
  });
  expect((await plainRequest(registry, `/v2/a/blobs/${descriptor.digest}`)).status).toBe(404);
});

test('a registry that takes so many bytes at once is given chunks', async () => {
  const registry = await startTestRegistry();
  let counted = 0;
  const client = clientOf(registry, { uploadChunk: 100_001 });
  await uploadBlob(client, 'a', descriptor, chunks, { onBytes: (bytes) => (counted += bytes) });
  expect(counted).toBe(content.length);
  expect(registry.requests.map(({ method, headers }) => [method, headers['content-range']])).toEqual([
    ['POST', undefined],
    ['PATCH', '0-100000'],
    ['PATCH', '100001-200001'],
    ['PUT', '200002-299999'],
  ]);
  await expectStored(registry);
});

test('the chunks that a product needs are known', async () => {
  const registry = await startServer({
    'POST /v2/a/blobs/uploads/': { status: 202, headers: { location: '/up' } },
    'PATCH /up': { status: 202, headers: { location: '/up2' } },
    'PUT /up2': { status: 201 },
  });
  const client = clientOf(registry);
  new Identification(client, { kept: acr.id });
  const size = (acr.facts.uploadChunk ?? 0) + 1;
  await uploadBlob(client, 'a', { digest: descriptor.digest, size }, async function* () {
    yield Buffer.alloc(size);
  });
  expect(registry.seen.map(({ method, body }) => [method, body.length])).toEqual([
    ['POST', 0],
    ['PATCH', size - 1],
    ['PUT', 1],
  ]);
});

test('a signed upload location keeps its query as it is', async () => {
  const query = 'X-Sig=a%2Fb%2B==&_state=x~y';
  const registry = await startServer({
    'POST /v2/a/blobs/uploads/': { status: 202, headers: { location: `/put/here?${query}` } },
    'PUT /put/here': { status: 201 },
  });
  await upload(registry);
  expect(registry.lines()[1]).toBe(`PUT /put/here?${query}&digest=${encodeURIComponent(descriptor.digest)}`);
});

test.each([
  ['no location', {}],
  ['a location that is no address', { location: 'http://[' }],
])('an upload begun with %s', async (_, headers) => {
  const registry = await startServer({ 'POST /v2/a/blobs/uploads/': { status: 202, headers } });
  await expect(upload(registry)).rejects.toMatchObject({ code: 'invalidResponse' });
});

test('transfer-14: a registry that stored something else', async () => {
  const registry = await startServer({
    'POST /v2/a/blobs/uploads/': { status: 202, headers: { location: '/up' } },
    'PUT /up': { status: 201, headers: { 'docker-content-digest': sha256('other') } },
    'DELETE /up': { status: 204 },
  });
  await expect(upload(registry)).rejects.toMatchObject({ code: 'digestMismatch' });
});
