/** The set with one id taken in or out. */
export function toggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

/**
 * The set with all rows from `from` to `to` (both included, in the order of `ids`) taken in, as Shift does. Where `from` is not
 * in the list any more, `to` alone is taken in.
 */
export function selectBetween(
  selected: ReadonlySet<string>,
  ids: readonly string[],
  from: string,
  to: string,
): ReadonlySet<string> {
  const end = ids.indexOf(to);
  const start = ids.indexOf(from);
  const begin = start < 0 ? end : Math.min(start, end);
  const next = new Set(selected);
  for (const id of ids.slice(begin, Math.max(start, end) + 1)) next.add(id);
  return next;
}
