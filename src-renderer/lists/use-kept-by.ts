import { useEffect, useRef } from 'react';

/**
 * What was made for a list, for when a page shows it again: one for as long as the page is open, also while its list grows.
 *
 * @param kept what was made for the lists of such pages
 * @param make gives what has nothing worked out yet
 */
export function useKeptBy<List extends object, Made>(
  kept: WeakMap<List, Made>,
  list: List | undefined,
  make: () => Made,
): Made {
  const own = useRef<Made>(undefined);
  own.current ??= (list && kept.get(list)) ?? make();
  const made = own.current;
  useEffect(() => {
    if (list) kept.set(list, made);
  }, [kept, list, made]);
  return made;
}
