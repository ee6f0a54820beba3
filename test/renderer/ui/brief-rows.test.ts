import { expect, test } from 'vitest';
import { NOTHING_DRAWN, nextDrawn, WHOLE_A_PICTURE } from '../../../src-renderer/ui/brief-rows.ts';

const rows = (from: number, count: number) => Array.from({ length: count }, (_, at) => `row ${from + at}`);

test('rows are whole where they are drawn first, and where few come with a picture', () => {
  const first = nextDrawn(NOTHING_DRAWN, rows(0, 30), { isScrolling: false, turn: 0 });
  expect([...first.brief]).toEqual([]);
  const next = nextDrawn(first, rows(WHOLE_A_PICTURE, 30), { isScrolling: true, turn: 0 });
  expect([...next.brief]).toEqual([]);
});

test('a screen that scrolls by is brief, and whole some rows at a time once it rests', () => {
  const first = nextDrawn(NOTHING_DRAWN, rows(0, 10), { isScrolling: false, turn: 0 });
  let drawn = nextDrawn(first, rows(100, 10), { isScrolling: true, turn: 0 });
  expect([...drawn.brief]).toEqual(rows(100, 10));
  // Drawn again for another reason, they are no more than they were.
  drawn = nextDrawn(drawn, rows(100, 10), { isScrolling: false, turn: 0 });
  expect([...drawn.brief]).toEqual(rows(100, 10));
  drawn = nextDrawn(drawn, rows(100, 10), { isScrolling: false, turn: 1 });
  expect([...drawn.brief]).toEqual(rows(100 + WHOLE_A_PICTURE, 10 - WHOLE_A_PICTURE));
  drawn = nextDrawn(drawn, rows(100, 10), { isScrolling: false, turn: 2 });
  expect([...drawn.brief]).toEqual([]);
});

test('what another filter shows is whole', () => {
  const first = nextDrawn(NOTHING_DRAWN, rows(0, 30), { isScrolling: false, turn: 0 });
  expect([...nextDrawn(first, rows(200, 30), { isScrolling: false, turn: 0 }).brief]).toEqual([]);
});
