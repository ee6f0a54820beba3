import { useRef } from 'react';

/** The list before, as long as the next one holds the same: what is made of it is not drawn again for another array. */
export function useSame<Item>(list: readonly Item[]): readonly Item[] {
  const kept = useRef(list);
  const before = kept.current;
  if (before.length !== list.length || before.some((each, at) => each !== list[at])) kept.current = list;
  return kept.current;
}
