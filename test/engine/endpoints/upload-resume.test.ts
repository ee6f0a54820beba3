import { expect, test } from 'vitest';
import { blobSource } from '../../../src-main/engine/endpoints/blobs.ts';
import type { UploadOptions } from '../../../src-main/engine/endpoints/upload.ts';
import { uploadBlob } from '../../../src-main/engine/endpoints/uploads.ts';
import { seededBytes, sha256 } from '../../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../../support/local-registry.ts';
import { plainRequest } from '../../support/push.ts';
import { clientOf, startServer } from '../../support/server.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const content = seededBytes('resumed', 1_000_000);
const descriptor = { digest: sha256(content), size: content.length };

/** What an upload did: where the source was opened, and what its caller was informed of. */
interface Told {
  readonly opened: number[];
  bytes: number;
  resumed: number;
  readonly sessions: (string | undefined)[];
}

const nothingTold = (): Told => ({ opened: [], bytes: 0, resumed: 0, sessions: [] });

const listeners = (told: Told): Required<Pick<UploadOptions, 'onBytes' | 'onResumed' | 'onSession'>> => ({
  onBytes: (bytes) => {
    told.bytes += bytes;
  },
  onResumed: (bytes) => {
    told.resumed += bytes;
  },
  onSession: (session) => told.sessions.push(session),
});

function upload(
  registry: { readonly url: string },
  told: Told,
  options: UploadOptions = {},
  client = clientOf(registry),
): ReturnType<typeof uploadBlob> {
  const open = async function* (offset: number): AsyncGenerator<Buffer> {
    told.opened.push(offset);
    for (let at = offset; at < content.length; at += 64_000) yield content.subarray(at, at + 64_000);
  };
  return uploadBlob(client, 'a', descriptor, open, { ...listeners(told), ...options });
}

const lines = (registry: GuardedRegistry): string[] =>
  registry.requests.map(({ method, status }) => `${method} ${status}`);
/** As long as a registry takes to start again. */
const patient = { retry: { baseDelay: 200 } };
const isPut = { method: 'PUT', path: /uploads/ } as const;

async function expectStored(registry: GuardedRegistry): Promise<void> {
  const stored = await plainRequest(registry, `/v2/a/blobs/${descriptor.digest}`);
  expect(stored.body.equals(content)).toBe(true);
}

/** An upload of which the registry has so many bytes, as a run that was killed leaves it; its session. */
async function interruptedAfter(registry: GuardedRegistry, bytes: number): Promise<string> {
  const begun = await plainRequest(registry, '/v2/a/blobs/uploads/', { method: 'POST' });
  const session = new URL(String(begun.headers.location), registry.url).href;
  registry.inject({ kind: 'reset', afterBytes: bytes, when: { ...isPut, times: 1 } });
  const url = `${session}?digest=${descriptor.digest}`;
  await expect(plainRequest(registry, url, { method: 'PUT', body: content })).rejects.toThrow();
  registry.clearRequests();
  return session;
}

test.each([1000, 65_536, 500_000, 999_999])(
  'transfer-12: an upload cut after %i bytes goes on where the registry says',
  async (afterBytes) => {
    const [registry, told] = [await startTestRegistry(), nothingTold()];
    registry.inject({ kind: 'reset', afterBytes, when: { ...isPut, times: 1 } });
    expect(await upload(registry, told)).toBe('sent');
    expect(lines(registry)).toEqual(['POST 202', 'PUT 0', 'HEAD 404', 'GET 204', 'PUT 201']);
    expect(registry.requests.at(-1)?.headers).toMatchObject({
      'content-range': `${afterBytes}-${content.length - 1}`,
      'content-length': String(content.length - afterBytes),
    });
    expect(told).toMatchObject({ opened: [0, afterBytes], bytes: content.length, resumed: 0 });
    expect(told.sessions).toEqual([expect.stringContaining('/v2/a/blobs/uploads/'), undefined]);
    await expectStored(registry);
  },
);

test('transfer-12: the source of a resumed upload is asked for the rest, and hashed once', async () => {
  const [source, registry] = [await startTestRegistry(), await startTestRegistry()];
  await upload(source, nothingTold());
  source.clearRequests();
  registry.inject({ kind: 'reset', afterBytes: 400_000, when: { ...isPut, times: 1 } });
  await uploadBlob(clientOf(registry), 'a', descriptor, blobSource(clientOf(source), 'a', descriptor));
  expect(source.requests.map(({ headers }) => headers.range)).toEqual([undefined, 'bytes=400000-999999']);
  await expectStored(registry);
});

