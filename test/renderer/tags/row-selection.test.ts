import { expect, test } from 'vitest';
import { selectionOfRows, selectRows } from '../../../src-renderer/tags/row-selection.ts';
import { describeNames } from '../../../src-renderer/tags/tag-names.ts';
import { TagCollector, TagRowJoiner } from '../../../src-renderer/tags/tag-rows.ts';
import { untaggedRows } from '../../../src-renderer/tags/untagged-rows.ts';
import { finished } from '../finished.ts';
import { join } from './join.ts';
import { answersOf } from './tag-answers.ts';

const collector = new TagCollector();
collector.add({ tags: ['1.0', 'latest', '2.0'], count: 3, done: true });
const { rows: names } = collector.snapshot();
const rows = join(new TagRowJoiner(), {
  names,
  answers: answersOf({ '1.0': { digest: 'a' }, latest: { digest: 'a' }, '2.0': { digest: 'b' } }),
  described: finished(describeNames(names)),
  changes: new Map(),
  grouped: true,
});
const after = (before: string[], whole: string[]) => {
  const selected = new Set(before);
  return [...selectRows(rows, selected, selectionOfRows(rows, selected), new Set(whole))].toSorted();
};

test('a row is selected whole, in part or not', () => {
  const { whole, partly } = selectionOfRows(rows, new Set(['latest', '2.0']));
  expect([...whole]).toEqual(['b']);
  expect([...partly]).toEqual(['a']);
});

test('a row takes all of its tags in or out and leaves the others as they are', () => {
  expect(after([], ['a'])).toEqual(['1.0', 'latest']);
  expect(after(['latest'], ['b'])).toEqual(['2.0', 'latest']);
  expect(after(['latest', '2.0'], ['a', 'b'])).toEqual(['1.0', '2.0', 'latest']);
  expect(after(['1.0', 'latest', '2.0'], ['b'])).toEqual(['2.0']);
});

test('tags of rows that a filter hides stay as they are; without any row there is nothing selected', () => {
  expect(after(['hidden'], ['b'])).toEqual(['2.0', 'hidden']);
  expect(after(['hidden', '2.0', 'latest', '1.0'], [])).toEqual([]);
});

test('a manifest without a tag is selected by its digest', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const lone = untaggedRows([
    { digest, mediaType: 'm', kind: 'image', size: 1, platforms: [], attested: false },
  ]);
  const none = new Set<string>();
  const selected = selectRows(lone, none, selectionOfRows(lone, none), new Set([digest]));
  expect([...selected]).toEqual([digest]);
  expect([...selectionOfRows(lone, selected).whole]).toEqual([digest]);
  expect([...selectRows(lone, selected, selectionOfRows(lone, selected), none)]).toEqual([]);
});
