import { DataError } from '../errors.ts';

/** A row as SQLite gives it. */
export type Row = Readonly<Record<string, unknown>>;

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new DataError('storageFailed', `${column} is not a text`);
  return value;
}

export function optionalText(row: Row, column: string): string | undefined {
  return row[column] === null ? undefined : text(row, column);
}

export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new DataError('storageFailed', `${column} is not a number`);
  return value;
}

export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new DataError('storageFailed', `${column} is not bytes`);
  return value;
}

/** Undefined for what is no JSON: a row that a crash or another program spoiled costs itself only, and its reader reports it. */
export function json(row: Row, column: string): unknown {
  try {
    return JSON.parse(text(row, column));
  } catch {
    return undefined;
  }
}
