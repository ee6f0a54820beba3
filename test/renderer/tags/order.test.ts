import { expect, test } from 'vitest';
import type { TagAnswer } from '../../../src-main/common/tag.ts';
import { comparers, type TagOrder } from '../../../src-renderer/tags/order.ts';
import { TagRowJoiner } from '../../../src-renderer/tags/tag-rows.ts';
import { asked, join, namesOf } from './join.ts';
import { someAnswers as answers, someNames as names } from './some-tags.ts';
import { answersOf } from './tag-answers.ts';

const rows = join(new TagRowJoiner(), asked(names, answers, { grouped: false }));
const sorted = (column: TagOrder['column'], descending: boolean, of = rows) =>
  of.toSorted((a, b) => comparers[column](a, b, descending)).map(({ tags: [tag] }) => tag?.name);

test('sorts names naturally', () => {
  expect(sorted('name', false)).toEqual(['1', '1.9', '1.10', 'edge', 'latest']);
  expect(sorted('name', true)).toEqual(['latest', 'edge', '1.10', '1.9', '1']);
});

test('sorts by size with unknown rows last in both directions and equal rows by name', () => {
  expect(sorted('size', false)).toEqual(['1', '1.10', 'latest', '1.9', 'edge']);
  expect(sorted('size', true)).toEqual(['1.9', 'latest', '1.10', '1', 'edge']);
});

test('sorts by creation as an instant, not as text; a date that is none counts as unknown', () => {
  expect(sorted('created', false)).toEqual(['1.10', '1', 'latest', '1.9', 'edge']);
  expect(sorted('created', true)).toEqual(['1.9', '1.10', '1', 'latest', 'edge']);
  const odd = join(
    new TagRowJoiner(),
    asked(
      names,
      new Map<string, TagAnswer>([...answers, ...answersOf({ '1.9': { created: 'yesterday' } })]),
      {
        grouped: false,
      },
    ),
  );
  expect(sorted('created', true, odd).slice(-2)).toEqual(['1.9', 'edge']);
});

test('by when they were pushed, where that is known', () => {
  const names = namesOf('1', '2', '3');
  const rows = join(
    new TagRowJoiner(),
    asked(
      names,
      answersOf({
        '1': { created: '2026-03-01T00:00:00Z', pushed: '2026-01-01T00:00:00Z' },
        '2': { created: '2026-02-01T00:00:00Z', pushed: '2026-04-01T00:00:00Z' },
        '3': { created: '2026-01-01T00:00:00Z' },
      }),
      { grouped: false },
    ),
  );
  const sorted = (descending: boolean) =>
    rows.toSorted((a, b) => comparers.pushed(a, b, descending)).map(({ id }) => id);
  expect(sorted(true)).toEqual(['2', '1', '3']);
  expect(sorted(false)).toEqual(['1', '2', '3']);
});
