import { randomBytes } from 'node:crypto';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startTestRegistry } from '../support/local-registry.ts';
import { call, digestOf, expectError, pushBlob } from './client.ts';

const blob = randomBytes(200_000);
const digest = digestOf(blob);

async function begin(registry: { url: string }, repository = 'app'): Promise<string> {
  const answer = await call(registry, 'POST', `/v2/${repository}/blobs/uploads/`);
  expect(answer.status).toBe(202);
  expect(answer.headers.range).toBe('0-0');
  expect(answer.headers['docker-upload-uuid']).toMatch(/^[0-9a-f-]{36}$/);
  return String(answer.headers.location);
}

async function expectStored(
  registry: { url: string },
  name = digest,
  bytes: Uint8Array = blob,
): Promise<void> {
  const got = await call(registry, 'GET', `/v2/app/blobs/${name}`);
  expect(got.status).toBe(200);
  expect(got.bytes.equals(bytes)).toBe(true);
}

describe('a whole blob', () => {
  test('in one POST', async () => {
    const registry = await startTestRegistry();
    const answer = await call(registry, 'POST', `/v2/app/blobs/uploads/?digest=${digest}`, { body: blob });
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({
      location: `/v2/app/blobs/${digest}`,
      'docker-content-digest': digest,
    });
    await expectStored(registry);
  });

  test.each([false, true])('by POST and PUT, chunked transfer: %s', async (chunked) => {
    const registry = await startTestRegistry();
    const location = await begin(registry);
    const answer = await call(registry, 'PUT', `${location}?digest=${digest}`, { body: blob, chunked });
    expect(answer.status).toBe(201);
    expect(answer.headers['docker-content-digest']).toBe(digest);
    await expectStored(registry);
    expectError(await call(registry, 'GET', location), 404, 'BLOB_UPLOAD_UNKNOWN');
  });

  test('with a sha512 digest, in one PUT and after a PATCH', async () => {
    const registry = await startTestRegistry();
    const long = digestOf(blob, 'sha512');
    const whole = await begin(registry);
    expect((await call(registry, 'PUT', `${whole}?digest=${long}`, { body: blob })).status).toBe(201);
    const other = randomBytes(1000);
    const parts = await begin(registry);
    await call(registry, 'PATCH', parts, { body: other });
    const done = await call(registry, 'PUT', `${parts}?digest=${digestOf(other, 'sha512')}`);
    expect(done.status).toBe(201);
    await expectStored(registry, long);
    await expectStored(registry, digestOf(other, 'sha512'), other);
  });

  test('of no bytes', async () => {
    const registry = await startTestRegistry();
    const empty = await pushBlob(registry, 'app', '');
    await expectStored(registry, empty.digest, Buffer.alloc(0));
  });

  test('is kept once on the disk for all repositories', async () => {
    const registry = await startTestRegistry();
    await pushBlob(registry, 'app', blob);
    await pushBlob(registry, 'team/other', blob);
    const folder = join(registry.storage.folder, 'blobs/sha256', digest.slice(7, 9));
    expect(await readdir(folder)).toEqual([digest.slice(7)]);
    expect(await readdir(join(registry.storage.folder, 'uploads'))).toEqual([]);
  });

  test.each(['POST', 'PUT'])('with a wrong digest is refused by %s and leaves nothing', async (method) => {
    const registry = await startTestRegistry();
    const wrong = digestOf('other');
    const path = method === 'POST' ? '/v2/app/blobs/uploads/' : await begin(registry);
    expectError(
      await call(registry, method, `${path}?digest=${wrong}`, { body: blob }),
      400,
      'DIGEST_INVALID',
    );
    expectError(await call(registry, 'GET', `/v2/app/blobs/${wrong}`), 404, 'BLOB_UNKNOWN');
    expectError(await call(registry, 'GET', `/v2/app/blobs/${digest}`), 404, 'BLOB_UNKNOWN');
    expect(await readdir(join(registry.storage.folder, 'uploads'))).toEqual([]);
  });

  test.each(['', 'md5:aa', 'sha256:AB', `sha256:${'g'.repeat(64)}`, 'sha256:../../../x'])(
    'with the malformed digest "%s" is refused; the session stays',
    async (malformed) => {
      const registry = await startTestRegistry();
      const location = await begin(registry);
      const query = `digest=${encodeURIComponent(malformed)}`;
      expectError(await call(registry, 'PUT', `${location}?${query}`, { body: blob }), 400, 'DIGEST_INVALID');
      expect((await call(registry, 'GET', location)).status).toBe(204);
    },
  );
});

