import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TagAnswer } from '../../../src-main/common/tag.ts';
import { DetailsLoader } from '../../../src-renderer/tags/details-loader.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const answerFor = (name: string): TagAnswer => ({ name, failure: { code: 'notFound', message: name } });
const names = (count: number) => Array.from({ length: count }, (_, index) => `t${index}`);

/** A main side whose calls are answered when the test says so. */
function mainSide() {
  const calls: {
    names: readonly string[];
    signal: AbortSignal;
    answer: () => void;
    fail: (error: Error) => void;
  }[] = [];
  const delivered: TagAnswer[] = [];
  const loader = new DetailsLoader({
    ask: (asked, signal) =>
      new Promise((resolve, reject) => {
        calls.push({
          names: asked,
          signal,
          answer: () =>
            resolve(
              (async function* () {
                for (const name of asked) yield answerFor(name);
              })(),
            ),
          fail: reject,
        });
      }),
    count: () => 0,
    deliver: (answers) => delivered.push(...answers),
  });
  return { calls, delivered, loader };
}

test('asks in batches, two at a time, the most urgent first, and for each name once', async () => {
  const { calls, delivered, loader } = mainSide();
  loader.want(names(250));
  expect(calls.map((call) => call.names.length)).toEqual([100, 100]);
  expect(calls[0]?.names[0]).toBe('t0');
  loader.want(names(250));
  expect(calls).toHaveLength(2);
  calls[0]?.answer();
  await vi.advanceTimersByTimeAsync(200);
  expect(calls.map((call) => call.names.length)).toEqual([100, 100, 50]);
  calls[1]?.answer();
  calls[2]?.answer();
  await vi.advanceTimersByTimeAsync(200);
  expect(new Set(delivered.map(({ name }) => name)).size).toBe(250);
  expect(delivered).toHaveLength(250);
});

test('rows scrolled past before they were asked for are left out', async () => {
  const { calls, loader } = mainSide();
  loader.want(names(300));
  loader.want(['in view']);
  calls[0]?.answer();
  await vi.advanceTimersByTimeAsync(200);
  expect(calls.map((call) => call.names.length)).toEqual([100, 100, 1]);
});

test('a call that breaks is reported on its rows and is not repeated', async () => {
  const { calls, delivered, loader } = mainSide();
  loader.want(['a', 'b']);
  calls[0]?.fail(new Error('link lost'));
  await vi.advanceTimersByTimeAsync(1000);
  expect(delivered).toEqual([
    { name: 'a', failure: expect.objectContaining({ code: 'internal', reason: 'link lost' }) },
    { name: 'b', failure: expect.objectContaining({ code: 'internal', reason: 'link lost' }) },
  ]);
  expect(calls).toHaveLength(1);
});

test('closing ends the calls and delivers nothing more', async () => {
  const { calls, delivered, loader } = mainSide();
  loader.want(['a']);
  loader.close();
  expect(calls[0]?.signal.aborted).toBe(true);
  calls[0]?.fail(new Error('aborted'));
  await vi.advanceTimersByTimeAsync(1000);
  expect(delivered).toEqual([]);
  loader.want(['b']);
  expect(calls).toHaveLength(1);
});
