import { connect as connectSocket, createServer, type Server, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { blobSource, headBlob, openBlob } from '../../../src-main/engine/endpoints/blobs.ts';
import { uploadBlob } from '../../../src-main/engine/endpoints/uploads.ts';
import { listTags, putManifest, type RegistryClient } from '../../../src-main/engine/index.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { freePort } from '../../support/free-port.ts';
import { makeImage, seededBytes, sha256 } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { clientOf, collect, startServer } from '../../support/server.ts';

const tags = { body: { name: 'a', tags: ['1'] } };
const blobs = Array.from({ length: 24 }, (_, at) => seededBytes(`congestion ${at}`, 40_000));
const descriptorOf = (bytes: Buffer): { digest: string; size: number } => ({
  digest: sha256(bytes),
  size: bytes.length,
});

/** As a copy does: each upload opens its own download. */
function relay(source: RegistryClient, target: RegistryClient, bytes: Buffer): Promise<unknown> {
  const descriptor = descriptorOf(bytes);
  return uploadBlob(target, 'to', descriptor, blobSource(source, 'from', descriptor));
}

async function seed(registry: { readonly url: string }): Promise<void> {
  const client = clientOf(registry);
  await Promise.all(
    blobs.map((bytes) =>
      uploadBlob(client, 'from', descriptorOf(bytes), async function* () {
        yield bytes;
      }),
    ),
  );
}

test('transfer-9: a server that takes three requests at once and refuses the rest gets through all', async () => {
  let underWay = 0;
  let refused = 0;
  const registry = await startServer({
    'GET /v2/a/tags/list': async () => {
      if (underWay >= 3) {
        refused += 1;
        return { status: refused % 2 === 0 ? 429 : 503 };
      }
      underWay += 1;
      await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
      underWay -= 1;
      return tags;
    },
  });
  const client = clientOf(registry, { requestConcurrency: 32 });
  const all = await Promise.all(Array.from({ length: 200 }, () => collect(listTags(client, 'a'))));
  expect(all).toHaveLength(200);
});

test('transfer-9: uploads that take for ever hold up no HEAD, no manifest and no download', async () => {
  const image = await makeImage();
  const [bytes = Buffer.alloc(0)] = blobs;
  const blob = `/v2/a/blobs/${sha256(bytes)}`;
  const registry = await startServer({
    'POST /v2/a/blobs/uploads/': { status: 202, headers: { location: '/v2/a/blobs/uploads/1' } },
    'PUT /v2/a/blobs/uploads/1': () => undefined,
    'DELETE /v2/a/blobs/uploads/1': { status: 204 },
    [`HEAD ${blob}`]: { headers: { 'content-length': '40000' } },
    [`GET ${blob}`]: { body: bytes },
    'PUT /v2/a/manifests/1': { status: 201, headers: { 'docker-content-digest': image.digest } },
  });
  const client = clientOf(registry, { requestConcurrency: 1 });
  const controller = new AbortController();
  const uploads = Array.from({ length: 40 }, () =>
    uploadBlob(
      client,
      'a',
      descriptorOf(bytes),
      async function* () {
        yield bytes;
      },
      { signal: controller.signal },
    ),
  );
  const ended = Promise.allSettled(uploads);
  await expect.poll(() => registry.lines().filter((line) => line.startsWith('PUT')).length).toBe(6);
  expect(await headBlob(client, 'a', sha256(bytes))).toEqual({ size: bytes.length });
  await putManifest(client, 'a', '1', image);
  for await (const chunk of openBlob(client, 'a', descriptorOf(bytes)))
    expect(chunk.length).toBeGreaterThan(0);
  controller.abort();
  for (const outcome of await ended)
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
});

test('transfer-9: many uploads that each wait for a download of the same registry all end', async () => {
  const registry = await startTestRegistry();
  await seed(registry);
  const client = clientOf(registry, { requestConcurrency: 1 });
  const outcomes = await Promise.all(blobs.map((bytes) => relay(client, client, bytes)));
  expect(outcomes).toEqual(blobs.map(() => 'sent'));
});

/** Lets so many connections through at once, and resets further ones or does not even listen. */
async function startNarrowGate(port: number, connections: number, further: 'resets' | 'refuses') {
  const open = new Set<Socket>();
  const listening = await freePort();
  let server: Server;
  let turnedAway = 0;
  let closed = false;
  const listen = (): void => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      if (open.size >= connections) {
        turnedAway += 1;
        socket.resetAndDestroy();
        return;
      }
      const inner = connectSocket(port, '127.0.0.1');
      inner.on('error', () => socket.destroy());
      open.add(socket);
      socket.on('close', () => {
        open.delete(socket);
        inner.destroy();
        if (!closed && further === 'refuses' && !server.listening) listen();
      });
      inner.on('close', () => socket.destroy());
      socket.pipe(inner).pipe(socket);
      if (further === 'refuses' && open.size === connections) server.close();
    });
    server.on('error', () => undefined);
    server.listen(listening, '127.0.0.1');
  };
  listen();
  whenFinished(() => {
    closed = true;
    server.close();
    for (const socket of open) socket.destroy();
  });
  return { url: `http://127.0.0.1:${listening}`, turnedAway: () => turnedAway };
}

