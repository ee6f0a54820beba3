/** Decimal units, as container tools show them. */
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A number of bytes in the unit in which it has at most three digits before the point. */
export function inUnits(bytes: number): { value: number; unit: (typeof UNITS)[number] } {
  let value = bytes;
  let unit = 0;
  // 999.5 would be shown as 1000: it belongs to the next unit.
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return { value, unit: UNITS[unit] ?? 'B' };
}

/** Three digits, in English; pages have their own words. */
export function bytesText(bytes: number): string {
  const { value, unit } = inUnits(bytes);
  return `${unit === 'B' ? value : Number(value.toPrecision(3))} ${unit}`;
}
