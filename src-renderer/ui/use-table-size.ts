import { type RefObject, useLayoutEffect, useState } from 'react';

export interface TableSize {
  /** Pixels for the columns of a line. */
  readonly width: number;
  /** Pixels beside them at either end. */
  readonly inset: number;
  /** Pixels of the table, all that scrolls within it left out. */
  readonly height: number;
}

/** Sizes of the tables that have a name, the one that was measured last at the end. */
const measured = new Map<string, TableSize>();

/** No row has room: a table is measured before its first rows are drawn, since rows that are drawn for another size are drawn twice. */
const UNKNOWN: TableSize = { width: 0, inset: 0, height: 0 };

/**
 * How large a table is, before it is painted and whenever it is resized.
 *
 * @param name under which it is remembered: it is drawn for the size that it had, or else for that of the last table with a name, since most
 *   of these fill the page
 */
export function useTableSize(table: RefObject<HTMLElement | null>, name: string | undefined): TableSize {
  const [size, setSize] = useState(() => (name === undefined ? UNKNOWN : usualSize(name)));
  useLayoutEffect(() => {
    const box = table.current;
    const line = box?.querySelector('[role="row"]');
    if (!box || !line) return;
    const measure = () => {
      const inset = Number.parseFloat(getComputedStyle(line).paddingLeft);
      const next = { width: box.clientWidth - 2 * inset, inset, height: box.clientHeight };
      if (name !== undefined) {
        measured.delete(name);
        measured.set(name, next);
      }
      setSize((before) => (isSame(before, next) ? before : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [table, name]);
  return size;
}

const usualSize = (name: string) => measured.get(name) ?? [...measured.values()].at(-1) ?? UNKNOWN;

const isSame = (one: TableSize, other: TableSize) =>
  one.width === other.width && one.inset === other.inset && one.height === other.height;
