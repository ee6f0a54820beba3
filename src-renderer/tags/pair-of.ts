import type { KnownTag } from './known-tag.ts';

/** Two tags in the order of their age, the older first, where that is known; else as they were chosen. Undefined of any other number. */
export function pairOf(
  all: readonly KnownTag[],
  tags: readonly string[],
): readonly [string, string] | undefined {
  const [first, second, third] = tags;
  if (first === undefined || second === undefined || third !== undefined) return undefined;
  const createdOf = (name: string) => all.find((each) => each.name === name)?.details?.created;
  const [a, b] = [createdOf(first), createdOf(second)];
  const isTurned = a !== undefined && b !== undefined && Date.parse(a) > Date.parse(b);
  return isTurned ? [second, first] : [first, second];
}
