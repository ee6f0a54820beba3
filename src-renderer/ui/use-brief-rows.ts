import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { NOTHING_DRAWN, nextDrawn } from './brief-rows.ts';

/** Milliseconds after the last rows that scrolled by: a wheel that is turned has no such pause. */
const REST_MS = 80;

/**
 * Which rows are drawn with no more than their first column for now: see {@link nextDrawn}.
 *
 * @param ids of the rows in view, in order
 */
export function useBriefRows(ids: readonly string[], isScrolling: boolean): ReadonlySet<string> {
  const before = useRef(NOTHING_DRAWN);
  const [turn, setTurn] = useState(0);
  const drawn = nextDrawn(before.current, ids, { isScrolling, turn });
  useLayoutEffect(() => {
    before.current = drawn;
  });
  const isResting = drawn.isOpening || turn !== before.current.turn;
  useEffect(() => {
    if (drawn.brief.size === 0) return;
    const next = () => setTurn((count) => count + 1);
    if (isResting) {
      const picture = requestAnimationFrame(next);
      return () => cancelAnimationFrame(picture);
    }
    const rest = setTimeout(next, REST_MS);
    return () => clearTimeout(rest);
  });
  return drawn.brief;
}
