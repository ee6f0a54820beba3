import { expect, test } from 'vitest';
import type { ManifestFacts } from '../../../src-main/common/facts.ts';
import { mediaTypes } from '../../support/images.ts';
import { emptyInventory, imageFacts } from '../../support/inventory.ts';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

const withConfig = (facts: ManifestFacts, config: string): ManifestFacts => ({
  ...facts,
  blobs: [
    { digest: config, size: 3, mediaType: 'application/vnd.oci.image.config.v1+json', role: 'config' },
    ...facts.blobs,
  ],
});

const indexOf = (own: string, ...children: readonly string[]): ManifestFacts => ({
  ...imageFacts(own, {}),
  mediaType: 'application/vnd.oci.image.index.v1+json',
  kind: 'index',
  children: children.map((child) => ({
    digest: child,
    size: 7,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
  })),
});

test('a tag has what rules ask of it: dates, and all manifests below it with their configs', async () => {
  const inventory = await emptyInventory();
  const image = {
    ...withConfig(imageFacts(digest('a'), { [digest('1')]: 10 }), digest('c')),
    created: '2026-01-02T00:00:00Z',
  };
  await inventory.manifests('r', 'app', [image, indexOf(digest('b'), digest('a'))], 5);
  await inventory.tags('r', 'app', [{ name: 'v1', digest: digest('b') }, { name: 'new' }], 7);
  expect(await inventory.candidates('r', 'app')).toEqual({
    tags: [
      {
        name: 'v1',
        looked: 7,
        mediaType: mediaTypes.oci.index,
        digest: digest('b'),
        size: 27,
        created: '2026-01-02T00:00:00Z',
        holds: [digest('a'), digest('c')],
      },
    ],
    untagged: [],
    unseen: ['new'],
    asOf: 7,
  });
  expect(await inventory.candidates('r', 'other')).toEqual({ tags: [], untagged: [], unseen: [] });
});

test('what a product lists has when it was pushed and pulled there; what it holds is not known', async () => {
  const inventory = await emptyInventory();
  const listed = {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    kind: 'image' as const,
    size: 50,
    platforms: [],
    attested: false,
  };
  const artifacts = [
    { ...listed, digest: digest('a'), pushed: '2026-02-03T00:00:00Z', pulled: null },
    { ...listed, digest: digest('b'), pushed: '2026-02-04T00:00:00Z', pulled: '2026-02-05T00:00:00Z' },
  ];
  await inventory.listed('r', 'app', artifacts, 5);
  await inventory.tags('r', 'app', [{ name: 'v1', digest: digest('a') }], 5);
  const { tags, untagged } = await inventory.candidates('r', 'app');
  expect(tags).toEqual([
    {
      ...{ name: 'v1', looked: 5, mediaType: mediaTypes.oci.manifest, digest: digest('a'), size: 50 },
      ...{ pushed: '2026-02-03T00:00:00Z', pulled: null },
    },
  ]);
  expect(untagged).toMatchObject([{ digest: digest('b'), pulled: '2026-02-05T00:00:00Z' }]);
});

test('a manifest that a tag, an index or a subject needs has no place among those without a tag', async () => {
  const inventory = await emptyInventory();
  const referrer = { ...imageFacts(digest('e'), {}), subject: digest('a') };
  const orphan = { ...imageFacts(digest('f'), {}), subject: digest('9') };
  const facts = [imageFacts(digest('a'), {}), indexOf(digest('b'), digest('a')), referrer, orphan];
  await inventory.manifests('r', 'app', facts, 5);
  await inventory.tags('r', 'app', [{ name: 'v1', digest: digest('b') }], 5);
  const untagged = async () =>
    (await inventory.candidates('r', 'app')).untagged.map((one) => [one.digest, one.subject]);
  expect(await untagged()).toEqual([[digest('f'), digest('9')]]);
  await inventory.removeTags('r', 'app', ['v1']);
  expect((await untagged()).map(([one]) => one).sort()).toEqual(
    [digest('a'), digest('b'), digest('e'), digest('f')].sort(),
  );
});

test('what becomes free counts manifests that go by their digests as those do that lose their tags', async () => {
  const inventory = await emptyInventory();
  const image = imageFacts(digest('a'), { [digest('1')]: 100 });
  const lone = imageFacts(digest('b'), { [digest('1')]: 100, [digest('2')]: 1_000 });
  await inventory.manifests('r', 'app', [image, lone, indexOf(digest('c'), digest('a'))], 5);
  await inventory.tags('r', 'app', [{ name: 'v1', digest: digest('c') }], 5);
  await inventory.candidates('r', 'app');
  const freed = (manifests: readonly string[]) =>
    inventory.ask('freed', {
      registry: 'r',
      tags: [{ repository: 'app', tag: 'v1' }],
      manifests: manifests.map((one) => ({ repository: 'app', digest: one })),
    });
  expect(await freed([digest('c')])).toMatchObject({ bytes: 114, untaggedBytes: 107 });
  expect(await freed([digest('c'), digest('a')])).toMatchObject({ bytes: 114, untaggedBytes: 0 });
  // Nothing needs it: how much of it something else like it holds is not known.
  expect(await freed([digest('c'), digest('b')])).toMatchObject({ bytes: 1_121, atMost: true });
});
