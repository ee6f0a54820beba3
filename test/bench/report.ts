/** One line of the benchmark's table. */
export interface Measurement {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 'kB' | 's' | 'requests' | 'MB' | '%' | 'times';
  /** The most it should be; none where the number is only reported. */
  readonly target?: number;
  /** How it spread, or what it was made of. */
  readonly note?: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) throw new Error('no values');
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** `42–57`, for a note. */
export function spread(values: readonly number[]): string {
  return `${Math.round(Math.min(...values))}–${Math.round(Math.max(...values))} of ${values.length}`;
}

/** A Markdown table, aligned, so that it can be read here and kept in the README. */
export function table(measurements: readonly Measurement[]): string {
  const rows = [
    ['What', 'Measured', 'Target', 'Verdict', 'Note'],
    ...measurements.map(({ what, value, unit, target, note = '' }) => [
      what,
      `${round(value)} ${unit}`,
      target === undefined ? '' : `≤ ${target} ${unit}`,
      target === undefined ? '' : value <= target ? 'met' : 'MISSED',
      note,
    ]),
  ];
  return aligned(rows);
}

/** Rows as a Markdown table, the first of them its head. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body.map(line)].join(
    '\n',
  );
}

function round(value: number): string {
  return value < 2 ? value.toFixed(2) : value < 10 ? value.toFixed(1) : String(Math.round(value));
}
