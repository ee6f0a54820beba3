import { expect, test } from 'vitest';
import { RowOrder } from '../../../src-renderer/ui/row-order.ts';
import { compareValues } from '../../../src-renderer/ui/sort.ts';

interface Row {
  name: string;
}

const rows: readonly Row[] = ['v10', 'v9', 'v1', 'v2'].map((name) => ({ name }));
const names = (sorted: readonly Row[]) => sorted.map(({ name }) => name);

function counting() {
  const calls = { count: 0 };
  const compare = (a: Row, b: Row, descending: boolean) => {
    calls.count += 1;
    return compareValues(a.name, b.name, descending);
  };
  return { calls, compare };
}

test('rows are sorted in either direction, and the array given is left alone', () => {
  const { compare } = counting();
  const order = new RowOrder<Row>();
  expect(names(order.sort(rows, compare, false))).toEqual(['v1', 'v2', 'v9', 'v10']);
  expect(names(order.sort(rows, compare, true))).toEqual(['v10', 'v9', 'v2', 'v1']);
  expect(names(rows)).toEqual(['v10', 'v9', 'v1', 'v2']);
});

test('without a column they stay as they came', () => {
  expect(new RowOrder<Row>().sort(rows, undefined, false)).toBe(rows);
});

test('a part of sorted rows is put in order without comparing again, and so is the whole after it', () => {
  const { calls, compare } = counting();
  const order = new RowOrder<Row>();
  order.sort(rows, compare, false);
  const { count } = calls;
  expect(names(order.sort(rows.slice(0, 3), compare, false))).toEqual(['v1', 'v9', 'v10']);
  expect(names(order.sort(rows, compare, false))).toEqual(['v1', 'v2', 'v9', 'v10']);
  expect(calls.count).toBe(count);
});

test('a new row, another direction or another column sorts anew', () => {
  const { calls, compare } = counting();
  const order = new RowOrder<Row>();
  order.sort(rows, compare, false);
  const more = [...rows, { name: 'v3' }];
  expect(names(order.sort(more, compare, false))).toEqual(['v1', 'v2', 'v3', 'v9', 'v10']);
  expect(names(order.sort(more, compare, true))).toEqual(['v10', 'v9', 'v3', 'v2', 'v1']);
  const { count } = calls;
  expect(names(order.sort(more, (a, b) => a.name.length - b.name.length, true))).toEqual([
    'v9',
    'v1',
    'v2',
    'v3',
    'v10',
  ]);
  expect(calls.count).toBe(count);
});

test('a list that grows compares little more than what was added', () => {
  const { calls, compare } = counting();
  const order = new RowOrder<Row>();
  const page = (from: number) => Array.from({ length: 500 }, (_, index) => ({ name: `v${from - index}` }));
  const first = page(5000);
  order.sort(first, compare, false);
  const { count } = calls;
  const both = [...first, ...page(9000)];
  const sorted = names(order.sort(both, compare, false));
  expect(sorted.slice(0, 2)).toEqual(['v4501', 'v4502']);
  expect(sorted.at(-1)).toBe('v9000');
  // One look at each row; sorting 1,000 rows anew takes some 9,000.
  expect(calls.count - count).toBeLessThan(1_500);
});

test('rows that came in order are given back as they are', () => {
  const { calls, compare } = counting();
  const sorted = ['v1', 'v2', 'v10'].map((name) => ({ name }));
  expect(new RowOrder<Row>().sort(sorted, compare, false)).toBe(sorted);
  expect(calls.count).toBe(2);
});

test('a long list is sorted in slices as the engine sorts it, equal rows as they came', () => {
  const many = Array.from({ length: 7_500 }, (_, index) => ({ name: `v${(index * 7919) % 2_500}`, index }));
  const compare = (a: Row, b: Row, descending: boolean) => compareValues(a.name, b.name, descending);
  for (const descending of [false, true]) {
    const order = new RowOrder<(typeof many)[number]>();
    const dropped = order.sortInSlices(many.slice(0, 6_000), compare, descending);
    for (let step = 0; step < 9; step++) expect(dropped.next().done).toBe(false);
    const expected = many.toSorted((a, b) => compare(a, b, descending));
    expect(order.sort(many, compare, descending)).toEqual(expected);
    const part = order.sort(many.slice(0, 5_000), compare, descending);
    expect(part).toEqual(expected.filter(({ index }) => index < 5_000));
  }
});

test('of runs that are in order, and the other way round, none is gone through row by row', () => {
  const { calls, compare } = counting();
  const many = Array.from({ length: 8_000 }, (_, index) => ({ name: `v${index}` }));
  expect(new RowOrder<Row>().sort(many.toReversed(), compare, false)).toEqual(many);
  expect(calls.count).toBeLessThan(8_100);
});
