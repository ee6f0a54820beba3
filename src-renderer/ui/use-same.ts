import { useRef } from 'react';

export const isSameList = (one: readonly unknown[], other: readonly unknown[]) =>
  one.length === other.length && one.every((each, at) => each === other[at]);

/** The list before, as long as the next one holds the same: what is made of it is not drawn again for another array. */
export function useSame<Item>(list: readonly Item[]): readonly Item[] {
  const kept = useRef(list);
  if (!isSameList(kept.current, list)) kept.current = list;
  return kept.current;
}
