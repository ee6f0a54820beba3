import { createHash } from 'node:crypto';
import type { AuditEntry } from '../../common/audit.ts';

/** What stands before the first entry. */
export const GENESIS = '0'.repeat(64);

/** The hash of an entry of format 2: over the canonical JSON of all its other fields, the hash of the entry before among them. */
export function hashOf({ hash: _, ...entry }: AuditEntry): string {
  return sha256(canonicalJson(entry));
}

/** The hash of an entry of format 1: over the JSON array of the hash of the entry before, empty for the first, and its columns. */
export function earlierHash(before: string, columns: readonly string[]): string {
  return sha256(JSON.stringify([before, ...columns]));
}

/**
 * The one text of a JSON value: no blanks, keys in the order of their code units.
 *
 * @see RFC 8785, JSON Canonicalization Scheme; JSON.stringify writes strings and numbers as it asks
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((each) => canonicalJson(each ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(',')}}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
