import { expect, test } from 'vitest';
import type { Operation } from '../../../src-main/common/operation.ts';
import { RunningWork } from '../../../src-main/hosts/electron/running-work.ts';

const operation = (id: string, status: Operation['status'], done: number, total: number): Operation => ({
  id,
  subject: { kind: 'copy' },
  title: id,
  status,
  started: '2026-01-01T00:00:00.000Z',
  progress: {
    steps: { done, total },
    bytes: { done: 0, total: 0 },
    bytesSent: 0,
    bytesMounted: 0,
    bytesPresent: 0,
    rate: 0,
  },
  actions: { pause: false, cancel: true, retry: false, undo: false, dismiss: false },
  dismissed: false,
});

test('the bar has the share of all that runs, and goes with the last of it', () => {
  const work = new RunningWork();
  expect(work.share).toBeLessThan(0);
  work.take(operation('one', 'running', 5, 10));
  work.take(operation('two', 'queued', 0, 4));
  expect(work.share).toBe(0.25);
  work.take(operation('one', 'paused', 5, 10));
  work.take(operation('two', 'done', 4, 4));
  expect(work.share).toBeLessThan(0);
});

test('bytes count where there are any', () => {
  const work = new RunningWork();
  const one = operation('one', 'running', 1, 2);
  work.take({ ...one, progress: { ...one.progress, bytes: { done: 30, total: 40 } } });
  expect(work.share).toBe(0.75);
});
