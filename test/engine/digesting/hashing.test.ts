import { expect, test } from 'vitest';
import { hashingOf } from '../../../src-main/engine/digesting/hashing.ts';
import { seededBytes, sha256 } from '../../support/images.ts';

const SMALL = 1000;
const LARGE = 2 ** 30;

test('small content is shown to it, large content is given to a thread of its own: the digest is the same', async () => {
  const content = seededBytes('hashed', 20 * 1024 * 1024);
  const chunks = Array.from({ length: 20 }, (_, at) => content.subarray(at * 2 ** 20, (at + 1) * 2 ** 20));
  const here = hashingOf(SMALL);
  for (const chunk of chunks) here.see?.(chunk);
  expect(await here.digest()).toBe(sha256(content));
  expect(here.spend).toBeUndefined();

  const thread = hashingOf(LARGE);
  try {
    let waited = 0;
    for (const chunk of chunks) {
      const given = new Uint8Array(chunk);
      const spent = thread.spend?.(given);
      expect(given.byteLength).toBe(0);
      if (spent) waited += 1;
      await spent;
    }
    expect(waited).toBeGreaterThan(0);
    expect(await thread.digest()).toBe(sha256(content));
  } finally {
    thread.close();
  }
});

test('nothing at all has a digest, too', async () => {
  const thread = hashingOf(LARGE);
  expect(await thread.digest()).toBe(sha256(Buffer.alloc(0)));
  thread.close();
});
