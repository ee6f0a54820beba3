import { expect, test } from 'vitest';
import { type ManifestFacts, type ScanNotes, Scanner } from '../../../src-main/engine/index.ts';
import type { ListedArtifact } from '../../../src-main/engine/product/abilities.ts';
import { automatic } from '../../../src-main/engine/product/collection.ts';
import type { Product } from '../../../src-main/engine/product/product.ts';
import { Identification } from '../../../src-main/engine/registry/registry.ts';
import { descriptor, makeArtifact, makeImage, makeMultiPlatform, mediaTypes } from '../../support/images.ts';
import { registryOf } from '../../support/registry.ts';
import { type Answer, clientOf, startServer } from '../../support/server.ts';

test('manifests of which each is listed as attached to all others are read once each', async () => {
  const artifacts = Array.from({ length: 12 }, (_, at) => makeArtifact({ content: Buffer.from(`${at}`) }));
  const answer = (body: Buffer | string, type: string): Answer => ({
    headers: { 'content-type': type },
    body,
  });
  const all = JSON.stringify({
    schemaVersion: 2,
    mediaType: mediaTypes.oci.index,
    manifests: artifacts.map((artifact) => descriptor(artifact)),
  });
  const routes: Record<string, Answer> = {
    'GET /v2/': { body: '{}' },
    'GET /v2/a/tags/list': answer('{"name":"a","tags":["v1"]}', 'application/json'),
  };
  for (const { digest, bytes, mediaType } of artifacts) {
    routes[`GET /v2/a/manifests/${digest}`] = answer(bytes, mediaType);
    routes['GET /v2/a/manifests/v1'] = answer(bytes, mediaType);
    routes[`GET /v2/a/referrers/${digest}`] = answer(all, mediaTypes.oci.index);
  }
  const server = await startServer(routes);
  const read: string[] = [];
  const notes: ScanNotes = {
    asked: () => undefined,
    received: () => undefined,
    names: async () => undefined,
    listed: async () => undefined,
    tag: async () => undefined,
    known: () => undefined,
    unchanged: async () => undefined,
    manifest: async ({ digest }: ManifestFacts) => void read.push(digest),
    config: async () => undefined,
    configFailed: async () => undefined,
    missing: async () => undefined,
    failed: async (_, error) => {
      throw error;
    },
  };
  const known = { tags: async () => new Map(), unread: async () => [], undated: async () => [] };
  const { signal } = new AbortController();
  const scanner = new Scanner(await registryOf(clientOf(server)), {
    ...{ concurrency: 4, readManifests: true, dates: false, signal },
  });
  expect(await scanner.repository({ name: 'a', known, notes })).toBe(true);
  expect(new Set(read)).toEqual(new Set(artifacts.map(({ digest }) => digest)));
  // The tag's own may come again below itself.
  expect(read.length).toBeLessThanOrEqual(artifacts.length + 1);
});

test('a tag that was looked at since the scan began is not asked for, and not noted as looked at once more', async () => {
  const server = await startServer({
    'GET /v2/': { body: '{}' },
    'GET /v2/a/tags/list': {
      body: '{"name":"a","tags":["v1"]}',
      headers: { 'content-type': 'application/json' },
    },
  });
  const noted: string[] = [];
  const notes = new Proxy({} as ScanNotes, {
    get: (_, name) => (name === 'known' ? () => noted.push('known') : async () => noted.push(String(name))),
  });
  const known = {
    tags: async () => new Map([['v1', { digest: `sha256:${'a'.repeat(64)}`, fresh: true }]]),
    unread: async () => [],
    undated: async () => [],
  };
  const { signal } = new AbortController();
  const scanner = new Scanner(await registryOf(clientOf(server)), {
    ...{ concurrency: 4, readManifests: true, dates: false, signal },
  });
  expect(await scanner.repository({ name: 'a', known, notes })).toBe(true);
  expect(noted).toEqual(['asked', 'names', 'known']);
});

