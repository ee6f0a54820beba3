import { expect, test } from 'vitest';
import { RowSlots } from '../../../src-renderer/ui/row-slots.ts';

const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `row ${from + at}`);

test('a screen that scrolls by is drawn in the elements of the one before, in their order', () => {
  const slots = new RowSlots();
  const first = [...slots.take(rows(0, 5)).values()];
  expect([...slots.take(rows(10, 15)).values()]).toEqual(first);
  expect([...slots.take(rows(2, 7)).values()]).toEqual(first);
});

test('rows that stay keep their elements, and those that come after them take what has become free', () => {
  const slots = new RowSlots();
  expect([...slots.take(rows(0, 5)).values()]).toEqual([0, 1, 2, 3, 4]);
  expect([...slots.take(rows(2, 7)).values()]).toEqual([2, 3, 4, 0, 1]);
});

test('rows that come before others have new elements: those that stay are not moved', () => {
  const slots = new RowSlots();
  slots.take(rows(2, 7));
  expect([...slots.take(rows(1, 6)).values()]).toEqual([5, 0, 1, 2, 3]);
});

test('the elements that have the focus are given to no other row', () => {
  const slots = new RowSlots();
  slots.take(rows(0, 3));
  slots.hold('row 1');
  expect([...slots.take(rows(3, 6)).values()]).toEqual([0, 2, 3]);
});

test('where most rows are others, those that stay take the elements at their place, downwards and upwards', () => {
  const slots = new RowSlots();
  const first = [...slots.take(rows(3, 8)).values()];
  expect([...slots.take(rows(6, 11)).values()]).toEqual(first);
  expect([...slots.take(rows(3, 8)).values()]).toEqual(first);
});

test('a row that has the focus keeps its elements where most rows are others', () => {
  const slots = new RowSlots();
  slots.take(rows(0, 5));
  slots.hold('row 4');
  expect([...slots.take(rows(3, 8)).values()]).toEqual([3, 4, 0, 1, 2]);
});
