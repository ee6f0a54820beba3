import { expect, test } from 'vitest';
import type { Operation } from '../../../src-main/common/operation.ts';
import { retryWord } from '../../../src-renderer/operations/snapshots.ts';
import { mergeTransfers } from '../../../src-renderer/sync/transfer-list.ts';
import { makeOperation } from '../operations/operation.ts';

const side = { account: '00000000-0000-4000-8000-00000000000a', host: 'registry.test' };
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
  return makeOperation(id, subjects.sync, { started: `2026-01-0${day}T00:00:00Z`, ...more });
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
