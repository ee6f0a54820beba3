import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { gzip } from '../../src-main/local-registry/samples/gzip.ts';
import { programBytes, prose, Random } from '../../src-main/local-registry/samples/random.ts';
import { digestOf } from './client.ts';

test.each([
  ['nothing', Buffer.alloc(0)],
  ['one byte', Buffer.from('a')],
  ['every byte', Buffer.from(Array.from({ length: 256 }, (_, i) => i))],
  ['a run', Buffer.alloc(100_000, 7)],
  ['noise', randomBytes(100_000)],
  ['text', Buffer.from(prose('text', 200_000))],
  ['a program', programBytes('program', 200_000)],
  ['matches at every distance', Buffer.concat([randomBytes(40_000), ...repeats()])],
])('%s is unpacked by zlib to what it was', (_, bytes) => {
  expect(gunzipSync(gzip(bytes)).equals(bytes)).toBe(true);
});

/** Pieces of one noise, so that lengths from 3 to 300 and distances up to the window's end occur. */
function repeats(): Buffer[] {
  const random = new Random('repeats');
  const noise = randomBytes(33_000);
  return [
    noise,
    ...Array.from({ length: 300 }, (_, i) => {
      const from = random.below(noise.length - 300);
      return noise.subarray(from, from + 3 + i);
    }),
  ];
}

test('makes text and programs smaller', () => {
  expect(gzip(Buffer.from(prose('text', 100_000))).length).toBeLessThan(50_000);
  expect(gzip(programBytes('program', 100_000)).length).toBeLessThan(80_000);
});

test('gives bytes that depend on the input alone', () => {
  const bytes = gzip(Buffer.from(prose('pinned', 50_000)));
  expect([...bytes.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  expect(digestOf(bytes)).toBe('sha256:0bb2684bd1f5ee8561fdb95d881b0c11d6215c3b03b438ef6cc27144b7e77d86');
});
