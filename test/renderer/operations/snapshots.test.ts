import { expect, test } from 'vitest';
import type { Operation } from '../../../src-main/common/operation.ts';
import {
  applySnapshots,
  newlyEnded,
  shareDone,
  trayRows,
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

test('the tray shows running ones first, then the newest, and hides dismissed ones', () => {
  const rows = trayRows(
    known(
      operation('old', { status: 'done', started: '2024-01-01T00:00:00Z' }),
      operation('new', { status: 'failed', started: '2024-01-03T00:00:00Z' }),
      operation('running', { started: '2023-01-01T00:00:00Z' }),
      operation('hidden', { dismissed: true }),
    ),
  );
  expect(rows.map(({ id }) => id)).toEqual(['running', 'new', 'old']);
});

test('progress counts bytes where bytes move and steps else', () => {
  const { progress } = operation('a');
  expect(shareDone(operation('a', { progress: { ...progress, steps: { done: 1, total: 4 } } }))).toBe(0.25);
  expect(shareDone(operation('a', { progress: { ...progress, bytes: { done: 3, total: 4 } } }))).toBe(0.75);
  expect(shareDone(operation('a', { progress: { ...progress, steps: { done: 0, total: 0 } } }))).toBe(0);
});
