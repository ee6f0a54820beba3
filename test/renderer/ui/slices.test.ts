import { afterEach, expect, test, vi } from 'vitest';
import { SlicedWork, SlicedWorks } from '../../../src-renderer/ui/slices.ts';

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

test('a list that grows faster than it is worked out is shown all the same, and then as it is by then', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const works = new SlicedWorks<number>((result) => result === 0);
  const listOf = (length: number) => () => counting(length, 1);
  // Nothing, then something: at once.
  expect(works.take(listOf(0), 'all').work.result).toEqual({ value: 0 });
  expect(works.take(listOf(20), 'all')).toMatchObject({ work: { result: { value: 20 } }, isShort: true });
  const begun = works.take(listOf(40), 'all');
  for (let length = 41; !begun.work.result; length++) {
    expect(begun.isShort).toBe(false);
    expect(works.take(listOf(length), 'all')).toBe(begun);
    begun.work.slice();
  }
  expect(begun.work.result).toEqual({ value: 40 });
  const last = works.take(listOf(60), 'all');
  expect(last.number).toBeGreaterThan(begun.number);
  expect(last.work.finish()).toBe(60);
});

test('what is under way is dropped for another question, which is no reason to work that out at once', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const works = new SlicedWorks<number>(() => false);
  works.take(() => counting(5, 1), 'all');
  works.take(() => counting(50, 1), 'all');
  const other = works.take(() => counting(30, 1), 'some');
  expect(other.isShort).toBe(false);
  expect(other.work.finish()).toBe(30);
});

test('after nothing again, what follows is worked out at once again', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const works = new SlicedWorks<number>((result) => result === 0);
  for (const length of [20, 0, 30])
    expect(works.take(() => counting(length, 1), length).work.result).toEqual({ value: length });
  expect(works.take(() => counting(40, 1), 40).isShort).toBe(false);
});
