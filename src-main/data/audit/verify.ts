import type { AuditHead, AuditVerification } from '../../common/audit.ts';
import type { Database } from '../database/database.ts';
import { integer, type Row, text } from '../database/row.ts';
import { earlierHash, GENESIS, hashOf } from './chain.ts';
import type { HeadContent } from './head-file.ts';
import { EARLIER_FIELDS, ENTRY_COLUMNS, entryOf } from './rows.ts';

/** Entries in one slice: some milliseconds. */
const SLICE = 500;
/** Problems that are named; the others are counted. */
const NAMED = 100;

type Problem = AuditVerification['problems'][number];

/**
 * Computes all hashes anew and compares them, and the heads that were noted elsewhere with the entries of their numbers. What it
 * proves: no entry up to such a head was changed, taken out or put in since that was noted. A whole chain that was made anew together
 * with all that was noted of it looks like any other.
 *
 * @param heads that the caller was told of
 */
export function* verifyAudit(
  database: Database,
  file: HeadContent | undefined,
  heads: readonly AuditHead[],
): Generator<void, AuditVerification, void> {
  const chain = new Chain();
  for (let after = 0; ; ) {
    const rows = database.all(
      `SELECT ${ENTRY_COLUMNS} FROM audit WHERE id > ? ORDER BY id LIMIT ?`,
      after,
      SLICE,
    );
    for (const row of rows) after = chain.add(row);
    if (rows.length < SLICE) break;
    yield;
  }
  // The database counts how many rows there ever were.
  const [counted] = database.all("SELECT seq FROM sqlite_sequence WHERE name = 'audit'");
  if (counted) chain.missing(integer(counted, 'seq') + 1);
  const noted = [...(file ? [file.head, ...file.lost] : []), ...heads];
  for (const { sequence, hash } of noted) {
    const there = database.get('SELECT 1 FROM audit WHERE id = ? AND hash = ?', sequence, hash);
    if (!there) chain.report('cutOff', sequence);
  }
  const { entries, earlier, head, problems, problemCount } = chain;
  return { entries, earlier, head, noted: file?.head ?? null, problems, problemCount };
}

/** The chain as far as it was looked at. */
class Chain {
  entries = 0;
  earlier = 0;
  head: AuditHead | null = null;
  readonly problems: Problem[] = [];
  problemCount = 0;
  /** What is stored as the hash of the entry before; of earlier ones without a hash what it would be. */
  #before = '';
  #last = 0;

  /** @returns its number */
  add(row: Row): number {
    const entry = entryOf(row);
    const { sequence, hash, format } = entry;
    this.entries++;
    this.missing(sequence);
    const computed =
      format === 2
        ? hashOf(entry)
        : earlierHash(
            this.#before,
            EARLIER_FIELDS.map((field) => text(row, field)),
          );
    if (format === 1) this.earlier++;
    const follows = format === 1 || entry.previous === (this.#before || GENESIS);
    // Those without a hash are covered by the first one after them.
    const isUnhashed = hash === null && format === 1 && this.head === null;
    if (!follows || (hash !== computed && !isUnhashed)) this.report('changed', sequence);
    this.#before = hash ?? computed;
    if (hash !== null) this.head = { sequence, hash };
    this.#last = sequence;
    return sequence;
  }

  /** Numbers after the last one looked at that should have been there before this one. */
  missing(next: number): void {
    const first = this.#last + 1;
    for (let number = first; number < Math.min(next, first + NAMED); number++) this.report('missing', number);
    this.problemCount += Math.max(0, next - first - NAMED);
  }

  report(kind: Problem['kind'], sequence: number): void {
    this.problemCount++;
    if (this.problems.length < NAMED) this.problems.push({ kind, sequence });
  }
}
