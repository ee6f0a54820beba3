import { expect, test } from 'vitest';
import { ROW_FILTERS, rowsOf } from '../../../src-renderer/deletion/rows.ts';

const signature = {
  digest: 'sha256:sig',
  artifactType: 'application/vnd.example.sig',
  kind: 'signature',
} as const;
const bytes = { size: 10, own: 4, atMost: false };

const summary: Parameters<typeof rowsOf>[0] = {
  manifests: [
    {
      digest: 'sha256:a',
      tags: ['1.0', 'latest'],
      indexes: [{ digest: 'sha256:i', tags: ['multi'] }],
      referrers: [signature],
      bytes,
      untagged: [],
    },
    { digest: 'sha256:sig', tags: [], indexes: [], referrers: [], untagged: [] },
  ],
  tagsAlone: [
    { tag: 'b1', digest: 'sha256:b', siblings: ['stable'] },
    { tag: 'b2', digest: 'sha256:b', siblings: ['stable'] },
    { tag: 'c', digest: 'sha256:c', siblings: [] },
  ],
  alsoRemoved: ['latest'],
};

test('each image is one row: what was chosen of it, what goes along, what stays, what it is attached to', () => {
  expect(rowsOf(summary)).toMatchObject([
    {
      digest: 'sha256:a',
      isGone: true,
      tags: ['1.0'],
      along: ['latest'],
      stays: [],
      bytes,
      attached: [signature],
    },
    { digest: 'sha256:sig', isGone: true, tags: [], attachedTo: 'sha256:a', bytes: undefined },
    { digest: 'sha256:b', isGone: false, tags: ['b1', 'b2'], along: [], stays: ['stable'] },
    { digest: 'sha256:c', isGone: false, tags: ['c'], stays: [] },
  ]);
});

test('each filter leaves the rows that it names', () => {
  const left = Object.entries(ROW_FILTERS).map(([name, takes]) => [
    name,
    rowsOf(summary)
      .filter(takes)
      .map(({ digest }) => digest.slice(7)),
  ]);
  expect(Object.fromEntries(left)).toEqual({
    images: ['a', 'sig'],
    tags: ['b', 'c'],
    along: ['a'],
    breaks: ['a'],
    attached: ['a'],
  });
});
