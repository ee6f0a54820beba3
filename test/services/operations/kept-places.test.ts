import { expect, test } from 'vitest';
import { type KindsData, operationKinds } from '../../../src-main/services/operation-kinds.ts';
import { OperationKinds } from '../../../src-main/services/operations/kinds.ts';
import { operationOf } from '../../../src-main/services/operations/record.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const account = '6d0f4f9e-6c6f-4f3e-9d0f-4b1f6a0f5f11';
const progress = {};
/** Reading a record asks for nothing that operations keep. */
const noData = {} as KindsData;

const kinds = new OperationKinds(operationKinds(noData));

function subjectOf(subject: unknown) {
  const row = {
    id: 'a',
    status: 'done',
    started: 'then',
    paused: false,
    dismissed: false,
    collected: false,
    keepsContent: false,
    owner: '',
  } as const;
  return operationOf({ ...row, subject, progress }, kinds.of(subject), false).subject;
}

test('a place as it was written at first is read as one of an account or of an origin', () => {
  const named = { host: 'registry.test', repository: 'team/app' };
  const rest = { kind: 'delete', tags: ['1.0'], manifests: [digest] };
  expect(subjectOf({ ...rest, place: { accountId: account, ...named } })).toEqual({
    ...rest,
    place: { account, ...named },
  });
  expect(subjectOf({ ...rest, place: { accountId: '', ...named, url: 'http://registry.test' } })).toEqual({
    ...rest,
    place: { origin: 'http://registry.test', ...named },
  });
  expect(subjectOf({ ...rest, place: { accountId: '', ...named } })).toEqual({
    ...rest,
    place: { origin: 'https://registry.test', ...named },
  });
});

test('both sides of a transfer, whose steps name them as well', () => {
  const source = { accountId: account, host: 'a.test' };
  const target = { accountId: '', host: 'b.test:5000', url: 'http://b.test:5000' };
  expect(subjectOf({ kind: 'sync', source, target, repositories: ['team/app'], tags: 1 })).toMatchObject({
    kind: 'sync',
    source: { account, host: 'a.test' },
    target: { origin: 'http://b.test:5000', host: 'b.test:5000' },
  });
  const repository = 'team/app';
  // A step of an earlier version names its registries as well; those of the subject are the same.
  expect(
    kinds.read({ kind: 'sync', source, target, repositories: [], tags: 0 }).kind.step.parse({
      kind: 'copy',
      source: { ...source, repository, reference: '1.0' },
      target: { ...target, repository, tag: '1.0' },
      digest,
      attached: true,
    }),
  ).toEqual({
    source: { repository, reference: '1.0' },
    target: { repository, tag: '1.0' },
    digest,
    attached: true,
  });
});

test('what names no place that can be reached is shown as unreadable', () => {
  const place = { accountId: '', host: 'not a host', repository: 'team/app' };
  expect(subjectOf({ kind: 'delete', place, tags: [], manifests: [] })).toEqual({
    kind: 'unreadable',
    was: 'delete',
  });
});
