import { expect, test } from 'vitest';
import type { UploadOptions } from '../../../src-main/engine/endpoints/upload.ts';
import { uploadBlob } from '../../../src-main/engine/endpoints/uploads.ts';
import { seededBytes, sha256 } from '../../support/images.ts';
import { type Oddity, type OddRegistry, startOddRegistry } from '../../support/odd-registry.ts';
import { plainRequest } from '../../support/push.ts';
import { type Answer, clientOf } from '../../support/server.ts';

/** Registries, and proxies before them, that take the bytes of a blob in their own way. */
const content = seededBytes('manners', 300_000);
const other = seededBytes('other', 200_000);

async function upload(registry: OddRegistry, bytes = content, options: UploadOptions = {}) {
  const descriptor = { digest: sha256(bytes), size: bytes.length };
  const open = async function* (offset: number) {
    yield bytes.subarray(offset);
  };
  return await uploadBlob(clientOf(registry), 'a', descriptor, open, options);
}

async function expectStored(registry: OddRegistry, bytes = content): Promise<void> {
  const stored = await plainRequest(registry.behind, `/v2/a/blobs/${sha256(bytes)}`);
  expect([stored.status, stored.body.equals(bytes)]).toEqual([200, true]);
}

const sizes = ({ seen }: OddRegistry, method: string): number[] =>
  seen.filter((one) => one.method === method).map(({ body }) => body.length);

const limit =
  (bytes: number): Oddity =>
  ({ body }, ordinary) =>
    body.length > bytes
      ? {
          status: 413,
          headers: { 'content-type': 'text/html' },
          body: '<title>413 Request Entity Too Large</title>',
        }
      : ordinary();

test('B5: what a proxy finds too large goes in smaller pieces, and the next blob at once', async () => {
  const registry = await startOddRegistry(limit(100_000));
  expect(await upload(registry)).toBe('sent');
  await expectStored(registry);
  expect(sizes(registry, 'PUT')[0]).toBe(content.length);
  const before = registry.seen.length;
  expect(await upload(registry, other)).toBe('sent');
  await expectStored(registry, other);
  const later = registry.seen.slice(before).map(({ body }) => body.length);
  expect(Math.max(...later)).toBe(65_536);
});

test('B5: progress counts each byte once, whatever was refused', async () => {
  const registry = await startOddRegistry(limit(100_000));
  let bytes = 0;
  await upload(registry, content, { onBytes: (more) => (bytes += more) });
  expect(bytes).toBe(content.length);
});

test('B5: what is too large in any piece is said with its size', async () => {
  const registry = await startOddRegistry(limit(10_000));
  await expect(upload(registry)).rejects.toMatchObject({
    code: 'tooLargeToSend',
    status: 413,
    reason:
      'The blob of 300000 bytes is larger than the registry or a proxy before it takes, also in pieces of 65536 bytes.',
  });
});

test('B5: what is too large, at a registry that takes no pieces, is said as that', async () => {
  const registry = await startOddRegistry((seen, ordinary) =>
    seen.method === 'PATCH' ? { status: 404 } : limit(100_000)(seen, ordinary),
  );
  await expect(upload(registry)).rejects.toMatchObject({
    code: 'tooLargeToSend',
    status: 413,
    reason: expect.stringContaining('300000 bytes is larger'),
  });
});

const withStatus =
  (method: string, status: number): Oddity =>
  async (seen, ordinary) => {
    const answer = await ordinary();
    return seen.method === method && (answer.status ?? 200) < 300 ? { ...answer, status } : answer;
  };

test.each([
  ['POST', 200],
  ['POST', 201],
  ['PUT', 200],
  ['PUT', 202],
])('B5: a %s that answers %i is taken for what it did', async (method, status) => {
  const registry = await startOddRegistry(withStatus(method, status));
  expect(await upload(registry)).toBe('sent');
  await expectStored(registry);
  const looks = registry.lines().filter((line) => line.startsWith('HEAD'));
  expect(looks).toHaveLength(method === 'PUT' ? 1 : 0);
});

test('B5: a PUT that answers 202 and stores nothing is a failure', async () => {
  const registry = await startOddRegistry(({ method }, ordinary) =>
    method === 'PUT' ? { status: 202 } : ordinary(),
  );
  await expect(upload(registry)).rejects.toMatchObject({
    code: 'invalidResponse',
    reason: `The registry answered 202 and does not have ${sha256(content)}.`,
  });
});

test.each([400, 405, 415])(
  'B5: a registry that answers a PUT with bytes by %i gets them by PATCH before it',
  async (status) => {
    const registry = await startOddRegistry(({ method, body }, ordinary): Answer | Promise<Answer> =>
      method === 'PUT' && body.length > 0 ? { status } : ordinary(),
    );
    expect(await upload(registry)).toBe('sent');
    await expectStored(registry);
    const before = registry.seen.length;
    await upload(registry, other);
    expect(registry.seen.slice(before).map(({ method }) => method)).toEqual(['POST', 'PATCH', 'PUT']);
  },
);

test('B5: a registry that refuses the blob itself is not asked for ever', async () => {
  const registry = await startOddRegistry(({ method }, ordinary): Answer | Promise<Answer> =>
    method === 'PUT' ? { status: 400, body: { errors: [{ code: 'DIGEST_INVALID' }] } } : ordinary(),
  );
  await expect(upload(registry)).rejects.toMatchObject({ status: 400, registryCodes: ['DIGEST_INVALID'] });
  expect(sizes(registry, 'PUT').length).toBeLessThanOrEqual(3);
});
