import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { MergedTree } from '../../../src-main/engine/layers/merged.ts';
import { walkLayer } from '../../../src-main/engine/layers/walk.ts';
import { seededBytes, sha256 } from '../../support/images.ts';
import { opened, type RawEntry, rawTar, treeOf, walked } from '../../support/layers.ts';

const GOOD: readonly RawEntry[] = [{ name: 'good', content: 'good' }];

describe('bombs', () => {
  const zeros = rawTar([{ name: 'zeros', content: Buffer.alloc(20_000_000) }]);
  const limits = { total: 2 ** 40, ratio: 200, free: 1_000_000 };

  test.each([
    ['gzip', gzipSync(zeros)],
    ['zstd', zstdCompressSync(zeros)],
  ])(
    '%s that makes too much of little is not unpacked any further, and the numbers are said',
    async (_, bytes) => {
      const failure = await walked(bytes, { limits }).catch((error: unknown) => error);
      expect(failure).toMatchObject({
        code: 'tooLarge',
        reason: expect.stringMatching(/^sha256:.* bytes come out of \d+, more than 200 times as many/),
      });
      expect(Number(/: (\d+) bytes/.exec(String(Object(failure).reason))?.[1])).toBeLessThan(5_000_000);
    },
  );

  test('what is small is unpacked in whatever ratio, and of what is large no more than there may be', async () => {
    expect((await walked(gzipSync(zeros))).bytes).toBe(zeros.byteLength);
    await expect(walked(zeros, { limits: { ...limits, total: 5_000_000 } })).rejects.toMatchObject({
      code: 'tooLarge',
      reason: expect.stringContaining('more than 5000000 bytes'),
    });
  });
});

describe('odd paths', () => {
  test('those that lead out, are none or too long are left out with a warning; the rest is there', async () => {
    const { seen, warnings } = await walked(
      rawTar([
        { name: '../outside' },
        { name: 'a/../../outside' },
        { name: 'long', pax: { path: `${'x'.repeat(200)}/`.repeat(50) } },
        { name: 'zero', pax: { path: 'with\0zero' } },
        { name: '.', content: 'the root is no file' },
        { name: 'link-out', type: '1', link: '../../etc/passwd' },
        { name: 'kind', type: 'Q', content: 'of no kind that is known' },
        ...GOOD,
      ]),
    );
    expect(seen.map(({ path }) => path)).toEqual(['good']);
    expect([...warnings].sort()).toEqual(['oddPaths', 'unknownTypes']);
  });

  test('absolute ones and detours within are taken as what they mean', async () => {
    const { seen, warnings } = await walked(
      rawTar([{ name: '/etc//passwd' }, { name: './a/./b/../c' }, { name: 'C:\\windows' }, { name: '...' }]),
    );
    expect(seen.map(({ path }) => path)).toEqual(['etc/passwd', 'a/c', 'C:\\windows', '...']);
    expect(warnings).toEqual(['absolutePaths']);
  });

  test('links in circles and to themselves lead nowhere, and nothing hangs', async () => {
    const tree = new MergedTree([
      await treeOf([
        { name: 'a', type: '2', link: 'b' },
        { name: 'b', type: '2', link: 'a' },
        { name: 'dir/', type: '5' },
        { name: 'dir/self', type: '2', link: '../dir' },
        { name: 'hard', type: '1', link: 'hard' },
        { name: 'below/link', type: '2', link: 'link/link' },
      ]),
    ]);
    for (const path of ['a', 'b/x', 'below/link']) expect(tree.follow(path)).toBeUndefined();
    expect(tree.follow('dir/self/self/self')?.path).toBe('dir');
    expect([...tree.below(tree.root)].map(({ path }) => path)).toEqual([
      'a',
      'b',
      'below',
      'below/link',
      'dir',
      'dir/self',
      'hard',
    ]);
  });
});

