/** The list with one id at another place; the same list where nothing moves. */
export function moved(ids: readonly string[], id: string, to: number): readonly string[] {
  const from = ids.indexOf(id);
  const place = Math.max(0, Math.min(ids.length - 1, to));
  if (from < 0 || from === place) return ids;
  return ids.toSpliced(from, 1).toSpliced(place, 0, id);
}
