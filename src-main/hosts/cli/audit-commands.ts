import { type Command, InvalidArgumentError } from 'commander';
import type { AuditHead } from '../../common/audit.ts';
import type { AuditFlags } from './commands/audit.ts';
import type { Defining, Options } from './defining.ts';
import { limitNumber } from './option-values.ts';

/** The record of changes. */
export function addAuditCommands(program: Command, { define, run }: Defining): void {
  const audit = program
    .command('audit')
    .description('list the changes that were made from this machine, or write their record')
    .option('--json', 'print all entries as JSON lines, oldest first')
    .option('--csv', 'print them as CSV, a line for each changed tag')
    .option('--since <time>', 'from this date (UTC) or instant on', instantOf)
    .option('--until <time>', 'before this date (UTC) or instant', instantOf)
    .option('--registry <host>', 'of this registry')
    .option('--kind <kind>', 'of this kind: delete, copy, account …')
    .option('--user <name>', 'of this user of the operating system')
    .option('--text <words>', 'whose entries hold each of these words: tags, digests, places')
    .option('--limit <number>', 'how many to list', limitNumber, 20)
    .addHelpText('after', AUDIT_HELP)
    .action(async (options: Options & AuditFlags) => {
      const commands = await import('./commands/audit.ts');
      await run(options, (context) => commands.audit(context, options));
    });
  define(
    'verify',
    'compute the chain of hashes anew; it fails where the record was changed or cut off',
    audit,
  )
    .option('--head <sequence:hash>', 'an entry that was noted elsewhere; may be repeated', headOf)
    .action(async (options: Options & { head?: readonly AuditHead[] }) => {
      const { verifyRecord } = await import('./commands/audit.ts');
      await run(options, (context) => verifyRecord(context, options.head ?? []));
    });
}

const AUDIT_HELP = `
Entries are chained: each holds the hash of the one before. Note the head that "audit verify" prints where
nobody of this machine can write, or ship the lines of --json there: --head compares it later.`;

function instantOf(text: string): string {
  const at = /^\d{4}-\d{2}-\d{2}(T.*)?$/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(at.getTime()))
    throw new InvalidArgumentError('It is no date (2026-01-31) and no instant (2026-01-31T12:00:00Z).');
  return at.toISOString();
}

function headOf(text: string, before: readonly AuditHead[] = []): readonly AuditHead[] {
  const [, sequence, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (sequence === undefined || hash === undefined)
    throw new InvalidArgumentError('It is not the number of an entry, a colon and its hash.');
  return [...before, { sequence: Number(sequence), hash }];
}
