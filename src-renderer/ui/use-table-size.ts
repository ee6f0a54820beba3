import { type RefObject, useLayoutEffect, useState } from 'react';

export interface TableSize {
  /** Pixels for the columns of a line. */
  readonly width: number;
  /** Pixels beside them at either end. */
  readonly inset: number;
  /** Pixels of the table, all that scrolls within it left out. */
  readonly height: number;
}

/** The table that was measured last: the next one is drawn for the same, and seldom has to be drawn again before it is painted. */
let usual: TableSize | undefined;

/** How large a table is, before it is painted and whenever it is resized. */
export function useTableSize(table: RefObject<HTMLElement | null>): TableSize {
  const [size, setSize] = useState(() => usual ?? { width: 0, inset: 0, height: window.innerHeight });
  useLayoutEffect(() => {
    const box = table.current;
    const line = box?.querySelector('[role="row"]');
    if (!box || !line) return;
    const measure = () => {
      const inset = Number.parseFloat(getComputedStyle(line).paddingLeft);
      const next = { width: box.clientWidth - 2 * inset, inset, height: box.clientHeight };
      usual = next;
      setSize((before) => (isSame(before, next) ? before : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [table]);
  return size;
}

const isSame = (one: TableSize, other: TableSize) =>
  one.width === other.width && one.inset === other.inset && one.height === other.height;
