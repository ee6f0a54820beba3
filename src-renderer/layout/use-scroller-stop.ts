import { type RefObject, useLayoutEffect, useState } from 'react';

/**
 * Whether an element is to be a stop of the Tab key itself, so that keys scroll it: it scrolls, and no stop is in it. What is in it, and
 * where the stop is, may change without the element being drawn again: the element itself is watched.
 */
export function useScrollerStop(scroller: RefObject<HTMLElement | null>): boolean {
  const [isStop, setIsStop] = useState(false);
  useLayoutEffect(() => {
    const { current: element } = scroller;
    if (!element) return;
    const look = () =>
      setIsStop(
        element.scrollHeight > element.clientHeight && element.querySelector('[tabindex="0"]') === null,
      );
    const sizes = new ResizeObserver(look);
    const watchSizes = () => {
      sizes.disconnect();
      for (const each of [element, ...element.children]) sizes.observe(each);
    };
    const contents = new MutationObserver(() => {
      watchSizes();
      look();
    });
    look();
    watchSizes();
    contents.observe(element, { childList: true, subtree: true, attributeFilter: ['tabindex'] });
    return () => {
      sizes.disconnect();
      contents.disconnect();
    };
  }, [scroller]);
  return isStop;
}
