import type { AuditFilter, AuditHead, AuditVerification, HistoryRow } from '../../../common/audit.ts';
import type { Context } from '../context.ts';
import { CommandFailure, UsageError } from '../failures.ts';
import { counted, print, printJson, printJsonPiece } from '../output.ts';
import { Table } from '../table.ts';

export interface AuditFlags {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly since?: string;
  readonly until?: string;
  readonly registry?: string;
  readonly kind?: string;
  readonly user?: string;
  readonly text?: string;
  readonly limit: number;
}

/** `audit`: the latest changes, or with `--json` and `--csv` all entries of the record. */
export async function audit({ core, json, signal }: Context, flags: AuditFlags): Promise<void> {
  if (json && flags.csv) throw new UsageError('Give either --json or --csv.');
  const filter = filterOf(flags);
  if (json || flags.csv) {
    const text = core.audit.export(filter, json ? 'jsonl' : 'csv', { signal });
    for await (const piece of text) await (json ? printJsonPiece(piece) : print(linesOf(piece)));
    return;
  }
  const { items } = await core.audit.history(filter, { offset: 0, limit: flags.limit }, { signal });
  if (items.length === 0) return;
  const table = new Table(['#', 'WHEN', 'WHO', 'RESULT', 'WHAT'], [0]);
  await print(table.lines(items.map(rowOf)));
}

function filterOf({ since, until, registry, kind, user, text }: AuditFlags): AuditFilter {
  return {
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(registry !== undefined && { registry }),
    ...(kind !== undefined && { kind }),
    ...(user !== undefined && { user }),
    ...(text !== undefined && { text }),
  };
}

function linesOf(text: string): string[] {
  return text.replace(/\r\n$/, '').split('\r\n');
}

function rowOf({ sequence, at, user, machine, operation, what, event }: HistoryRow): string[] {
  return [
    String(sequence),
    at.slice(0, 19).replace('T', ' '),
    machine === null ? user : `${user} on ${machine}`,
    operation === undefined ? event : operation.undone ? 'undone' : operation.status,
    what ?? operation?.title ?? '',
  ];
}

/** `audit verify`: whether the record is what was written. */
export async function verifyRecord(
  { core, json, signal }: Context,
  heads: readonly AuditHead[],
): Promise<void> {
  const found = await core.audit.verify(heads, { signal });
  if (json) await printJson(found);
  else await print(textOf(found));
  if (found.problemCount === 0) return;
  throw new CommandFailure({
    code: 'auditBroken',
    message: `The record of changes has been altered: ${counted(found.problemCount, 'entry', 'entries')}.`,
  });
}

function textOf({ entries, earlier, head, noted, problems, problemCount }: AuditVerification): string[] {
  const words = {
    changed: 'was changed, or is not followed by what it was',
    missing: 'is missing',
    cutOff: 'was noted elsewhere, and is not there as it was noted',
  };
  return [
    `${counted(entries, 'entry', 'entries')} in the record, ${earlier} of them from earlier versions`,
    ...problems.map(({ kind, sequence }) => `Entry ${sequence} ${words[kind]}`),
    ...(problemCount > problems.length ? [`… and ${problemCount - problems.length} more`] : []),
    ...(problemCount === 0 ? ['All hashes are as they were computed'] : []),
    noted === null
      ? 'No head is noted outside of the database: whether entries were cut off at its end cannot be told'
      : `Noted outside of the database: entry ${noted.sequence}, ${noted.at}`,
    ...(head === null ? [] : [`Head: ${head.sequence}:${head.hash}`]),
  ];
}
