import { useRouter } from '@tanstack/react-router';
import { type RefObject, useEffect } from 'react';
import { keepKeysFromBehindDialogs } from './dialog-keys.ts';
import { focusOpenedPage, keepFocus } from './page-focus.ts';

interface Place {
  readonly pathname: string;
  readonly search: object;
}

/** Which page an address is of: filters, orders and tabs are of one page. */
function pageOf({ pathname, search }: Place): string {
  const { repository, reference } = search as { repository?: unknown; reference?: unknown };
  return JSON.stringify([pathname, repository, reference]);
}

/** The focus goes to each page that is opened, and never gets lost. At the start it is on the page as a whole. */
export function usePageFocus(main: RefObject<HTMLElement | null>): void {
  const router = useRouter();
  useEffect(() => {
    const element = main.current;
    if (!element) return;
    let stop = () => {};
    let shown = pageOf(router.state.location);
    const unsubscribe = router.subscribe('onRendered', ({ toLocation }) => {
      const page = pageOf(toLocation);
      if (page === shown) return;
      shown = page;
      stop();
      stop = focusOpenedPage(element);
    });
    if (document.activeElement === document.body) element.focus();
    const ends = [keepFocus(element), keepKeysFromBehindDialogs()];
    return () => {
      unsubscribe();
      stop();
      for (const end of ends) end();
    };
  }, [router, main]);
}
