import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startTestRegistry } from '../support/local-registry.ts';
import { call, digestOf, expectError, pushBlob } from './client.ts';

const blob = randomBytes(1_000_000);
const digest = digestOf(blob);
const path = `/v2/app/blobs/${digest}`;

async function registryWithBlob() {
  const registry = await startTestRegistry();
  await pushBlob(registry, 'app', blob);
  return registry;
}

describe('reading', () => {
  test('GET sends the whole blob, HEAD all but the bytes', async () => {
    const registry = await registryWithBlob();
    const expected = {
      'content-type': 'application/octet-stream',
      'content-length': '1000000',
      'docker-content-digest': digest,
      'accept-ranges': 'bytes',
    };
    const got = await call(registry, 'GET', path);
    expect(got).toMatchObject({ status: 200, headers: expected });
    expect(got.bytes.equals(blob)).toBe(true);
    const head = await call(registry, 'HEAD', path);
    expect(head).toMatchObject({ status: 200, headers: expected });
    expect(head.bytes).toHaveLength(0);
  });

  test.each([
    ['bytes=0-0', 0, 1],
    ['bytes=100-299999', 100, 300_000],
    ['bytes=999999-', 999_999, 1_000_000],
    ['bytes=900000-5000000', 900_000, 1_000_000],
    ['bytes=-10', 999_990, 1_000_000],
    ['bytes=-5000000', 0, 1_000_000],
  ])('%s is answered with 206 and those bytes', async (range, start, end) => {
    const registry = await registryWithBlob();
    const got = await call(registry, 'GET', path, { headers: { range } });
    expect(got.status).toBe(206);
    expect(got.headers).toMatchObject({
      'content-range': `bytes ${start}-${end - 1}/1000000`,
      'content-length': String(end - start),
    });
    expect(got.bytes.equals(blob.subarray(start, end))).toBe(true);
  });

  test.each(['bytes=1000000-', 'bytes=2000000-3000000', 'bytes=500-0', 'bytes=-0'])(
    '%s is answered with 416 and the size',
    async (range) => {
      const registry = await registryWithBlob();
      const got = await call(registry, 'GET', path, { headers: { range } });
      expectError(got, 416, 'RANGE_INVALID');
      expect(got.headers['content-range']).toBe('bytes */1000000');
    },
  );

  test.each(['bytes=0-1,5-9', 'lines=0-1', 'bytes=x-y', 'bytes=-'])(
    '%s is ignored: the whole blob comes, with 200',
    async (range) => {
      const registry = await registryWithBlob();
      const got = await call(registry, 'GET', path, { headers: { range } });
      expect(got.status).toBe(200);
      expect(got.bytes).toHaveLength(1_000_000);
    },
  );

  test('If-Range: with another ETag the whole blob comes, with its own the part', async () => {
    const registry = await registryWithBlob();
    const headers = { range: 'bytes=0-9' };
    const other = await call(registry, 'GET', path, { headers: { ...headers, 'if-range': '"x"' } });
    expect(other.status).toBe(200);
    const own = await call(registry, 'GET', path, { headers: { ...headers, 'if-range': `"${digest}"` } });
    expect(own.status).toBe(206);
  });

  test('takes a digest with its colon percent-encoded', async () => {
    const registry = await registryWithBlob();
    const got = await call(registry, 'HEAD', path.replace(':', '%3A'));
    expect(got.status).toBe(200);
  });

  test('says BLOB_UNKNOWN where the repository does not have it, though another does', async () => {
    const registry = await registryWithBlob();
    expectError(await call(registry, 'GET', `/v2/other/blobs/${digest}`), 404, 'BLOB_UNKNOWN');
    expectError(await call(registry, 'GET', `/v2/app/blobs/${digestOf('x')}`), 404, 'BLOB_UNKNOWN');
  });

  test('says BLOB_UNKNOWN where the file is gone from the folder', async () => {
    const registry = await registryWithBlob();
    await rm(join(registry.storage.folder, 'blobs'), { recursive: true });
    expectError(await call(registry, 'GET', path), 404, 'BLOB_UNKNOWN');
  });

  test.each(['sha256:abc', 'md5:00', 'latest'])('refuses %s as a digest', async (text) => {
    const registry = await startTestRegistry();
    expectError(await call(registry, 'GET', `/v2/app/blobs/${text}`), 400, 'DIGEST_INVALID');
  });
});

describe('deleting', () => {
  test('takes the blob from one repository and leaves it in another', async () => {
    const registry = await registryWithBlob();
    await pushBlob(registry, 'other', blob);
    const deleted = await call(registry, 'DELETE', path);
    expect(deleted).toMatchObject({ status: 202, headers: { 'docker-content-digest': digest } });
    expectError(await call(registry, 'GET', path), 404, 'BLOB_UNKNOWN');
    expectError(await call(registry, 'DELETE', path), 404, 'BLOB_UNKNOWN');
    const other = await call(registry, 'GET', `/v2/other/blobs/${digest}`);
    expect(other.bytes.equals(blob)).toBe(true);
  });

  test('refuses what is no digest', async () => {
    const registry = await startTestRegistry();
    expectError(await call(registry, 'DELETE', '/v2/app/blobs/latest'), 400, 'DIGEST_INVALID');
  });
});