describe('chunks', () => {
  test('are appended; the status reports how far it is; the last may come with PUT', async () => {
    const registry = await startTestRegistry();
    const location = await begin(registry);
    const first = await call(registry, 'PATCH', location, {
      body: blob.subarray(0, 70_000),
      headers: { 'content-range': '0-69999' },
    });
    expect(first.status).toBe(202);
    expect(first.headers).toMatchObject({ location, range: '0-69999' });
    const status = await call(registry, 'GET', location);
    expect(status.status).toBe(204);
    expect(status.headers).toMatchObject({ location, range: '0-69999' });
    await call(registry, 'PATCH', location, { body: blob.subarray(70_000, 70_001) }); // without a range: appended
    const last = await call(registry, 'PUT', `${location}?digest=${digest}`, {
      body: blob.subarray(70_001),
      headers: { 'content-range': '70001-199999' },
    });
    expect(last.status).toBe(201);
    await expectStored(registry);
  });

  test.each(['5-9', '1-10', '0-8', 'x', '10-1'])(
    'with the Content-Range %s where 0-9 is due are refused with 416 and change nothing',
    async (range) => {
      const registry = await startTestRegistry();
      const location = await begin(registry);
      for (const method of ['PATCH', 'PUT']) {
        const path = method === 'PUT' ? `${location}?digest=${digest}` : location;
        const headers = { 'content-range': range };
        const answer = await call(registry, method, path, { body: '0123456789', headers });
        expectError(answer, 416, 'BLOB_UPLOAD_INVALID');
        expect(answer.headers).toMatchObject({ location, range: '0-0' });
      }
      expect((await call(registry, 'PUT', `${location}?digest=${digest}`, { body: blob })).status).toBe(201);
    },
  );

  test('survive a restart of the registry', async () => {
    const before = await startTestRegistry();
    const location = await begin(before);
    await call(before, 'PATCH', location, { body: blob.subarray(0, 50_000) });
    await before.close();
    const after = await startTestRegistry({ folder: before.storage.folder });
    expect((await call(after, 'GET', location)).headers.range).toBe('0-49999');
    await call(after, 'PATCH', location, { body: blob.subarray(50_000) });
    expect((await call(after, 'PUT', `${location}?digest=${digest}`)).status).toBe(201);
    await expectStored(after);
  });

  test('received before the connection broke are kept, and the upload goes on from there', async () => {
    const registry = await startTestRegistry();
    const location = await begin(registry);
    registry.inject({ when: { method: 'PATCH', times: 1 }, kind: 'reset', afterBytes: 12_345 });
    await expect(call(registry, 'PATCH', location, { body: blob })).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    const status = await call(registry, 'GET', location);
    expect(status.headers.range).toBe('0-12344');
    const headers = { 'content-range': '12345-199999' };
    expect((await call(registry, 'PATCH', location, { body: blob.subarray(12_345), headers })).status).toBe(
      202,
    );
    expect((await call(registry, 'PUT', `${location}?digest=${digest}`)).status).toBe(201);
    await expectStored(registry);
  });

  test('sent at the same time follow one another', async () => {
    const registry = await startTestRegistry();
    const location = await begin(registry);
    const parts = await Promise.all(
      Array.from({ length: 8 }, () => call(registry, 'PATCH', location, { body: Buffer.alloc(10_000, 7) })),
    );
    expect(parts.map(({ headers }) => headers.range).sort()).toEqual(
      Array.from({ length: 8 }, (_, i) => `0-${(i + 1) * 10_000 - 1}`).sort(),
    );
    const sum = digestOf(Buffer.alloc(80_000, 7));
    expect((await call(registry, 'PUT', `${location}?digest=${sum}`)).status).toBe(201);
  });
});