test('transfer-12: a source that changes under a resumed upload is found out', async () => {
  const [registry, changed] = [await startTestRegistry(), Buffer.from(content)];
  changed.fill(0, 900_000);
  let asked = 0;
  const source = await startServer({
    [`GET /v2/a/blobs/${descriptor.digest}`]: ({ headers }) => {
      const from = Number(/=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
      const body = (asked++ === 0 ? content : changed).subarray(from);
      return from === 0
        ? { body }
        : { status: 206, body, headers: { 'content-range': `bytes ${from}-999999/1000000` } };
    },
  });
  registry.inject({ kind: 'reset', afterBytes: 100_000, when: { ...isPut, times: 1 } });
  const open = blobSource(clientOf(source), 'a', descriptor);
  await expect(uploadBlob(clientOf(registry), 'a', descriptor, open)).rejects.toMatchObject({
    code: 'digestMismatch',
    side: 'source',
  });
  expect((await plainRequest(registry, `/v2/a/blobs/${descriptor.digest}`)).status).toBe(404);
});

test('transfer-12: an upload cut again and again gets through as long as it gets on', async () => {
  const [registry, told] = [await startTestRegistry(), nothingTold()];
  registry.inject({ kind: 'reset', afterBytes: 150_000, when: { ...isPut, times: 6 } });
  await upload(registry, told);
  expect(told.opened).toEqual([0, 150_000, 300_000, 450_000, 600_000, 750_000, 900_000]);
  expect(told.bytes).toBe(content.length);
  await expectStored(registry);
});

test('transfer-12: an upload that gets nowhere ends after three attempts, and nothing counts', async () => {
  const [registry, told] = [await startTestRegistry(), nothingTold()];
  registry.inject({ kind: 'reset', afterBytes: 0, when: isPut });
  await expect(upload(registry, told)).rejects.toMatchObject({ code: 'connectionLost' });
  expect(lines(registry).filter((line) => line.startsWith('PUT'))).toHaveLength(3);
  expect(told.bytes).toBe(0);
});

test('transfer-12: a registry that forgot the session is sent all anew', async () => {
  const [registry, told] = [await startTestRegistry(), nothingTold()];
  registry.inject({ kind: 'reset', afterBytes: 100_000, when: { ...isPut, times: 1 } });
  // As Distribution does with a session whose body was cut.
  registry.inject({ kind: 'status', status: 404, when: { method: 'GET', path: /uploads/ } });
  await upload(registry, told);
  expect(lines(registry)).toEqual([
    'POST 202',
    'PUT 0',
    'HEAD 404',
    'GET 404',
    'DELETE 204',
    'POST 202',
    'PUT 201',
  ]);
  expect(told).toMatchObject({ opened: [0, 0], bytes: content.length });
  const [first, ended, second] = told.sessions;
  expect([first === second, ended, told.sessions.length]).toEqual([false, undefined, 4]);
  await expectStored(registry);
});

/** A registry that cuts the first PUT after a while and says of its session what a test wants. */
async function startLiar(
  range: string | undefined,
): Promise<{ url: string; lines: () => readonly string[] }> {
  let puts = 0;
  return startServer({
    'POST /v2/a/blobs/uploads/': { status: 202, headers: { location: '/up' } },
    'PUT /up': (_, response) => {
      if (puts++ > 0) return { status: 201, headers: { 'docker-content-digest': descriptor.digest } };
      response.destroy();
      return undefined;
    },
    'GET /up': { status: 204, headers: range === undefined ? {} : { range } },
    'DELETE /up': { status: 204 },
    'HEAD *': { status: 404 },
  });
}

test.each([undefined, '0-0', 'bytes=5-10', '0-1000000', '0-99999999999999999999', 'all of it'])(
  'transfer-12: a registry that says it has the range %j is not believed',
  async (range) => {
    const [registry, told] = [await startLiar(range), nothingTold()];
    await upload(registry, told);
    expect(told.opened).toEqual([0, 0]);
    expect(registry.lines().filter((line) => line.startsWith('POST'))).toHaveLength(2);
  },
);

test.each(['0-999', 'bytes=0-999'])('transfer-12: the range %j is understood', async (range) => {
  const [registry, told] = [await startLiar(range), nothingTold()];
  await upload(registry, told);
  expect(told.opened).toEqual([0, 1000]);
});

test('transfer-12: a session that is whole needs its end only', async () => {
  const [registry, told] = [await startLiar(`0-${content.length - 1}`), nothingTold()];
  await upload(registry, told);
  expect(told.opened).toEqual([0]);
  expect(told.bytes).toBe(content.length);
});

test('transfer-12: a range that turns out wrong (416) is asked for again', async () => {
  const [registry, told] = [await startTestRegistry(), nothingTold()];
  registry.inject({ kind: 'reset', afterBytes: 500_000, when: { ...isPut, times: 1 } });
  registry.inject({
    kind: 'status',
    status: 204,
    headers: { range: '0-399999' },
    when: { method: 'GET', path: /uploads/, times: 1 },
  });
  await upload(registry, told);
  expect(told.opened).toEqual([0, 400_000, 500_000]);
  await expectStored(registry);
});

test('transfer-12: a commit whose reply was lost is found, not repeated', async () => {
  let committed = false;
  const registry = await startServer({
    'POST /v2/a/blobs/uploads/': { status: 202, headers: { location: '/up' } },
    'PUT /up': (_, response) => {
      committed = true;
      response.destroy();
      return undefined;
    },
    'HEAD *': () => ({ status: committed ? 200 : 404 }),
  });
  const told = nothingTold();
  expect(await upload(registry, told)).toBe('sent');
  expect(told).toMatchObject({
    opened: [0],
    bytes: content.length,
    sessions: [`${registry.url}/up`, undefined],
  });
});

test('transfer-12: a registry too busy for a PUT gets it again in the same session', async () => {
  const [registry, told] = [await startTestRegistry(), nothingTold()];
  registry.inject({ kind: 'status', status: 429, when: { ...isPut, times: 1 } });
  await upload(registry, told);
  expect(lines(registry)).toEqual(['POST 202', 'PUT 429', 'PUT 201']);
  expect(told.bytes).toBe(content.length);
});

test('transfer-12: a registry that starts again in the middle is gone on with', async () => {
  const folder = await temporaryFolder();
  const [first, told] = [await startTestRegistry({ folder }), nothingTold()];
  first.inject({ kind: 'reset', afterBytes: 600_000, when: isPut });
  const uploading = upload(first, told, {}, clientOf(first, patient));
  await expect.poll(() => lines(first)).toContain('PUT 0');
  await first.close();
  const second = await startTestRegistry({ folder, port: first.port });
  expect(await uploading).toBe('sent');
  expect(lines(second).filter((line) => line.startsWith('PUT'))).toEqual(['PUT 201']);
  expect(told).toMatchObject({ opened: [0, 600_000], bytes: content.length });
  await expectStored(second);
});

test('transfer-12: chunks go on at the chunk that was cut', async () => {
  const [registry, told] = [await startTestRegistry(), nothingTold()];
  registry.inject({
    kind: 'reset',
    afterBytes: 50_000,
    when: { method: 'PATCH', path: /uploads/, after: 1, times: 1 },
  });
  await upload(registry, told, {}, clientOf(registry, { uploadChunk: 300_000 }));
  expect(told.opened).toEqual([0, 350_000]);
  expect(told.bytes).toBe(content.length);
  await expectStored(registry);
});

test('transfer-13: an upload of an earlier run goes on, and its source is asked for the rest only', async () => {
  const [source, registry, told] = [await startTestRegistry(), await startTestRegistry(), nothingTold()];
  await upload(source, nothingTold());
  source.clearRequests();
  const session = await interruptedAfter(registry, 700_000);
  const open = blobSource(clientOf(source), 'a', descriptor);
  await uploadBlob(clientOf(registry), 'a', descriptor, open, {
    ...listeners(told),
    session,
    mountFrom: 'b',
  });
  expect(lines(registry)).toEqual(['GET 204', 'PUT 201']);
  expect(source.requests.map(({ headers }) => headers.range)).toEqual(['bytes=700000-999999']);
  expect(told).toMatchObject({ bytes: 300_000, resumed: 700_000, sessions: [undefined] });
  await expectStored(registry);
});

test('B2c: an upload of an earlier run goes on from a source that gives no parts', async () => {
  const [registry, told] = [await startTestRegistry(), nothingTold()];
  const session = await interruptedAfter(registry, 700_000);
  const source = await startServer({
    [`GET /v2/a/blobs/${descriptor.digest}`]: ({ headers }) =>
      headers.range === undefined ? { body: content } : { status: 416 },
  });
  const open = blobSource(clientOf(source), 'a', descriptor);
  await uploadBlob(clientOf(registry), 'a', descriptor, open, { ...listeners(told), session });
  expect(told).toMatchObject({ bytes: 300_000, resumed: 700_000, sessions: [undefined] });
  await expectStored(registry);
});

test.each([404, 416])('B2c: a source that answers %i lets a session be forgotten', async (status) => {
  const [registry, told] = [await startTestRegistry(), nothingTold()];
  const session = await interruptedAfter(registry, 700_000);
  const source = await startServer({ [`GET /v2/a/blobs/${descriptor.digest}`]: { status } });
  const open = blobSource(clientOf(source), 'a', descriptor);
  const failure = uploadBlob(clientOf(registry), 'a', descriptor, open, { ...listeners(told), session });
  await expect(failure).rejects.toMatchObject({ status, side: 'source' });
  expect(told.sessions.at(-1)).toBeUndefined();
  expect(told.sessions).not.toEqual([]);
  expect((await plainRequest(registry, session)).status).toBe(404);
});

test('transfer-13: bytes of an earlier run that are of no use are sent anew', async () => {
  const [registry, told] = [await startTestRegistry(), nothingTold()];
  const other = await plainRequest(registry, '/v2/a/blobs/uploads/', { method: 'POST' });
  const session = new URL(String(other.headers.location), registry.url).href;
  await plainRequest(registry, session, { method: 'PATCH', body: Buffer.from('something else') });
  await upload(registry, told, { session });
  expect(told).toMatchObject({ opened: [14, 0], bytes: content.length, resumed: 0 });
  await expectStored(registry);
});

test.each([
  ['is gone', '/v2/a/blobs/uploads/0b8e6e4a-8d3f-4a0e-9d0c-000000000000'],
  ['is on another origin', 'http://127.0.0.1:1/v2/a/blobs/uploads/x'],
  ['is no address', 'http://['],
])('transfer-13: a session of an earlier run that %s is not needed', async (_, session) => {
  const [registry, told] = [await startTestRegistry(), nothingTold()];
  const absolute = session.startsWith('/') ? new URL(session, registry.url).href : session;
  await upload(registry, told, { session: absolute });
  expect(told).toMatchObject({ opened: [0], bytes: content.length, resumed: 0 });
  await expectStored(registry);
});

test('transfer-13: a session with more bytes than the blob has is not used', async () => {
  const [registry, told] = [await startLiar(`0-${content.length}`), nothingTold()];
  await upload(registry, told, { session: `${registry.url}/up` });
  expect(told.opened[0]).toBe(0);
});

test('an upload location elsewhere is reported to no one, and never asked', async () => {
  const storage = await startServer({ 'PUT /signed': (_, response) => void response.destroy() });
  const registry = await startServer({
    'POST /v2/a/blobs/uploads/': { status: 202, headers: { location: `${storage.url}/signed` } },
    'HEAD *': { status: 404 },
  });
  const told = nothingTold();
  const client = clientOf(registry, { approvedHosts: [storage.host] });
  const open = async function* (): AsyncGenerator<Buffer> {
    yield content;
  };
  await expect(uploadBlob(client, 'a', descriptor, open, listeners(told))).rejects.toMatchObject({
    code: 'connectionLost',
  });
  expect(told.sessions).toEqual([]);
  expect(storage.lines().every((line) => line.startsWith('PUT'))).toBe(true);
});

test.each([
  ['keeps', true],
  ['ends', false],
])('a cancelled upload %s its session as its caller does', async (_, keeps) => {
  const [registry, told] = [await startTestRegistry(), nothingTold()];
  registry.inject({ kind: 'slow', bytesPerSecond: 2_000_000, when: isPut });
  const controller = new AbortController();
  const { signal } = controller;
  const onBytes = (bytes: number): void => {
    told.bytes += bytes;
    if (told.bytes > 100_000) controller.abort();
  };
  const open = async function* (): AsyncGenerator<Buffer> {
    for (let at = 0; at < content.length; at += 64_000) yield content.subarray(at, at + 64_000);
  };
  const { onSession } = listeners(told);
  const options = { signal, onBytes, ...(keeps ? { onSession } : {}) };
  await expect(uploadBlob(clientOf(registry), 'a', descriptor, open, options)).rejects.toMatchObject({
    code: 'cancelled',
  });
  await expect.poll(() => lines(registry)).toContain('PUT 0');
  expect(lines(registry).some((line) => line.startsWith('DELETE'))).toBe(!keeps);
  expect(told.bytes).toBe(0);
});
