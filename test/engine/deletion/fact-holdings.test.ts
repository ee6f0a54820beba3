import { expect, test } from 'vitest';
import { childLooks, holdingsByFacts } from '../../../src-main/engine/deletion/fact-holdings.ts';
import {
  clientReader,
  factsOf,
  type ManifestFacts,
  type ManifestReader,
  type RegistryClient,
} from '../../../src-main/engine/index.ts';
import { placeholderFor } from '../../../src-main/engine/model/placeholder.ts';
import { makeImage, makeMultiPlatform, type TestManifest } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { plainRequest, push } from '../../support/push.ts';
import { planDeletion } from '../../support/registry.ts';
import { clientOf } from '../../support/server.ts';

/** Reads from the registry and knows these facts; records what was read. */
function knowing(client: RegistryClient, facts: readonly ManifestFacts[]) {
  const read: string[] = [];
  const base = clientReader(client);
  const reader: ManifestReader = {
    ...base,
    get: (repository, reference, signal) => {
      read.push(reference);
      return base.get(repository, reference, signal);
    },
    facts: async (digests) => facts.filter(({ digest }) => digests.includes(digest)),
  };
  return { reader, read };
}

const factsIn = (manifest: TestManifest): ManifestFacts[] => [
  factsOf(manifest),
  ...manifest.children.flatMap(factsIn),
];

test('more manifests than are asked about at once are all found by their facts', async () => {
  const registry = await startTestRegistry();
  const manifests: TestManifest[] = [];
  for (let number = 0; number < 60; number++)
    manifests.push(await makeImage({ name: `i${number}`, layers: { base: 512 } }));
  for (const [number, manifest] of manifests.entries()) await push(manifest, registry, 'a', `t${number}`);
  const index = await makeMultiPlatform();
  await push(index, registry, 'a', 'index');
  const client = clientOf(registry);
  const { reader, read } = knowing(client, [...manifests, index].flatMap(factsIn));
  const tags = ['index', 't1', 't59'];
  const plan = await planDeletion(client, reader, 'a', { tags });
  expect(read).toEqual([]);
  const { looked: _, ...wanted } = await planDeletion(client, clientReader(client), 'a', { tags });
  expect(plan).toMatchObject(wanted);
});

test.each<[string, (facts: ManifestFacts) => ManifestFacts[]]>([
  ['are not known', () => []],
  ['are of another kind of document', (facts) => [{ ...facts, mediaType: 'application/vnd.other+json' }]],
  ['say that it could not be read', (facts) => [{ ...facts, unreadable: 'odd' }]],
  ['name nothing, as those of a placeholder do', (facts) => [{ ...facts, blobs: [] }]],
])('a manifest is read where its facts %s', async (_, change) => {
  const registry = await startTestRegistry();
  const image = await makeImage();
  await push(image, registry, 'a', 'one');
  const client = clientOf(registry);
  const { reader, read } = knowing(client, change(factsOf(image)));
  const plan = await planDeletion(client, reader, 'a', { tags: ['one'] });
  expect(read).toEqual([image.digest]);
  expect(plan.bytesFreed).toBeGreaterThan(image.bytes.length);
});

test('a placeholder that a deletion left is recognised by its bytes, whatever facts are known', async () => {
  const registry = await startTestRegistry({ limits: { deleteByTag: false } });
  const image = await makeImage();
  await push(image, registry, 'a', 'whole');
  const { manifest, configBytes, config } = placeholderFor(image.digest, 'an id');
  const stand = {
    ...manifest,
    bytes: Buffer.from(manifest.bytes),
    blobs: [{ ...config, bytes: Buffer.from(configBytes) }],
    children: [],
  };
  await push(stand, registry, 'a', 'left');
  const client = clientOf(registry);
  const { reader, read } = knowing(client, [image, stand].flatMap(factsIn));
  const plan = await planDeletion(client, reader, 'a', { tags: ['left'] });
  expect(read).toEqual([manifest.digest]);
  expect(plan.tagsAlone).toMatchObject([{ tag: 'left' }]);
  expect(plan.manifests).toEqual([]);
});

test('a child that is gone from the repository is no part of an index, whatever facts are known', async () => {
  const registry = await startTestRegistry();
  const index = await makeMultiPlatform();
  await push(index, registry, 'a', 'all');
  const client = clientOf(registry);
  const { reader } = knowing(client, factsIn(index));
  const before = await planDeletion(client, reader, 'a', { tags: ['all'] });
  const gone = `/v2/a/manifests/${index.children[0]?.digest}`;
  expect((await plainRequest(registry, gone, { method: 'DELETE' })).status).toBe(202);
  const after = await planDeletion(client, reader, 'a', { tags: ['all'] });
  expect(after.bytesInChildren).toBeLessThan(before.bytesInChildren);
});

test('children are asked for as far as a plan may ask; of those beyond, their index counts, and what it holds is an estimate', async () => {
  const index = await makeMultiPlatform();
  const facts = factsIn(index);
  const asked: string[] = [];
  const holdings = async (left: number) => {
    asked.splice(0);
    const reader = { facts: async () => facts } as unknown as ManifestReader;
    const servedAs = async (digest: string) => {
      asked.push(digest);
      return facts.find((one) => one.digest === digest)?.mediaType ?? '';
    };
    const found = await holdingsByFacts(reader, [index.digest], servedAs, { left }, undefined);
    return found.get(index.digest);
  };
  const exact = await holdings(index.children.length);
  expect(asked).toHaveLength(1 + index.children.length);
  expect(exact?.estimated).toBeUndefined();
  const estimated = await holdings(1);
  expect(asked).toHaveLength(2);
  expect(estimated).toEqual({ ...exact, estimated: true });
  expect(childLooks(3_000).left).toBe(600);
});
