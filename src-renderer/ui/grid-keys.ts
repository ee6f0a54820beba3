import type { TreeOf } from './tree-of.ts';

/** A grid as its keys see it; what is left out it has not. */
export interface GridKeys<Row> {
  /** In the order that is shown. */
  readonly rows: readonly Row[];
  /** The row that the keys are at; -1 for none. */
  readonly activeIndex: number;
  /** Rows by which a page key moves. */
  readonly page: number;
  readonly tree?: TreeOf<Row> | undefined;
  /** @param extend the selection goes along */
  readonly move: (to: number, extend: boolean) => void;
  readonly onAll?: (() => void) | undefined;
  readonly onNone?: (() => void) | undefined;
  /** @param range up to it from the one before */
  readonly onSelect?: ((row: Row, range: boolean) => void) | undefined;
  readonly onOpen?: ((row: Row) => void) | undefined;
}

/** What of a key press counts. */
type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Does what a key means in a grid, as ARIA describes grids. @returns false for a key that means nothing there */
export function pressGridKey<Row>(press: Press, grid: GridKeys<Row>): boolean {
  const { key, shiftKey } = press;
  const { rows, activeIndex, page, tree, move, onAll, onNone, onSelect, onOpen } = grid;
  const active = rows[activeIndex];
  const command = press.ctrlKey || press.metaKey;
  if (command && key.toLowerCase() === 'a' && onAll) onAll();
  else if (command || press.altKey) return false;
  else if (key === 'ArrowDown') move(activeIndex + 1, shiftKey);
  else if (key === 'ArrowUp') move(activeIndex < 0 ? 0 : activeIndex - 1, shiftKey);
  else if (key === 'PageDown') move(activeIndex + page, shiftKey);
  else if (key === 'PageUp') move(activeIndex - page, shiftKey);
  else if (key === 'ArrowRight' && tree && active) toward(active, tree, grid);
  else if (key === 'ArrowLeft' && tree && active) away(active, tree, grid);
  else if (key === 'Home') move(0, shiftKey);
  else if (key === 'End') move(rows.length - 1, shiftKey);
  else if (key === ' ' && active && onSelect) onSelect(active, shiftKey);
  else if (key === 'Enter' && active && onOpen) onOpen(active);
  else if (key === 'Escape' && onNone) onNone();
  else return false;
  return true;
}

/** Opens what is closed, and goes to the first in what is open. */
function toward<Row>(
  row: Row,
  { expanded, onToggle }: TreeOf<Row>,
  { activeIndex, move }: GridKeys<Row>,
): void {
  const isOpen = expanded(row);
  if (isOpen === false) onToggle(row);
  else if (isOpen) move(activeIndex + 1, false);
}

/** Closes what is open, and goes from all else to what it is in. */
function away<Row>(
  row: Row,
  { expanded, level, onToggle }: TreeOf<Row>,
  { rows, activeIndex, move }: GridKeys<Row>,
): void {
  if (expanded(row)) {
    onToggle(row);
    return;
  }
  const parent = rows.slice(0, activeIndex).findLastIndex((each) => level(each) < level(row));
  if (parent >= 0) move(parent, false);
}
