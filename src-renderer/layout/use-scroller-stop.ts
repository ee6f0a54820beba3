import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';

/** Whether an element is to be a stop of the Tab key itself, so that keys scroll it: it scrolls, and no stop is in it. */
export function useScrollerStop(scroller: RefObject<HTMLElement | null>): boolean {
  const [isStop, setIsStop] = useState(false);
  const look = () => {
    const { current } = scroller;
    if (!current) return;
    setIsStop(
      current.scrollHeight > current.clientHeight && current.querySelector('[tabindex="0"]') === null,
    );
  };
  // What is in it, and where the stop is, changes with whatever is drawn.
  useLayoutEffect(look);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it sees whichever element is there
  useEffect(() => {
    const observer = new ResizeObserver(look);
    if (scroller.current) observer.observe(scroller.current);
    return () => observer.disconnect();
  }, [scroller]);
  return isStop;
}
