import { expect, test } from 'vitest';
import type { Doomed } from '../../../src-main/engine/deletion/doomed.ts';
import type { Contents } from '../../../src-main/engine/deletion/holdings.ts';
import { inOrder } from '../../../src-main/engine/deletion/order.ts';

const doomed = (digest: string, ...referrers: string[]): Doomed => ({
  digest,
  tags: [],
  indexes: [],
  referrers: referrers.map((one) => ({ digest: one, artifactType: 'a/b' })),
  attachedTags: [],
});

const containing = (of: Readonly<Record<string, readonly string[]>>): Contents =>
  new Map(
    Object.entries(of).map(([digest, contained]) => [
      digest,
      { contained: new Set(contained), parts: new Map(), replacedBy: undefined },
    ]),
  );

test('referrers go right before what they are attached to, indexes before what they contain', () => {
  const all = [
    doomed('image', 'signature'),
    doomed('index', 'sbom'),
    doomed('signature'),
    doomed('sbom', 'signature of the sbom'),
    doomed('signature of the sbom'),
    doomed('apart'),
  ];
  const contents = containing({ index: ['image', 'kept'] });
  const ordered = inOrder(all, contents, { byRegistry: false });
  expect(ordered.map(({ digest, after }) => [digest, after])).toEqual([
    ['signature of the sbom', []],
    ['sbom', ['signature of the sbom']],
    ['index', ['sbom']],
    ['signature', []],
    ['image', ['index', 'signature']],
    ['apart', []],
  ]);
});

test('where the registry takes what is attached along, its subject is first', () => {
  const ordered = inOrder([doomed('signature'), doomed('image', 'signature')], containing({}), {
    byRegistry: true,
  });
  expect(ordered.map(({ digest }) => digest)).toEqual(['image', 'signature']);
});

test('tags of cosign that are about each other are no endless way', () => {
  const ordered = inOrder([doomed('a', 'b'), doomed('b', 'a')], containing({}), { byRegistry: false });
  expect(ordered.map(({ digest }) => digest).sort()).toEqual(['a', 'b']);
});
