import type { AuditEntry } from '../../common/audit.ts';
import { integer, json, optionalText, type Row, text } from '../database/row.ts';

/** The columns that format 1 takes into its hashes, in order. */
export const EARLIER_FIELDS = ['at', 'who', 'host', 'operation_id', 'event', 'detail'] as const;

export const ENTRY_COLUMNS = `id, form, previous, machine, account, registry, kind, what, hash, ${EARLIER_FIELDS.join(', ')}`;

/** An entry as it is exported. */
export function entryOf(row: Row): AuditEntry {
  const operation = text(row, 'operation_id');
  return {
    format: row.form === 2 ? 2 : 1,
    sequence: integer(row, 'id'),
    at: text(row, 'at'),
    user: text(row, 'who'),
    machine: optionalText(row, 'machine') ?? null,
    app: text(row, 'host'),
    // Written by `add`.
    account: row.account === null ? null : (json(row, 'account') as AuditEntry['account']),
    registry: optionalText(row, 'registry') ?? null,
    kind: optionalText(row, 'kind') ?? null,
    event: text(row, 'event'),
    operation: operation === '' ? null : operation,
    what: optionalText(row, 'what') ?? null,
    // What was spoiled is its text: no entry has such a hash.
    detail: json(row, 'detail') ?? text(row, 'detail'),
    previous: optionalText(row, 'previous') ?? null,
    hash: optionalText(row, 'hash') ?? null,
  };
}
