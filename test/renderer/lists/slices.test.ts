import { afterEach, expect, test, vi } from 'vitest';
import { SlicedWork } from '../../../src-renderer/lists/slices.ts';

afterEach(() => vi.useRealTimers());

function* counting(to: number, stepMs: number) {
  let count = 0;
  while (count < to) {
    count += 1;
    vi.advanceTimersByTime(stepMs);
    yield;
  }
  return count;
}

test('is put down when its slice is over, and goes on from there', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const work = new SlicedWork(counting(20, 1));
  const begun = performance.now();
  work.slice();
  expect(performance.now() - begun).toBe(8);
  expect(work.result).toBeUndefined();
  work.slice();
  work.slice();
  expect(work.result).toEqual({ value: 20 });
  work.slice();
  expect(performance.now() - begun).toBe(20);
});

test('a step that is longer than a slice is done, and short work is done at once', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const slow = new SlicedWork(counting(2, 100));
  slow.slice();
  expect(slow.result).toBeUndefined();
  expect(slow.finish()).toBe(2);
  const short = new SlicedWork(counting(3, 1));
  short.slice();
  expect(short.result).toEqual({ value: 3 });
});
