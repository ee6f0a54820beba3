/** `NAME=value` entries as pairs; an entry without `=` is a name without a value. */
export function environmentPairs(entries: readonly string[]): readonly (readonly [string, string])[] {
  return entries.map((entry) => {
    const equals = entry.indexOf('=');
    return equals < 0 ? [entry, ''] : [entry.slice(0, equals), entry.slice(equals + 1)];
  });
}
