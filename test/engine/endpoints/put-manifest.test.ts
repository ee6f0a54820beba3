import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { putManifest, type RawManifest } from '../../../src-main/engine/index.ts';
import { makeImage, type TestManifest } from '../../support/images.ts';
import { type Oddity, startOddRegistry } from '../../support/odd-registry.ts';
import { plainRequest, push } from '../../support/push.ts';
import { clientOf } from '../../support/server.ts';

const raw = ({ digest, mediaType, bytes }: TestManifest): RawManifest => ({ digest, mediaType, bytes });
const sha512 = (bytes: Buffer): string => `sha512:${createHash('sha512').update(bytes).digest('hex')}`;

/** A registry that holds an image's blobs, and what a PUT of its manifest came to. */
async function start(odd: Oddity) {
  const image = await makeImage();
  const registry = await startOddRegistry(odd);
  await push(image, registry.behind, 'a', 'before');
  const client = clientOf(registry);
  const put = (reference = '1', manifest = raw(image)) => putManifest(client, 'a', reference, manifest);
  const manifestLines = () => registry.lines().filter((line) => line.includes('/manifests/'));
  return { image, registry, put, manifestLines };
}

/** The reply to a PUT of a manifest, without the digest it reports or with another. */
const telling =
  (digest?: string, status = 201): Oddity =>
  async ({ method }, ordinary) => {
    const answer = await ordinary();
    if (method !== 'PUT') return answer;
    const { 'docker-content-digest': _, ...headers } = answer.headers ?? {};
    return { ...answer, status, headers: digest ? { ...headers, 'docker-content-digest': digest } : headers };
  };

const other = `sha256:${'0'.repeat(64)}`;

test('B2d: what the reply to a tag says of its digest is enough', async () => {
  const { put, manifestLines } = await start((_, ordinary) => ordinary());
  await put();
  expect(manifestLines()).toEqual(['PUT /v2/a/manifests/1']);
});

test.each([
  ['tells none', telling()],
  ['tells another', telling(other)],
  ['tells one of another algorithm', telling(`sha512:${'0'.repeat(128)}`)],
  ['says 202', telling(undefined, 202)],
  ['says 200', telling(undefined, 200)],
])('B2d: a tag whose reply %s is read back', async (_, odd) => {
  const { put, manifestLines } = await start(odd);
  await put();
  expect(manifestLines()).toEqual(['PUT /v2/a/manifests/1', 'HEAD /v2/a/manifests/1']);
});

test('B2d: a tag that is stored a moment after its 202 is waited for', async () => {
  let looks = 0;
  const accepted = telling(undefined, 202);
  const { put } = await start((seen, ordinary) =>
    // Each look is a HEAD and, where it finds nothing, a GET.
    ['HEAD', 'GET'].includes(seen.method) && looks++ < 4 ? { status: 404 } : accepted(seen, ordinary),
  );
  await put();
  expect(looks).toBe(5);
});

test('B2d: a tag that points elsewhere than the plan says is a failure with both digests', async () => {
  const { image, put } = await start(({ method }, ordinary) =>
    method === 'PUT' ? { status: 201 } : ordinary(),
  );
  await expect(put()).rejects.toMatchObject({
    code: 'digestMismatch',
    reason: 'The registry answered 201 and does not have 1.',
  });
  const { put: second, registry } = await start(async ({ method, url }, ordinary) => {
    const answer = await ordinary();
    return method === 'HEAD' && url.endsWith('/1')
      ? { ...answer, headers: { ...answer.headers, 'docker-content-digest': other } }
      : telling()({ method, url } as never, () => Promise.resolve(answer));
  });
  await expect(second()).rejects.toMatchObject({
    code: 'digestMismatch',
    reason: `1 was written as ${image.digest} and is ${other} at the registry.`,
  });
  expect(registry.lines()).not.toEqual([]);
});

test('B2d: a tag that may be written and not read counts by its 201, and by nothing less', async () => {
  const blind =
    (status: number): Oddity =>
    (seen, ordinary) =>
      seen.method === 'PUT' ? telling(undefined, status)(seen, ordinary) : { status: 403 };
  const { put } = await start(blind(201));
  await put();
  const { put: unsure } = await start(blind(202));
  await expect(unsure()).rejects.toMatchObject({ code: 'denied' });
});

test('B2d: an image of a sha512 digest whose tag the registry keeps under sha256 is reported as such', async () => {
  const { image, put, registry } = await start(({ url }, ordinary) =>
    url.includes('?tag=') ? { status: 201 } : ordinary(),
  );
  const long = sha512(image.bytes);
  await expect(put('1', { ...raw(image), digest: long })).rejects.toMatchObject({
    code: 'unsupported',
    reason: `The registry keeps it as ${image.digest} and not as ${long}: nothing finds it by that digest there.`,
  });
  expect(registry.lines()[0]).toBe(`PUT /v2/a/manifests/${long}?tag=1`);
});

test('B2d: a registry that refuses a sha512 digest is known to do so before the tag moves', async () => {
  const { image, put, registry } = await start(({ url }, ordinary) =>
    url.includes('sha512') ? { status: 400, body: { errors: [{ code: 'DIGEST_INVALID' }] } } : ordinary(),
  );
  await expect(put('before', { ...raw(image), digest: sha512(image.bytes) })).rejects.toMatchObject({
    status: 400,
    registryCodes: ['DIGEST_INVALID'],
  });
  const before = await plainRequest(registry.behind, '/v2/a/manifests/before', { method: 'HEAD' });
  expect(before.headers['docker-content-digest']).toBe(image.digest);
  expect(registry.lines()).toHaveLength(1);
});

test('B2d: a registry that tags by `?tag=` keeps a sha512 digest in one request', async () => {
  const { image, put, manifestLines, registry } = await start((_, ordinary) => ordinary());
  const long = sha512(image.bytes);
  await put('1', { ...raw(image), digest: long });
  expect(manifestLines()).toEqual([`PUT /v2/a/manifests/${long}?tag=1`]);
  const tag = await plainRequest(registry.behind, '/v2/a/manifests/1', { method: 'HEAD' });
  expect(tag.headers['docker-content-digest']).toBe(long);
});
