import { type RefObject, useLayoutEffect, useState } from 'react';

/** Pixels for the columns of a line, and beside them at either end, before it is painted and whenever the table is resized. */
export function useLineWidth(table: RefObject<HTMLElement | null>): { width: number; inset: number } {
  const [size, setSize] = useState({ width: 0, inset: 0 });
  useLayoutEffect(() => {
    const box = table.current;
    const line = box?.querySelector('[role="row"]');
    if (!box || !line) return;
    const measure = () => {
      const inset = Number.parseFloat(getComputedStyle(line).paddingLeft);
      const width = box.clientWidth - 2 * inset;
      setSize((before) => (before.width === width && before.inset === inset ? before : { width, inset }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [table]);
  return size;
}
