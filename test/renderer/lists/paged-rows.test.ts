import { expect, test } from 'vitest';
import { PAGE, pagedRows, pagesOf } from '../../../src-renderer/lists/paged-rows.ts';

test.each([
  [0, 0, [0]],
  [0, PAGE - 1, [0]],
  [PAGE - 1, PAGE, [0, 1]],
  [5 * PAGE + 3, 6 * PAGE + 3, [0, 5, 6]],
])('rows %i to %i are on pages %j', (first, last, pages) => {
  expect(pagesOf(first, last)).toEqual(pages);
});

test('a list is as long as its first page says; what was not read has a place and no content', () => {
  const page = (name: string) => Array.from({ length: PAGE }, (_, index) => `${name}${index}`);
  const total = 2 * PAGE + 2;
  const rows = pagedRows(
    [0, 2],
    [
      { items: page('a'), total },
      { items: ['c0', 'c1'], total },
    ],
  );
  expect(rows).toHaveLength(total);
  expect(rows[3]).toEqual({ position: 3, item: 'a3' });
  expect(rows[PAGE]).toEqual({ position: PAGE, item: undefined });
  expect(rows.at(-1)).toEqual({ position: total - 1, item: 'c1' });
});

test('nothing is known before the first page is', () => {
  expect(pagedRows([0, 4], [undefined, { items: ['x'], total: 900 }])).toEqual([]);
});
