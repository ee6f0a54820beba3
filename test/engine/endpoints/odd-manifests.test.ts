import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import {
  clientReader,
  describe,
  getManifest,
  headManifest,
  headOfNamed,
  listTags,
  putManifest,
} from '../../../src-main/engine/index.ts';
import { makeImage, sha256 } from '../../support/images.ts';
import { startOddRegistry } from '../../support/odd-registry.ts';
import { push } from '../../support/push.ts';
import { clientOf, collect, failureOf, startServer } from '../../support/server.ts';

const image = await makeImage();
const head = { digest: image.digest, mediaType: image.mediaType, size: image.bytes.length };
const isManifest = (url: string): boolean => url.includes('/manifests/');

/** One whose replies about manifests have this header, which holds `image` as `a:1`. */
async function withHeader(name: string, value: string) {
  const registry = await startOddRegistry(async (seen, ordinary) => {
    const answer = await ordinary();
    return isManifest(seen.url) && answer.status === 200
      ? { ...answer, headers: { ...answer.headers, [name]: value } }
      : answer;
  });
  await push(image, registry.behind, 'a', '1');
  return clientOf(registry);
}

test.each([
  ['an empty one', ''],
  ['one in quotes', `"${image.digest}"`],
  ['one in capitals', image.digest.toUpperCase()],
  ['one of an unknown kind', `md5:${'0'.repeat(32)}`],
])('B1: a digest header that is odd (%s) costs nothing', async (_, value) => {
  const client = await withHeader('docker-content-digest', value);
  expect(await headManifest(client, 'a', '1')).toEqual(head);
  expect(await getManifest(client, 'a', '1')).toMatchObject({ digest: image.digest });
});

test('B1: a quoted digest of other content is still a mismatch', async () => {
  const client = await withHeader('docker-content-digest', `"${sha256('other')}"`);
  expect(await failureOf(getManifest(client, 'a', '1'))).toMatchObject({ code: 'digestMismatch' });
});

test.each(['binary/octet-stream', 'application/xml', 'text/html', 'text/plain; charset=utf-8', ''])(
  'B1: where the content type (%j) says nothing, the manifest does',
  async (type) => {
    const client = await withHeader('content-type', type);
    expect(await headManifest(client, 'a', '1')).toEqual(head);
    expect(await getManifest(client, 'a', '1')).toMatchObject({ mediaType: image.mediaType });
  },
);

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['gzip', (bytes: Buffer) => bytes],
])(
  'B1: %s that was not asked for is undone, for lists, errors and manifests (%#)',
  async (encoding, encode) => {
    const asked: unknown[] = [];
    const registry = await startOddRegistry(async (seen, ordinary) => {
      const { body = '', ...answer } = await ordinary();
      asked.push(seen.headers['accept-encoding']);
      if (seen.method === 'HEAD')
        return { ...answer, headers: { ...answer.headers, 'content-encoding': encoding } };
      return {
        ...answer,
        headers: { ...answer.headers, 'content-encoding': encoding },
        body: encode(body as Buffer),
      };
    });
    await push(image, registry.behind, 'a', '1');
    const client = clientOf(registry);
    expect(await collect(listTags(client, 'a'))).toEqual(['1']);
    expect(await headManifest(client, 'a', '1')).toEqual(head);
    expect(Buffer.from((await getManifest(client, 'a', image.digest)).bytes)).toEqual(image.bytes);
    expect(await failureOf(getManifest(client, 'a', '2'))).toMatchObject({
      registryCodes: ['MANIFEST_UNKNOWN'],
    });
    expect(new Set(asked)).toEqual(new Set(['identity']));
  },
);

test('B1: what grows without bound as it is decoded is too large', async () => {
  const body = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20));
  const registry = await startServer({
    'GET /v2/a/tags/list': { headers: { 'content-encoding': 'gzip' }, body },
    'GET /v2/a/manifests/1': { headers: { 'content-encoding': 'gzip' }, body },
  });
  const client = clientOf(registry);
  expect(await failureOf(collect(listTags(client, 'a')))).toMatchObject({ code: 'tooLarge' });
  expect(await failureOf(getManifest(client, 'a', '1'))).toMatchObject({ code: 'tooLarge' });
});

test('B1: errors that come with a good status are no manifest', async () => {
  const body = { errors: [{ code: 'MANIFEST_UNKNOWN', message: 'gone' }] };
  const registry = await startServer({ 'GET /v2/a/manifests/1': { body } });
  expect(await failureOf(getManifest(clientOf(registry), 'a', '1'))).toMatchObject({
    code: 'notFound',
    reason: 'gone',
  });
});

test.each([400, 401, 403, 405, 406, 410, 501])(
  'B2: where a HEAD is answered with %i, a GET decides',
  async (status) => {
    const registry = await startOddRegistry((seen, ordinary) =>
      seen.method === 'HEAD' && isManifest(seen.url) ? { status } : ordinary(),
    );
    await push(image, registry.behind, 'a', '1');
    expect(await headManifest(clientOf(registry), 'a', '1')).toEqual(head);
    expect(await failureOf(headManifest(clientOf(registry), 'a', '2'))).toMatchObject({ code: 'notFound' });
  },
);

test('B2: a 404 to the HEAD of a tag that a list has just named is looked into, once a HEAD worked no more', async () => {
  const gone = { status: 404 };
  const broken = await startOddRegistry((seen, ordinary) =>
    seen.method === 'HEAD' && isManifest(seen.url) ? gone : ordinary(),
  );
  await push(image, broken.behind, 'a', '1');
  const client = clientOf(broken);
  await collect(listTags(client, 'a'));
  expect(await headManifest(client, 'a', '1')).toEqual(head);

  const good = await startOddRegistry((_, ordinary) => ordinary());
  await push(image, good.behind, 'a', '1');
  const other = clientOf(good);
  await collect(listTags(other, 'a'));
  await headManifest(other, 'a', '1');
  await failureOf(headManifest(other, 'a', '2'));
  expect(good.lines().slice(1)).toEqual(['HEAD /v2/a/manifests/1', 'HEAD /v2/a/manifests/2']);
});

test('B2: so is a 404 to the HEAD of what a user names', async () => {
  const registry = await startOddRegistry((seen, ordinary) =>
    seen.method === 'HEAD' && isManifest(seen.url) ? { status: 404 } : ordinary(),
  );
  await push(image, registry.behind, 'a', '1');
  const reader = clientReader(clientOf(registry));
  expect(await headOfNamed(reader, 'a', '1')).toEqual(head);
  expect((await describe(reader, 'a', '1')).digest).toBe(image.digest);
  expect(await failureOf(headOfNamed(reader, 'a', '2'))).toMatchObject({
    code: 'notFound',
    registryCodes: ['MANIFEST_UNKNOWN'],
  });
});

test('B2: and of what has just been written, where its reply does not report the digest', async () => {
  const registry = await startOddRegistry(async (seen, ordinary) => {
    if (!isManifest(seen.url)) return ordinary();
    if (seen.method === 'HEAD') return { status: 404 };
    return seen.method === 'PUT' ? { status: (await ordinary()).status ?? 0 } : ordinary();
  });
  await push(image, registry.behind, 'a', '1');
  await putManifest(clientOf(registry), 'a', '2', image);
  expect(registry.lines()).toEqual(['PUT', 'HEAD', 'GET'].map((method) => `${method} /v2/a/manifests/2`));
});
