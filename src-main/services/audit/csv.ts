import { z } from 'zod';
import type { AuditEntry } from '../../common/audit.ts';

const COLUMNS = [
  'sequence',
  'at',
  'user',
  'machine',
  'app',
  'account',
  'account user',
  'registry',
  'kind',
  'event',
  'operation',
  'what',
  'repository',
  'reference',
  'before',
  'after',
  'failure',
  'hash',
] as const;

/** What the details of events may have, as far as it has columns. */
const known = z.object({
  changes: z
    .array(
      z.object({
        repository: z.string(),
        reference: z.string(),
        before: z.string().nullable(),
        after: z.string().nullable(),
      }),
    )
    .optional()
    .catch(undefined),
  failure: z.object({ code: z.string() }).optional().catch(undefined),
});

export const csvHeader = lineOf(COLUMNS);

/** One line; of changes to tags one for each. @see RFC 4180 */
export function csvRows(entry: AuditEntry): string {
  const { sequence, at, user, machine, app, account, registry, kind, event, operation, what, hash } = entry;
  const { changes, failure } = known.safeParse(entry.detail).data ?? {};
  const before = [sequence, at, user, machine, app, account?.name, account?.user];
  const about = [...before, registry, kind, event, operation, what];
  const lines = changes?.length ? changes : [undefined];
  return lines
    .map((change) =>
      lineOf([
        ...about,
        change?.repository,
        change?.reference,
        change?.before,
        change?.after,
        failure?.code,
        hash,
      ]),
    )
    .join('');
}

function lineOf(cells: readonly (string | number | null | undefined)[]): string {
  return `${cells.map((cell) => cellOf(cell ?? '')).join(',')}\r\n`;
}

/**
 * What a spreadsheet would take for a formula begins with an apostrophe: names come from registries.
 *
 * @see OWASP, "CSV Injection"
 */
function cellOf(value: string | number): string {
  const text = String(value);
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
