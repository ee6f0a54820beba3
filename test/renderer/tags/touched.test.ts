import { expect, test } from 'vitest';
import type { KnownTag } from '../../../src-renderer/tags/known-tag.ts';
import { touchedBy } from '../../../src-renderer/tags/touched.ts';

const row = (name: string, digest?: string): KnownTag => ({
  name,
  ...(digest !== undefined && {
    details: {
      digest,
      mediaType: '',
      kind: 'image' as const,
      size: 1,
      platforms: [],
      attested: false,
    },
  }),
});

test('images are counted once, other tags on them are named, and what is not known is counted', () => {
  const rows = [
    row('1.0', 'a'),
    row('1', 'a'),
    row('latest', 'a'),
    row('2.0', 'b'),
    row('new'),
    row('newer'),
  ];
  expect(touchedBy(rows, new Set(['1.0', '1', '2.0', 'new']))).toEqual({
    images: 2,
    unread: 1,
    others: ['latest'],
    unknown: 2,
  });
});
