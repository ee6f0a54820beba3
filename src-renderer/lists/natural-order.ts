/**
 * A key whose plain string order is the natural order of names: digit runs compare as numbers (`1.9` before `1.10`), letters
 * without regard to case. Made once for each name, so that sorting 100,000 of them compares memory and nothing else.
 */
export function naturalKey(name: string): string {
  const folded = name.toLowerCase().replace(/\d+/g, (digits) => {
    const significant = digits.replace(/^0+(?=\d)/, '');
    // A number's length goes before its digits, so that longer numbers sort later. Tags hold at most 128 characters; a longer
    // number than that only has to be in some fixed place.
    const length = Math.min(significant.length, 0xfff);
    return `0${String.fromCharCode(0x20 + length)}${significant}`;
  });
  // Names that differ by case or by leading zeros only still need one order.
  return `${folded}\u0000${name}`;
}

/** Compares two keys (or other strings) by code unit: no locale, no allocation. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
