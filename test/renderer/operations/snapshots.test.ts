import { expect, test } from 'vitest';
import type { Operation } from '../../../src-main/common/operation.ts';
import {
  applySnapshots,
  newlyEnded,
  overall,
  shareDone,
  workOf,
} from '../../../src-renderer/operations/snapshots.ts';
import { makeOperation } from './operation.ts';

const place = { account: 'acc', host: 'registry.test', repository: 'team/app' };

function operation(id: string, more: Partial<Operation> = {}): Operation {
  const subject = { kind: 'delete', place, tags: ['1'], manifests: [] };
  const { progress } = makeOperation(id, subject);
  return makeOperation(id, subject, {
    status: 'running',
    progress: { ...progress, steps: { done: 0, total: 1 } },
    ...more,
  });
}
const known = (...operations: Operation[]) => new Map(operations.map((one) => [one.id, one]));
const since = Date.parse('2024-01-01T12:00:00Z');

test('a snapshot replaces the one before and leaves the old picture alone', () => {
  const before = known(operation('a'));
  const after = applySnapshots(before, [operation('a', { status: 'done' }), operation('b')]);
  expect([...after.values()].map(({ status }) => status)).toEqual(['done', 'running']);
  expect(before.get('a')?.status).toBe('running');
});

test('an operation ends once', () => {
  const done = operation('a', { status: 'done', ended: '2024-01-01T00:00:01Z' });
  expect(newlyEnded(known(operation('a')), [done], since)).toEqual([done]);
  expect(newlyEnded(known(done), [done], since)).toEqual([]);
  expect(newlyEnded(known(operation('a')), [operation('a')], since)).toEqual([]);
});

test('one that was never seen running counts only when it ended while we watched', () => {
  const old = operation('a', { status: 'failed', ended: '2024-01-01T11:00:00Z' });
  const fresh = operation('b', { status: 'done', ended: '2024-01-01T12:00:01Z' });
  expect(newlyEnded(new Map(), [old, fresh], since)).toEqual([fresh]);
});

test('the status bar has what runs, what stopped and what failed and was not looked at; the rest is history', () => {
  const { running, stopped, failed } = workOf(
    known(
      operation('done', { status: 'done' }),
      operation('cancelled', { status: 'cancelled' }),
      operation('waiting', { status: 'queued', started: '2024-01-09T00:00:00Z' }),
      operation('running', { started: '2024-01-01T00:00:00Z' }),
      operation('newer', { started: '2024-01-02T00:00:00Z' }),
      operation('paused', { status: 'paused' }),
      operation('interrupted', { status: 'interrupted', started: '2024-01-03T00:00:00Z' }),
      operation('failed', { status: 'failed' }),
      operation('looked at', { status: 'failed', dismissed: true }),
    ),
  );
  expect(running.map(({ id }) => id)).toEqual(['newer', 'running', 'waiting']);
  expect(stopped.map(({ id }) => id)).toEqual(['interrupted', 'paused']);
  expect(failed.map(({ id }) => id)).toEqual(['failed']);
});

test('several are as far as their bytes together, and end with the last of them', () => {
  const { progress } = operation('a');
  const moving = (done: number, total: number, remaining?: number) => ({
    progress: { ...progress, bytes: { done, total }, ...(remaining === undefined ? {} : { remaining }) },
  });
  expect(overall([moving(1, 10, 60), moving(4, 90, 500)])).toEqual({ share: 0.05, remaining: 500 });
  // Of one it is not known.
  expect(overall([moving(1, 10, 60), moving(4, 90)]).remaining).toBeUndefined();
  // Steps and bytes do not add up.
  const steps = { progress: { ...progress, steps: { done: 1, total: 2 } } };
  expect(overall([moving(0, 10), steps]).share).toBe(0.25);
  expect(overall([])).toEqual({ share: 0, remaining: undefined });
});

test('progress counts bytes where bytes move and steps else', () => {
  const { progress } = operation('a');
  expect(shareDone(operation('a', { progress: { ...progress, steps: { done: 1, total: 4 } } }))).toBe(0.25);
  expect(shareDone(operation('a', { progress: { ...progress, bytes: { done: 3, total: 4 } } }))).toBe(0.75);
  expect(shareDone(operation('a', { progress: { ...progress, steps: { done: 0, total: 0 } } }))).toBe(0);
});
