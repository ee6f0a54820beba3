import path from 'node:path';
import { expect, test } from 'vitest';
import { ContentCache, openDatabase } from '../../../src-main/data/index.ts';
import {
  type ManifestReader,
  type RawManifest,
  RegistryError,
  summarize,
} from '../../../src-main/engine/index.ts';
import { CachedReader } from '../../../src-main/services/registries/cached-reader.ts';
import { whenFinished } from '../../support/cleanup.ts';
import {
  amd64,
  arm64,
  descriptor,
  makeImage,
  makeIndex,
  mediaTypes,
  type TestBlob,
} from '../../support/images.ts';
import { makeSchema1 } from '../../support/schema1.ts';
import { temporaryFolder } from '../../support/temporary.ts';

async function openCache() {
  const { database, cache } = await openDatabase(path.join(await temporaryFolder(), 'wharfinger.db'));
  whenFinished(() => {
    database.close();
    cache.close();
  });
  return { database, content: new ContentCache(cache) };
}

/** A registry with these manifests, under the media types given, and a list of what it was asked. */
function registryOf(manifests: readonly RawManifest[], blobs: readonly TestBlob[] = []) {
  const asked: string[] = [];
  const find = (digest: string): RawManifest => {
    const found = manifests.find((manifest) => manifest.digest === digest);
    if (!found) throw new RegistryError('notFound', '');
    return found;
  };
  const reader: ManifestReader = {
    head: async (repository, digest) => {
      asked.push(`HEAD ${repository}`);
      const { mediaType, bytes } = find(digest);
      return { digest, mediaType, size: bytes.byteLength };
    },
    get: async (repository, digest) => {
      asked.push(`GET ${repository}`);
      return find(digest);
    },
    blob: async (repository, { digest }) => {
      asked.push(`BLOB ${repository}`);
      const found = blobs.find((blob) => blob.digest === digest);
      if (!found) throw new RegistryError('notFound', '');
      return found.bytes;
    },
  };
  return { reader, asked };
}

const image = await makeImage();
const [config] = image.blobs;
if (!config) throw new Error('an image has a config');

test('S1: one changed byte in the cache is found, and the content is fetched again', async () => {
  const { database, content } = await openCache();
  const { reader, asked } = registryOf([image], image.blobs);
  const cached = new CachedReader(reader, 'https://one.test', content);
  const read = async () => [
    Buffer.from((await cached.get('a', image.digest)).bytes),
    Buffer.from(await cached.blob('a', descriptor(config))),
  ];
  expect(await read()).toEqual([image.bytes, config.bytes]);
  expect(await read()).toEqual([image.bytes, config.bytes]);
  expect(asked).toEqual(['GET a', 'BLOB a']);
  content.write();
  database.run("UPDATE content SET bytes = CAST(replace(CAST(bytes AS TEXT), '2', '3') AS BLOB)");
  expect(await read()).toEqual([image.bytes, config.bytes]);
  expect(asked).toEqual(['GET a', 'BLOB a', 'GET a', 'BLOB a']);
  expect(await read()).toEqual([image.bytes, config.bytes]);
  expect(asked).toHaveLength(4);
});

test('S1: the media type that one registry reports is not believed of another', async () => {
  const { content } = await openCache();
  const { digest, bytes } = image;
  const lying = registryOf([{ digest, bytes, mediaType: mediaTypes.oci.index }]);
  const first = new CachedReader(lying.reader, 'https://lying.test', content);
  expect((await first.get('a', digest)).mediaType).toBe(mediaTypes.oci.index);
  const honest = registryOf([image]);
  const second = new CachedReader(honest.reader, 'https://honest.test', content);
  for (let time = 0; time < 2; time++)
    expect((await second.get('a', digest)).mediaType).toBe(mediaTypes.oci.manifest);
  expect(honest.asked).toEqual(['HEAD a']);
  expect((await first.get('a', digest)).mediaType).toBe(mediaTypes.oci.index);
});

test('S1: bytes that a digest vouches for in part are shared with no one', async () => {
  const { content } = await openCache();
  const old = makeSchema1('a', '1');
  const { reader, asked } = registryOf([old]);
  const cached = new CachedReader(reader, 'https://one.test', content);
  for (let time = 0; time < 2; time++) expect((await cached.get('a', old.digest)).bytes).toEqual(old.bytes);
  expect(asked).toEqual(['GET a', 'GET a']);
});

test('B2d: what one repository holds says nothing of another: it is asked by a HEAD, once', async () => {
  const { content } = await openCache();
  const full = new CachedReader(registryOf([image]).reader, 'https://full.test', content);
  await full.get('a', image.digest);
  const without = registryOf([]);
  const sparse = new CachedReader(without.reader, 'https://sparse.test', content);
  await expect(sparse.get('a', image.digest)).rejects.toMatchObject({ code: 'notFound' });
  expect(without.asked).toEqual(['HEAD a']);
  const has = registryOf([image]);
  const other = new CachedReader(has.reader, 'https://other.test', content);
  for (let time = 0; time < 2; time++)
    expect(Buffer.from((await other.get('a', image.digest)).bytes)).toEqual(image.bytes);
  await other.get('b', image.digest);
  // Just looked at: not asked about again.
  await other.head('c', image.digest);
  await other.get('c', image.digest);
  expect(has.asked).toEqual(['HEAD a', 'HEAD b', 'HEAD c']);
});

test('S3: what was read whole is not read again, in that repository; what has gaps is', async () => {
  const { content } = await openCache();
  const [one, two] = [image, await makeImage({ platform: arm64 })];
  const index = makeIndex([
    { manifest: one, platform: amd64 },
    { manifest: two, platform: arm64 },
  ]);
  const blobs = [...one.blobs, ...two.blobs];
  const sparse = registryOf([index, one], blobs);
  const whole = registryOf([index, one, two], blobs);
  const line = async ({ reader }: typeof sparse, origin: string) => {
    const cached = new CachedReader(reader, origin, content);
    const summary = await summarize(cached, 'a', await cached.head('a', index.digest));
    content.write();
    return summary;
  };
  const partly = await line(sparse, 'https://sparse.test');
  const first = await line(whole, 'https://whole.test');
  expect(first.size).toBeGreaterThan(partly.size);
  expect(await line(sparse, 'https://sparse.test')).toEqual(partly);
  whole.asked.length = 0;
  expect(await line(whole, 'https://whole.test')).toEqual(first);
  expect(whole.asked).toEqual(['HEAD a']);
});