test.each(['resets', 'refuses'] as const)(
  'transfer-9: a server that permits two connections and %s further ones gets the whole copy',
  async (further) => {
    const registry = await startTestRegistry();
    await seed(registry);
    const gate = await startNarrowGate(registry.port, 2, further);
    // Waits as they are by default: they are part of what makes it work.
    const client = clientOf(gate, { retry: {} });
    const missing = await Promise.all(blobs.map((bytes) => headBlob(client, 'to', sha256(bytes))));
    expect(missing).toEqual(blobs.map(() => undefined));
    const outcomes = await Promise.all(blobs.map((bytes) => relay(client, client, bytes)));
    expect(outcomes).toEqual(blobs.map(() => 'sent'));
    if (further === 'resets') expect(gate.turnedAway()).toBeLessThan(30);
  },
);

test('transfer-9: two connections that uploads took before anything was known are no standstill', async () => {
  const registry = await startTestRegistry();
  await seed(registry);
  const gate = await startNarrowGate(registry.port, 2, 'resets');
  const client = clientOf(gate, { retry: {} });
  // No download is asked for before both uploads have their connections.
  const descriptors = blobs.slice(0, 2).map(descriptorOf);
  const ready = Promise.withResolvers<void>();
  let opened = 0;
  const outcomes = await Promise.all(
    descriptors.map((descriptor) => {
      const source = blobSource(client, 'from', descriptor);
      return uploadBlob(client, 'to', descriptor, async function* (offset, signal) {
        opened += 1;
        if (opened === 2) ready.resolve();
        await ready.promise;
        yield* source(offset, signal);
      });
    }),
  );
  expect(outcomes).toEqual(['sent', 'sent']);
});

test('transfer-10: an upload that is asked to wait is sent again after it, from the beginning', async () => {
  const registry = await startTestRegistry();
  const [bytes = Buffer.alloc(0)] = blobs;
  registry.inject({
    kind: 'status',
    status: 429,
    headers: { 'retry-after': '1' },
    when: { method: 'PUT', path: /uploads/, times: 1 },
  });
  let opened = 0;
  const started = performance.now();
  await uploadBlob(clientOf(registry), 'a', descriptorOf(bytes), async function* () {
    opened += 1;
    yield bytes;
  });
  expect(performance.now() - started).toBeGreaterThan(900);
  expect(opened).toBe(2);
});

test('transfer-10: a registry that asks to wait again and again is waited for', async () => {
  let asked = 0;
  const registry = await startServer({
    'GET /v2/a/tags/list': () => (++asked <= 2 ? { status: 429, headers: { 'retry-after': '1' } } : tags),
  });
  const patient = clientOf(registry, { retry: { tries: 2 } });
  expect(await collect(listTags(patient, 'a'))).toEqual(['1']);
  asked = 0;
  const hasty = clientOf(registry, { retry: { maxWaiting: 1 } });
  await expect(collect(listTags(hasty, 'a'))).rejects.toMatchObject({ code: 'rateLimited', retryAfter: 1 });
});
