import { expect, test } from 'vitest';
import {
  NOTHING_DRAWN,
  nextDrawn,
  WHOLE_A_PICTURE,
  WHOLE_AT_FIRST,
} from '../../../src-renderer/ui/brief-rows.ts';

const rows = (from: number, count: number) => Array.from({ length: count }, (_, at) => `row ${from + at}`);

const firstOf = (ids: readonly string[]) => nextDrawn(NOTHING_DRAWN, ids, { isScrolling: false, turn: 0 });

test('the first rows are whole at once and the others in the next pictures', () => {
  let drawn = firstOf(rows(0, WHOLE_AT_FIRST + WHOLE_A_PICTURE + 1));
  expect([...drawn.brief]).toEqual(rows(WHOLE_AT_FIRST, WHOLE_A_PICTURE + 1));
  expect(drawn.isOpening).toBe(true);
  // Drawn again for another reason, they are no more than they were.
  drawn = nextDrawn(drawn, [...drawn.ids], { isScrolling: false, turn: 0 });
  expect([drawn.brief.size, drawn.isOpening]).toEqual([WHOLE_A_PICTURE + 1, true]);
  drawn = nextDrawn(drawn, [...drawn.ids], { isScrolling: false, turn: 1 });
  expect([drawn.brief.size, drawn.isOpening]).toEqual([1, true]);
  drawn = nextDrawn(drawn, [...drawn.ids], { isScrolling: false, turn: 2 });
  expect([drawn.brief.size, drawn.isOpening]).toEqual([0, false]);
});

test('rows are whole where few come with a picture', () => {
  const first = firstOf(rows(0, WHOLE_AT_FIRST));
  expect([...first.brief]).toEqual([]);
  const next = nextDrawn(first, rows(WHOLE_A_PICTURE, WHOLE_AT_FIRST), { isScrolling: true, turn: 0 });
  expect([...next.brief]).toEqual([]);
});

test('a screen that scrolls by is brief, and whole some rows at a time once it rests', () => {
  const first = firstOf(rows(0, WHOLE_AT_FIRST));
  let drawn = nextDrawn(first, rows(100, 10), { isScrolling: true, turn: 0 });
  expect([...drawn.brief]).toEqual(rows(100, 10));
  // Drawn again for another reason, they are no more than they were.
  drawn = nextDrawn(drawn, rows(100, 10), { isScrolling: false, turn: 0 });
  expect([...drawn.brief]).toEqual(rows(100, 10));
  drawn = nextDrawn(drawn, rows(100, 10), { isScrolling: false, turn: 1 });
  expect([...drawn.brief]).toEqual(rows(100 + WHOLE_A_PICTURE, 10 - WHOLE_A_PICTURE));
  drawn = nextDrawn(drawn, rows(100, 10), { isScrolling: false, turn: 3 });
  expect(drawn.brief.size).toBe(10 - 2 * WHOLE_A_PICTURE);
  drawn = nextDrawn(drawn, rows(100, 10), { isScrolling: false, turn: 4 });
  expect([...drawn.brief]).toEqual([]);
});

test('of rows that come at once where others were, as many are whole at first as in a table that opens', () => {
  const first = firstOf(rows(0, WHOLE_AT_FIRST));
  const few = nextDrawn(first, rows(200, WHOLE_AT_FIRST), { isScrolling: false, turn: 0 });
  expect([few.brief.size, few.isOpening]).toEqual([0, false]);
  const many = nextDrawn(few, rows(300, 30), { isScrolling: false, turn: 0 });
  expect([...many.brief]).toEqual(rows(300 + WHOLE_AT_FIRST, 30 - WHOLE_AT_FIRST));
  expect(many.isOpening).toBe(true);
});