describe('a session', () => {
  test('is cancelled by DELETE', async () => {
    const registry = await startTestRegistry();
    const location = await begin(registry);
    await call(registry, 'PATCH', location, { body: blob });
    expect((await call(registry, 'DELETE', location)).status).toBe(204);
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      expectError(await call(registry, method, location), 404, 'BLOB_UPLOAD_UNKNOWN');
    }
    const put = await call(registry, 'PUT', `${location}?digest=${digest}`);
    expectError(put, 404, 'BLOB_UPLOAD_UNKNOWN');
    expect(await readdir(join(registry.storage.folder, 'uploads'))).toEqual([]);
  });

  test('belongs to its repository', async () => {
    const registry = await startTestRegistry();
    const location = await begin(registry, 'one');
    const moved = location.replace('/one/', '/two/');
    expectError(await call(registry, 'PATCH', moved, { body: blob }), 404, 'BLOB_UPLOAD_UNKNOWN');
  });

  test.each(['nonsense', '%2e%2e', '..%2f..%2fx', '00000000-0000-0000-0000-000000000000'])(
    'with the id %s is unknown',
    async (id) => {
      const registry = await startTestRegistry();
      const answer = await call(registry, 'GET', `/v2/app/blobs/uploads/${id}`);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(405);
    },
  );

  test('idle for a day is removed at start; a younger one stays', async () => {
    const before = await startTestRegistry();
    const old = await begin(before);
    const young = await begin(before);
    await before.close();
    const folder = join(before.storage.folder, 'uploads');
    const id = old.split('/').at(-1) ?? '';
    const file = (await readdir(folder)).find((name) => name.startsWith(id)) ?? '';
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
    await utimes(join(folder, file), yesterday, yesterday);
    const after = await startTestRegistry({ folder: before.storage.folder });
    expectError(await call(after, 'GET', old), 404, 'BLOB_UPLOAD_UNKNOWN');
    expect((await call(after, 'GET', young)).status).toBe(204);
  });

  test('is hashed again where its file changed behind its back', async () => {
    const registry = await startTestRegistry();
    const location = await begin(registry);
    await call(registry, 'PATCH', location, { body: blob });
    const folder = join(registry.storage.folder, 'uploads');
    const [file = ''] = await readdir(folder);
    const bytes = await readFile(join(folder, file));
    await writeFile(join(folder, file), bytes.subarray(1));
    const answer = await call(registry, 'PUT', `${location}?digest=${digest}`);
    expectError(answer, 400, 'DIGEST_INVALID');
  });
});

describe('mounting', () => {
  const mount = (registry: { url: string }, query: string) =>
    call(registry, 'POST', `/v2/app/blobs/uploads/?${query}`);

  test('links the blob of another repository without sending it', async () => {
    const registry = await startTestRegistry();
    await pushBlob(registry, 'team/base', blob);
    const answer = await mount(registry, `mount=${digest}&from=team%2Fbase`);
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({
      location: `/v2/app/blobs/${digest}`,
      'docker-content-digest': digest,
    });
    await expectStored(registry);
  });

  test('without from finds it in any repository', async () => {
    const registry = await startTestRegistry();
    await pushBlob(registry, 'team/base', blob);
    expect((await mount(registry, `mount=${digest}`)).status).toBe(201);
    await expectStored(registry);
  });

  test.each(['from=nowhere', 'from=..%2f..%2fx', 'from=team%2Fempty', 'x=y'])(
    'falls back to an upload session where the blob is not there (%s)',
    async (from) => {
      const registry = await startTestRegistry();
      const answer = await mount(registry, `mount=${digest}&${from}`);
      expect(answer.status).toBe(202);
      const put = await call(registry, 'PUT', `${answer.headers.location}?digest=${digest}`, { body: blob });
      expect(put.status).toBe(201);
    },
  );

  test('of a malformed digest is refused', async () => {
    const registry = await startTestRegistry();
    expectError(await mount(registry, 'mount=sha256:zz&from=team/base'), 400, 'DIGEST_INVALID');
  });
});
