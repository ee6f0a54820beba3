import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Cancelled, UsageError } from './failures.ts';
import { plain, report } from './output.ts';

/** Flags of every command that changes something. */
export interface ChangeFlags {
  readonly plan?: boolean;
  readonly yes?: boolean;
}

/** Of what may move tags. */
export interface OverwriteFlags extends ChangeFlags {
  /** What they pointed at is kept whole. */
  readonly keepContent?: boolean;
}

/** Asks whether a plan just shown is to be run. @throws Cancelled if not; UsageError where no one can be asked */
export async function confirm(
  question: string,
  { yes }: ChangeFlags,
  signal: AbortSignal,
  refused = 'Nothing was changed.',
): Promise<void> {
  if (yes) return;
  if (!isInteractive()) {
    throw new UsageError('No terminal to ask on: add --yes to run this plan, or --plan to only see it.');
  }
  const answer = await ask(`${question} [y/N] `, signal);
  if (/^y(es)?$/i.test(answer.trim())) return;
  report(refused);
  throw new Cancelled();
}

/** Somebody sits at a terminal. */
export function isInteractive(): boolean {
  return Boolean(process.stdin.isTTY && process.stderr.isTTY);
}

/** Asks on the terminal; with `hidden` what is typed is not shown. */
export async function ask(asked: string, signal: AbortSignal, { hidden = false } = {}): Promise<string> {
  const question = plain(asked);
  const output = hidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : process.stderr;
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  // In raw mode Ctrl+C is a key and no signal; a closed input is no answer either.
  const ended = new Promise<never>((_, reject) => {
    lines.once('SIGINT', () => reject(new Cancelled()));
    lines.once('close', () => reject(new Cancelled()));
  });
  try {
    if (hidden) process.stderr.write(question);
    return await Promise.race([lines.question(hidden ? '' : question, { signal }), ended]);
  } finally {
    ended.catch(() => {});
    lines.close();
    if (hidden) process.stderr.write('\n');
  }
}
