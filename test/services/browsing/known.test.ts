import { expect, test } from 'vitest';
import { knownFirst } from '../../../src-main/services/browsing/known.ts';

interface Counted {
  name: string;
  count: number;
}

async function* pages(...all: Counted[]): AsyncGenerator<Counted, void, void> {
  yield* all;
}

/** The names of the pages, and the milliseconds before each. */
async function read(stream: AsyncIterable<Counted>): Promise<{ names: string[]; waits: number[] }> {
  const names: string[] = [];
  const waits: number[] = [];
  let last = performance.now();
  for await (const { name } of stream) {
    const now = performance.now();
    names.push(name);
    waits.push(now - last);
    last = now;
  }
  return { names, waits };
}

// A timer may be a millisecond early by this clock.
const PAUSE_MS = 149;

test('whoever draws the first page of a long list has the time for it before the next one comes', async () => {
  const asked = pages({ name: 'asked 1', count: 1_000 }, { name: 'asked 2', count: 2_000 });
  const { names, waits } = await read(knownFirst(pages({ name: 'known', count: 200 }), asked));
  expect(names).toEqual(['known', 'asked 1', 'asked 2']);
  expect(waits[1]).toBeGreaterThanOrEqual(PAUSE_MS);
});

test('so it is where nothing was known', async () => {
  const asked = pages({ name: 'asked 1', count: 1_000 }, { name: 'asked 2', count: 2_000 });
  const { names, waits } = await read(knownFirst(pages(), asked));
  expect(names).toEqual(['asked 1', 'asked 2']);
  expect(waits[1]).toBeGreaterThanOrEqual(PAUSE_MS);
});
