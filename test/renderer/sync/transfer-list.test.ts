import { expect, test } from 'vitest';
import type { Operation } from '../../../src-main/common/operation.ts';
import { canGiveUp, canPause, retryWord } from '../../../src-renderer/operations/snapshots.ts';
import { mergeTransfers } from '../../../src-renderer/sync/transfer-list.ts';

const side = { account: 'a', host: 'registry.test' };
const place = { ...side, repository: 'team/app' };
const subjects = {
  sync: { kind: 'sync', source: side, target: side, repositories: ['team/app'], tags: 2 },
  copy: {
    kind: 'copy',
    source: { ...place, reference: '1.0' },
    target: { ...place, tag: '1.0' },
    digest: 'sha256:a',
  },
  delete: { kind: 'delete', place, tags: ['1.0'], manifests: [] },
} satisfies Record<string, Operation['subject']>;

function operation(id: string, day: number, more: Partial<Operation> = {}): Operation {
  return {
    id,
    subject: subjects.sync,
    status: 'done',
    started: `2026-01-0${day}T00:00:00Z`,
    progress: {
      steps: { done: 0, total: 2 },
      bytes: { done: 0, total: 0 },
      bytesSent: 0,
      bytesMounted: 0,
      bytesPresent: 0,
      rate: 0,
    },
    undoable: false,
    dismissed: false,
    ...more,
  };
}

test('what is known this moment takes the place of what is recorded; running ones come first', () => {
  const watched = [
    operation('old', 1, { status: 'running' }),
    operation('new', 5),
    operation('gone', 6, { subject: subjects.delete }),
  ];
  const shown = mergeTransfers(
    [operation('late', 4), operation('old', 1, { status: 'paused' })],
    new Map(watched.map((each) => [each.id, each])),
  );
  expect(shown.map(({ id, status }) => [id, status])).toEqual([
    ['old', 'running'],
    ['new', 'done'],
    ['late', 'done'],
  ]);
});

test('what has stopped can be given up', () => {
  expect(canGiveUp(operation('a', 1, { status: 'paused' }))).toBe(true);
  expect(canGiveUp(operation('a', 1, { status: 'interrupted', subject: subjects.copy }))).toBe(true);
  expect(canGiveUp(operation('a', 1, { status: 'interrupted', subject: subjects.delete }))).toBe(false);
  expect(canGiveUp(operation('a', 1, { status: 'failed' }))).toBe(false);
});

test('only transfers under way are paused', () => {
  expect(canPause(operation('a', 1, { status: 'running' }))).toBe(true);
  expect(canPause(operation('a', 1, { status: 'queued', subject: subjects.copy }))).toBe(true);
  expect(canPause(operation('a', 1, { status: 'running', subject: subjects.delete }))).toBe(false);
  expect(canPause(operation('a', 1))).toBe(false);
});

test.each([
  ['paused', 'sync', 'resume'],
  ['interrupted', 'copy', 'resume'],
  ['interrupted', 'delete', 'retry'],
  ['failed', 'sync', 'retryFailed'],
  ['failed', 'copy', 'retry'],
  ['cancelled', 'sync', 'retry'],
] as const)('a %s %s: %s', (status, kind, word) => {
  expect(retryWord(operation('a', 1, { status, subject: subjects[kind] }))).toBe(word);
});