describe('archives that are damaged', () => {
  const archive = rawTar([{ name: 'file', content: seededBytes('file', 5000) }, ...GOOD]);

  test.each([
    ['gzip that is cut', gzipSync(archive).subarray(0, -100), /compression is broken/],
    ['zstd that is cut', zstdCompressSync(archive).subarray(0, -100), /compression is broken/],
    [
      'gzip with other bytes in it',
      Buffer.concat([gzipSync(archive).subarray(0, 2000), Buffer.alloc(3000, 7)]),
      /compression is broken/,
    ],
    ['an archive that is cut within a file', archive.subarray(0, 3000), /ends within file/],
    [
      'a header that is none, after others',
      Buffer.concat([archive.subarray(0, 512 + 5120), Buffer.alloc(512, 'x')]),
      /is no tar archive, or a part/,
    ],
    [
      'an extended header that is none',
      rawTar([{ name: 'pax', type: 'x', content: 'no record' }, ...GOOD]),
      /extended header/,
    ],
    [
      'an extended header of 2 MB',
      rawTar([{ name: 'pax', type: 'x', content: Buffer.alloc(2_000_000) }]),
      /header of 2000000 bytes; at most 1048576/,
    ],
    [
      'a size of half a byte',
      rawTar([{ name: 'half', content: 'ab', pax: { size: '1.5' } }, ...GOOD]),
      /size of half/,
    ],
    [
      'a size below zero',
      rawTar([{ name: 'less', content: 'ab', pax: { size: '-5' } }, ...GOOD]),
      /size of less/,
    ],
  ])('%s', async (_, bytes, words) => {
    await expect(walked(bytes, { chunk: 999 })).rejects.toMatchObject({
      code: 'contentDamaged',
      reason: expect.stringMatching(words),
    });
  });

  test('what is no archive at all is said to be none', async () => {
    for (const bytes of [
      Buffer.from('{"model": true}'),
      Buffer.alloc(4000, 'x'),
      gzipSync(seededBytes('model', 4000)),
    ])
      await expect(walked(bytes)).rejects.toMatchObject({ code: 'notContent' });
    await expect(walked(Buffer.from('BZh91AY&SY'))).rejects.toMatchObject({ code: 'unsupported' });
  });

  test('an empty layer is one, and an archive without its mark is read with a warning', async () => {
    for (const bytes of [Buffer.alloc(1024), gzipSync(Buffer.alloc(1024)), Buffer.alloc(0)])
      expect(await walked(bytes)).toMatchObject({ entries: 0, warnings: [] });
    expect(await walked(rawTar(GOOD, { end: false }))).toMatchObject({ entries: 1, warnings: ['noEnd'] });
  });

  test('the bytes after the mark of the end belong to the digest', async () => {
    const bytes = Buffer.concat([archive, seededBytes('more', 3000)]);
    expect(await walked(gzipSync(bytes))).toMatchObject({ diffId: sha256(bytes), entries: 2 });
  });
});

test('what the source throws at its end, and a cancellation, end the walk', async () => {
  const archive = gzipSync(rawTar(GOOD));
  const wrong = async function* () {
    yield* opened(archive)(0);
    throw new Error('The digest is another one.');
  };
  await expect(walkLayer(wrong, { digest: 'x' }, () => undefined)).rejects.toThrow('another one');
  const controller = new AbortController();
  const visit = () => void controller.abort();
  await expect(
    walkLayer(opened(rawTar(Array(200).fill(GOOD[0])), 600), { digest: 'x' }, visit, {
      signal: controller.signal,
    }),
  ).rejects.toMatchObject({ code: 'cancelled' });
});

test('a file whose holes contradict each other is damaged, and one of endless holes is not filled', async () => {
  const holes = (map: string, size: string) =>
    rawTar([
      {
        name: 'x',
        content: 'ab',
        pax: {
          'GNU.sparse.major': '0',
          'GNU.sparse.minor': '1',
          'GNU.sparse.map': map,
          'GNU.sparse.size': size,
        },
      },
    ]);
  const { contents } = await walked(holes('0,1,5,1', '8'));
  expect(contents.get('x')).toEqual(Buffer.from('a\0\0\0\0b\0\0'));
  await expect(walked(holes('5,1,0,1', '8'))).rejects.toMatchObject({ code: 'contentDamaged' });
  for (const map of ['0,1,9,1', '0,-5,5,1', '0,0.5,5,1', '0.5,1,5,1', '0,x,5,1'])
    await expect(walked(holes(map, '8'))).rejects.toMatchObject({ code: 'contentDamaged' });
  await expect(walked(holes('0,1,5,1', '8.5'))).rejects.toMatchObject({ code: 'contentDamaged' });
  await expect(walked(holes('0,1,5,1', '900000000000'))).rejects.toMatchObject({
    code: 'tooLarge',
    reason: expect.stringContaining('900000000000'),
  });
});
