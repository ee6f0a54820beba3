import { expect, test } from 'vitest';
import {
  COLUMN_GAP,
  columnWidths,
  inOrder,
  laidOut,
  moved,
  resized,
  unsized,
  usualLayout,
} from '../../../src-renderer/ui/table-layout.ts';

const columns = [
  { id: 'name', width: 100, grow: 2, fixed: true },
  { id: 'size', width: 80 },
  { id: 'created', width: 120 },
  { id: 'digest', width: 90, usuallyHidden: true },
  { id: 'menu', width: 28, fixed: true },
];
const ids = (of: readonly { id: string }[]) => of.map(({ id }) => id);

test('without a choice the columns are as they are, but for those that are shown when asked for', () => {
  expect(ids(laidOut(columns, usualLayout))).toEqual(['name', 'size', 'created', 'menu']);
  expect(
    ids(laidOut(columns, { ...usualLayout, shown: { digest: true, size: false, name: false } })),
  ).toEqual(['name', 'created', 'digest', 'menu']);
});

test('a moved column takes the place of another one; fixed ones keep theirs', () => {
  const layout = moved(columns, usualLayout, 'digest', 'size');
  expect(ids(inOrder(columns, layout))).toEqual(['name', 'digest', 'size', 'created', 'menu']);
  expect(moved(columns, usualLayout, 'size', 'menu')).toBe(usualLayout);
  expect(moved(columns, usualLayout, 'no such', 'size')).toBe(usualLayout);
});

test('an order of another version of the app holds what is still there, and new columns stay where they belong', () => {
  const layout = { ...usualLayout, order: ['created', 'gone', 'size', 'created'] };
  expect(ids(inOrder(columns, layout))).toEqual(['name', 'created', 'digest', 'size', 'menu']);
});

test('a chosen width does not grow, is within bounds and can be given up', () => {
  const layout = resized(usualLayout, 'name', 5);
  expect(laidOut(columns, layout)[0]).toMatchObject({ width: 40, grow: 0 });
  expect(laidOut(columns, unsized(layout, 'name'))[0]).toBe(columns[0]);
});

test('columns that grow share what is left, none below its own width', () => {
  const two = [
    { id: 'a', width: 100, grow: 1 },
    { id: 'b', width: 50 },
    { id: 'c', width: 300, grow: 1 },
  ];
  expect(columnWidths(two, 100 + 50 + 300 + 2 * COLUMN_GAP)).toEqual([100, 50, 300]);
  expect(columnWidths(two, 200 + 50 + 300 + 2 * COLUMN_GAP)).toEqual([200, 50, 300]);
  expect(columnWidths(two, 400 + 50 + 400 + 2 * COLUMN_GAP)).toEqual([400, 50, 400]);
  expect(columnWidths(two, 10)).toEqual([100, 50, 300]);
});

test('where none grows, the last one takes what is left', () => {
  expect(
    columnWidths(
      [
        { id: 'a', width: 100 },
        { id: 'b', width: 50 },
      ],
      500 + COLUMN_GAP,
    ),
  ).toEqual([100, 400]);
  expect(columnWidths([], 100)).toEqual([]);
});

test('what is needed comes before what grows, and a chosen width stays', () => {
  const three = [
    { id: 'name', width: 100, grow: 1 },
    { id: 'kind', width: 80 },
    { id: 'size', width: 60, chosen: true },
  ];
  const room = 600 + 2 * COLUMN_GAP;
  expect(columnWidths(three, room, [50, 200, 300])).toEqual([340, 200, 60]);
  expect(columnWidths(three, room, [420, 90, undefined])).toEqual([450, 90, 60]);
});

test('where not all has room, none keeps more than it needs, and the ones that need least are whole', () => {
  const three = [
    { id: 'name', width: 100, grow: 1 },
    { id: 'kind', width: 200 },
    { id: 'tags', width: 100, grow: 1 },
  ];
  const room = 500 + 2 * COLUMN_GAP;
  expect(columnWidths(three, room, [900, 80, 150])).toEqual([270, 80, 150]);
  expect(columnWidths(three, room, [900, undefined, 120])).toEqual([180, 200, 120]);
  expect(columnWidths(three, 300, [900, 300, 900])).toEqual([100, 200, 100]);
  // What is left over then is no gap at the end.
  expect(columnWidths(three, 300 + 2 * COLUMN_GAP, [90, 80, 70])).toEqual([110, 80, 110]);
});
