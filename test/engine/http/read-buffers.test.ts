import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { noteRead } from '../../../src-main/engine/http/read-buffers.ts';

/** Kinds of the collections of garbage that `work` causes, and of those that happen by themselves meanwhile. */
async function collectionsDuring(work: () => void): Promise<number[]> {
  const seen: PerformanceEntry[] = [];
  const observer = new PerformanceObserver((list) => void seen.push(...list.getEntries()));
  observer.observe({ entryTypes: ['gc'] });
  const began = performance.now();
  work();
  const ended = performance.now();
  // Entries are queued by an immediate of Node's own.
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  seen.push(...observer.takeRecords());
  observer.disconnect();
  return seen
    .filter(({ startTime }) => startTime >= began && startTime <= ended)
    .map((entry) => (entry as PerformanceEntry & { detail: { kind: number } }).detail.kind);
}

test('transfer-8: what was read is freed by small collections, one for each 8 MiB', async () => {
  const mebibyte = 1024 * 1024;
  noteRead(7 * mebibyte);
  const kinds = await collectionsDuring(() => {
    for (let part = 0; part < 33; part++) noteRead(mebibyte);
  });
  expect(new Set(kinds)).toEqual(new Set([constants.NODE_PERFORMANCE_GC_MINOR]));
  // V8 may add one of its own.
  expect(kinds.length).toBeGreaterThanOrEqual(5);
});
