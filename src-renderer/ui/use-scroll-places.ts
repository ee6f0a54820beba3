import { type RefObject, useEffect, useRef } from 'react';

export interface ScrollPlacesOptions {
  /** What the rows are picked and sorted by: when it changes, they are shown from the first one on. */
  shownBy: string;
  /** See `VirtualTable`. */
  reveal: { readonly id: string } | undefined;
  /** -1 where it is not among the rows yet. */
  indexOf: (id: string) => number;
  onReveal: (id: string, index: number) => void;
}

/** Where a table is scrolled to by itself. */
export function useScrollPlaces(table: RefObject<HTMLElement | null>, options: ScrollPlacesOptions): void {
  const { shownBy, reveal, indexOf, onReveal } = options;
  const before = useRef(shownBy);
  useEffect(() => {
    if (before.current === shownBy) return;
    before.current = shownBy;
    if (table.current) table.current.scrollTop = 0;
  }, [table, shownBy]);
  const revealed = useRef<object>(undefined);
  useEffect(() => {
    if (!reveal || reveal === revealed.current) return;
    const index = indexOf(reveal.id);
    if (index < 0) return;
    revealed.current = reveal;
    onReveal(reveal.id, index);
  }, [reveal, indexOf, onReveal]);
}
