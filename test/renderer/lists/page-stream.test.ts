import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readPages } from '../../../src-renderer/lists/page-stream.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function collector(pages: AsyncIterable<readonly number[]>) {
  const all: number[] = [];
  const shown: number[][] = [];
  const whole = readPages({
    pages,
    add: (page) => all.push(...page),
    snapshot: () => all.slice(),
    show: (picture) => shown.push(picture),
  });
  return { whole, shown };
}

test('shows the first page at once and then many pages together', async () => {
  async function* pages() {
    for (let page = 0; page < 500; page += 1) {
      yield [page];
      await vi.advanceTimersByTimeAsync(1);
    }
  }
  const { whole, shown } = collector(pages());
  await expect(whole).resolves.toHaveLength(500);
  expect(shown[0]).toEqual([0]);
  expect(shown.length).toBeLessThanOrEqual(5);
  expect(shown.length).toBeGreaterThanOrEqual(3);
});

test('a page that came while nothing may be shown is shown when the next one is slow', async () => {
  let release = () => {};
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  async function* pages() {
    yield [1];
    yield [2];
    await slow;
    yield [3];
  }
  const { whole, shown } = collector(pages());
  await vi.advanceTimersByTimeAsync(1000);
  expect(shown).toEqual([[1], [1, 2]]);
  release();
  await expect(whole).resolves.toEqual([1, 2, 3]);
});

test('a failure half-way loses no page that was read, and nothing is shown after it', async () => {
  async function* pages() {
    yield [1];
    yield [2];
    throw new Error('cut');
  }
  const { whole, shown } = collector(pages());
  await expect(whole).rejects.toThrow('cut');
  expect(shown.at(-1)).toEqual([1, 2]);
  const count = shown.length;
  await vi.advanceTimersByTimeAsync(1000);
  expect(shown).toHaveLength(count);
});
