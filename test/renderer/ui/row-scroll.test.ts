import { expect, test } from 'vitest';
import { scrollTopFor } from '../../../src-renderer/ui/row-scroll.ts';

/** Ten rows are seen, those from 100 on. */
const table = { rowHeight: 30, headHeight: 31, height: 331, scrollTop: 3_000 };

test('a row that is seen moves nothing; one above or below comes to the edge', () => {
  const to = (index: number) => scrollTopFor(index, table, 'nearest');
  expect([100, 105, 109].map(to)).toEqual([3_000, 3_000, 3_000]);
  expect([99, 0].map(to)).toEqual([2_970, 0]);
  expect([110, 200].map(to)).toEqual([3_030, 5_730]);
});

test('a row that is half seen is seen whole', () => {
  const to = (index: number) => scrollTopFor(index, { ...table, scrollTop: 3_010 }, 'nearest');
  expect([100, 110].map(to)).toEqual([3_000, 3_030]);
});

test('in the middle, as far as there are rows above', () => {
  expect(scrollTopFor(200, table, 'middle')).toBe(5_865);
  expect(scrollTopFor(2, table, 'middle')).toBe(0);
});
