import { expect, test } from 'vitest';
import type { TransferItem } from '../../../src-main/common/transfer.ts';
import { planRows } from '../../../src-renderer/copy/plan-rows.ts';

function item(number: number, name: string, more: Partial<TransferItem> = {}): TransferItem {
  const [repository = '', tag = ''] = name.split(':');
  return {
    number,
    source: { repository, reference: tag },
    target: { repository, tag },
    state: 'new',
    extras: 0,
    ...more,
  };
}

const sizes = (size: number, send: number): Partial<TransferItem> => ({
  size,
  bytes: { send, mount: 0, present: size - send },
});

const ITEMS = [
  item(0, 'team/web:1.10', { ...sizes(100, 60), extras: 2 }),
  item(1, 'team/web:1.9', { ...sizes(100, 0), state: 'changed' }),
  item(2, 'team/api:1.0', { ...sizes(300, 300) }),
  item(3, 'team/api:0.9', { state: 'same' }),
];

const options = { typed: '', sort: undefined, isClosed: () => false };
const idsOf = (...given: Parameters<typeof planRows>) => planRows(...given).map(({ id }) => id);

test('tags are grouped by repository, which sums up what would be written', () => {
  const [web] = planRows(ITEMS, options);
  expect(idsOf(ITEMS, options)).toEqual(['/team/web', '0', '1', '/team/api', '2', '3']);
  expect(web).toMatchObject({ acting: 2, size: 200, send: 60, present: 140, extras: 2, expanded: true });
  expect(planRows(ITEMS, options).at(3)).toMatchObject({ acting: 1, size: 300 });
  expect(idsOf(ITEMS, { ...options, isClosed: (name) => name === 'team/web' })).toEqual([
    '/team/web',
    '/team/api',
    '2',
    '3',
  ]);
});

test('both repositories and their tags are sorted, names naturally', () => {
  const by = (column: string, descending = false) => ({ ...options, sort: { column, descending } });
  expect(idsOf(ITEMS, by('name'))).toEqual(['/team/api', '3', '2', '/team/web', '1', '0']);
  expect(idsOf(ITEMS, by('send', true))).toEqual(['/team/api', '2', '3', '/team/web', '0', '1']);
  expect(idsOf(ITEMS, by('verdict'))).toEqual(['/team/web', '1', '0', '/team/api', '2', '3']);
});

test('a filter leaves the repositories of what it finds, and one verdict its own', () => {
  expect(idsOf(ITEMS, { ...options, typed: 'web 1.9' })).toEqual(['/team/web', '1']);
  expect(idsOf(ITEMS, { ...options, state: 'same' })).toEqual(['/team/api', '3']);
});

test('the tags of one repository are a list', () => {
  expect(planRows(ITEMS.slice(0, 2), options).map(({ id, level }) => [id, level])).toEqual([
    ['0', 1],
    ['1', 1],
  ]);
});

test('10,000 tags of 100 repositories are arranged in a moment', () => {
  const many = Array.from({ length: 10_000 }, (_, number) => item(number, `team/a${number % 100}:${number}`));
  expect(planRows(many, { ...options, sort: { column: 'name', descending: true } })).toHaveLength(10_100);
});