/** A product with a list of its own or none, which counts what is read or does not. */
async function productWith({ counts, lists }: { counts: boolean; lists: boolean }) {
  const [image, index] = [await makeImage(), await makeMultiPlatform()];
  const routes: Record<string, Answer> = {
    'GET /v2/': { headers: { 'x-dummy': '1' }, body: {} },
    'GET /v2/a/tags/list': { body: { name: 'a', tags: ['image', 'index'] } },
    'GET /dummy/a': {},
  };
  const serve = (
    { digest, mediaType, bytes }: Pick<typeof image, 'digest' | 'mediaType' | 'bytes'>,
    tag?: string,
  ) => {
    const headers = { 'content-type': mediaType, 'docker-content-digest': digest };
    for (const reference of tag === undefined ? [digest] : [digest, tag]) {
      routes[`GET /v2/a/manifests/${reference}`] = { headers, body: bytes };
      routes[`HEAD /v2/a/manifests/${reference}`] = { headers };
    }
  };
  serve(image, 'image');
  serve(index, 'index');
  for (const child of index.children) serve(child);
  const server = await startServer(routes);
  const dummy: Product = {
    id: 'dummy',
    recognise: ({ header }) => (header('x-dummy') === undefined ? undefined : { by: 'header' }),
    facts: {
      ...{ lists: 'no', deletes: 'no', deletesTagAlone: 'no', referrers: 'no' },
      garbageCollection: automatic(),
      ...(counts && { countsPulls: true }),
    },
    abilities: (client) =>
      lists
        ? {
            artifacts: {
              async *list() {
                const reply = await client.request({ method: 'GET', url: '/dummy/a', expect: [200] });
                await reply.dump();
                yield [image, index].map(
                  ({ digest, mediaType }): ListedArtifact => ({
                    ...{ digest, mediaType, size: 1 },
                    tags: [digest === image.digest ? 'image' : 'index'],
                  }),
                );
              },
              find: () => Promise.reject(new Error('Nobody asks for one.')),
            },
          }
        : {},
  };
  const registry = await new Identification(clientOf(server), { products: [dummy] }).registry();
  const tags = new Map<string, string>();
  const facts = new Map<string, ManifestFacts>();
  const notes: ScanNotes = {
    asked: () => undefined,
    received: () => undefined,
    names: async () => undefined,
    listed: async () => undefined,
    tag: async (name, digest) => void tags.set(name, digest),
    known: () => undefined,
    unchanged: async () => undefined,
    manifest: async (read) => void facts.set(read.digest, read),
    config: async () => undefined,
    configFailed: async () => undefined,
    missing: async () => undefined,
    failed: async (_, error) => {
      throw error;
    },
  };
  const known = {
    tags: async () => new Map(),
    unread: async () =>
      [
        ...tags.values(),
        ...[...facts.values()].flatMap(({ children }) => children.map((each) => each.digest)),
      ].filter((digest) => !facts.has(digest)),
    undated: async () => [],
  };
  const scan = async (readManifests: boolean): Promise<Record<'GET' | 'HEAD', number>> => {
    const before = server.lines().length;
    const scanner = new Scanner(registry, {
      ...{ concurrency: 4, readManifests, dates: false, signal: new AbortController().signal },
    });
    expect(await scanner.repository({ name: 'a', known, notes })).toBe(true);
    expect(tags).toEqual(
      new Map([
        ['image', image.digest],
        ['index', index.digest],
      ]),
    );
    const asked = server.lines().slice(before);
    const count = (method: string) =>
      asked.filter((line) => line.startsWith(`${method} /v2/a/manifests/`)).length;
    return { GET: count('GET'), HEAD: count('HEAD') };
  };
  return { scan, manifests: 2 + index.children.length };
}

test.each([
  ['lists and counts: nothing is read before that is asked for', { counts: true, lists: true }, 0],
  ['counts and has no list: tags cost a HEAD each', { counts: true, lists: false }, 2],
])('where a product %s; then each manifest once', async (_, product, heads) => {
  const { scan, manifests } = await productWith(product);
  expect(await scan(false)).toEqual({ GET: 0, HEAD: heads });
  expect(await scan(true)).toEqual({ GET: manifests, HEAD: heads });
});

test('where a product lists and counts nothing, manifests are read at once', async () => {
  const { scan, manifests } = await productWith({ counts: false, lists: true });
  expect(await scan(false)).toEqual({ GET: manifests, HEAD: 0 });
});
