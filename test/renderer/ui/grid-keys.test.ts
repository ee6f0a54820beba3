import { expect, test } from 'vitest';
import { type GridKeys, pressGridKey } from '../../../src-renderer/ui/grid-keys.ts';

const press = (key: string, changes: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...changes,
});

/** Five rows; what is done to them is noted. */
function gridOf(changes: Partial<GridKeys<string>> = {}) {
  const done: unknown[][] = [];
  const note =
    (what: string) =>
    (...args: unknown[]) =>
      void done.push([what, ...args]);
  const grid: GridKeys<string> = {
    rows: ['a', 'b', 'c', 'd', 'e'],
    activeIndex: 2,
    page: 2,
    move: note('move'),
    onAll: note('all'),
    onNone: note('none'),
    onSelect: note('select'),
    onOpen: note('open'),
    ...changes,
  };
  return { grid, done };
}

test.each([
  ['ArrowDown', {}, ['move', 3, false]],
  ['ArrowUp', { shiftKey: true }, ['move', 1, true]],
  ['PageDown', {}, ['move', 4, false]],
  ['PageUp', {}, ['move', 0, false]],
  ['Home', {}, ['move', 0, false]],
  ['End', { shiftKey: true }, ['move', 4, true]],
  [' ', { shiftKey: true }, ['select', 'c', true]],
  ['Enter', {}, ['open', 'c']],
  ['Escape', {}, ['none']],
  ['a', { ctrlKey: true }, ['all']],
  ['A', { metaKey: true }, ['all']],
] as const)('%s %o does what it means in a grid', (key, changes, expected) => {
  const { grid, done } = gridOf();
  expect(pressGridKey(press(key, changes), grid)).toBe(true);
  expect(done).toEqual([expected]);
});

test.each([
  ['x', {}],
  ['ArrowDown', { ctrlKey: true }],
  ['ArrowLeft', { altKey: true }],
  ['ArrowRight', {}],
] as const)('%s %o is left to others', (key, changes) => {
  const { grid, done } = gridOf();
  expect(pressGridKey(press(key, changes), grid)).toBe(false);
  expect(done).toEqual([]);
});

test('keys of what a grid has not are left to others', () => {
  const { grid } = gridOf({ onAll: undefined, onNone: undefined, onSelect: undefined, onOpen: undefined });
  for (const key of [' ', 'Enter', 'Escape']) expect(pressGridKey(press(key), grid)).toBe(false);
  expect(pressGridKey(press('a', { ctrlKey: true }), grid)).toBe(false);
});

test('where no row is picked out, up begins at the first', () => {
  const { grid, done } = gridOf({ activeIndex: -1 });
  pressGridKey(press('ArrowUp'), grid);
  expect(done).toEqual([['move', 0, false]]);
});

test('in a tree, right opens or goes in, left closes or goes out', () => {
  const toggled: string[] = [];
  const tree = {
    level: (row: string) => (row === 'b' ? 1 : 2),
    expanded: (row: string) => (row === 'b' ? true : row === 'd' ? false : undefined),
    onToggle: (row: string) => void toggled.push(row),
  };
  const at = (activeIndex: number, key: string) => {
    const { grid, done } = gridOf({ activeIndex, tree });
    expect(pressGridKey(press(key), grid)).toBe(true);
    return done;
  };
  expect(at(1, 'ArrowRight')).toEqual([['move', 2, false]]);
  expect(at(3, 'ArrowRight')).toEqual([]);
  expect(at(1, 'ArrowLeft')).toEqual([]);
  expect(at(2, 'ArrowLeft')).toEqual([['move', 1, false]]);
  expect(toggled).toEqual(['d', 'b']);
});
