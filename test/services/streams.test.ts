import { expect, test } from 'vitest';
import type { Operation } from '../../src-main/common/operation.ts';
import { Coalescer } from '../../src-main/services/coalesce.ts';
import { Feed } from '../../src-main/services/feed.ts';
import { emptyProgress } from '../../src-main/services/operations/record.ts';
import { inParallel } from '../../src-main/services/parallel.ts';
import { Rate } from '../../src-main/services/transfers/rate.ts';
import { all } from './support/core.ts';

function operation(id: string, done: number): Operation {
  return {
    id,
    subject: {
      kind: 'delete',
      place: { origin: 'https://h', host: 'h', repository: 'r' },
      tags: [],
      manifests: [],
    },
    status: 'running',
    started: 'then',
    progress: { ...emptyProgress(10), steps: { done, total: 10 } },
    title: 'delete h/r',
    actions: { pause: false, cancel: true, retry: false, undo: false, dismiss: false },
    dismissed: false,
  };
}

test('works on at most so many items at once and yields each result', async () => {
  let running = 0;
  let most = 0;
  const work = async (item: number) => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    return item * 2;
  };
  const results = await all(inParallel([1, 2, 3, 4, 5], 2, undefined, work));
  expect(results.sort()).toEqual([10, 2, 4, 6, 8]);
  expect(most).toBe(2);
});

test('the first error ends it and aborts the rest; so does leaving', async () => {
  const aborted: number[] = [];
  const work = (fail: boolean) => (item: number, signal: AbortSignal) =>
    new Promise<number>((resolve, reject) => {
      signal.addEventListener('abort', () => aborted.push(item));
      if (item === 1) fail ? reject(new Error('one')) : resolve(1);
    });
  await expect(all(inParallel([1, 2, 3], 2, undefined, work(true)))).rejects.toThrow('one');
  expect(aborted).toEqual([1, 2]);
  aborted.length = 0;
  for await (const result of inParallel([1, 2, 3], 2, undefined, work(false))) {
    expect(result).toBe(1);
    break;
  }
  expect(aborted).toEqual([1, 2]);
});

test('a shared request is aborted when the last one who waits has left, and begun anew for the next', async () => {
  const coalescer = new Coalescer<string>();
  const begun: AbortSignal[] = [];
  const work = (signal: AbortSignal) => {
    begun.push(signal);
    return new Promise<string>((_, reject) =>
      signal.addEventListener('abort', () => reject(new Error('aborted'))),
    );
  };
  const [one, two] = [new AbortController(), new AbortController()];
  const waiting = [coalescer.run('k', one.signal, work), coalescer.run('k', two.signal, work)];
  const settled = Promise.allSettled(waiting);
  one.abort();
  await expect(waiting[0]).rejects.toMatchObject({ name: 'AbortError' });
  expect(begun[0]?.aborted).toBe(false);
  two.abort();
  await settled;
  expect(begun[0]?.aborted).toBe(true);
  expect(await coalescer.run('k', undefined, async () => 'fresh')).toBe('fresh');
  await expect(coalescer.run('k', undefined, () => Promise.reject(new Error('failed')))).rejects.toThrow(
    'failed',
  );
  expect(begun).toHaveLength(1);
});

test('who watches slowly gets the latest snapshot of each operation and holds up no one', async () => {
  const watched: boolean[] = [];
  const feed = new Feed((on) => watched.push(on));
  const stop = new AbortController();
  const slow = feed.subscribe(() => [operation('a', 0)], stop.signal);
  expect((await slow.next()).value).toMatchObject({ id: 'a', progress: { steps: { done: 0 } } });
  for (let done = 1; done <= 9; done++) feed.publish(operation('a', done));
  feed.publish(operation('b', 5));
  expect((await slow.next()).value).toMatchObject({ id: 'a', progress: { steps: { done: 9 } } });
  expect((await slow.next()).value).toMatchObject({ id: 'b' });
  const waiting = slow.next();
  stop.abort();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(watched).toEqual([true, false]);
});

test('the rate is that of the last seconds', () => {
  const rate = new Rate(5_000);
  expect(rate.add(0, 0)).toBe(0);
  expect(rate.add(1000, 1000)).toBe(1000);
  for (let second = 2; second <= 10; second++) rate.add(1000, second * 1000);
  expect(rate.add(1000, 11_000)).toBe(0);
  expect(rate.add(6000, 12_000)).toBe(1000);
});
