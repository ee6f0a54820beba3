import type { AuditAccount, AuditEntry } from '../../common/audit.ts';
import type { Database } from '../database/database.ts';
import { integer, json, optionalText, text } from '../database/row.ts';
import { canonicalJson, earlierHash, GENESIS, hashOf } from './chain.ts';
import type { HeadFile } from './head-file.ts';
import { EARLIER_FIELDS } from './rows.ts';

/** What an entry is about. */
export interface Subject {
  kind: string;
  /** `host[:port]`, or a place outside registries. */
  registry: string | null;
  account: AuditAccount | null;
  /** What is done, in English. */
  what: string;
}

export interface NewEntry extends Pick<AuditEntry, 'at' | 'user' | 'app' | 'event'> {
  machine: string;
  /** JSON; no secret. */
  detail: unknown;
  /** Undefined for what is no operation. */
  operation?: string | undefined;
  /** Undefined: the same as in the operation's entry before. */
  subject?: Subject | undefined;
}

const COLUMNS = [
  'id',
  'form',
  'previous',
  'machine',
  'account',
  'registry',
  'kind',
  'what',
  ...EARLIER_FIELDS,
  'hash',
];

/**
 * Who did what when, with what result. Rows are only ever added: the database refuses anything else. Each row's hash covers the row and
 * the hash of the row before it, so that no row can be changed, taken out or put in between without changing all hashes after it.
 */
export class Audit {
  readonly #database: Database;
  readonly #head: Pick<HeadFile, 'note'>;

  /** @param head told of each new end of the chain */
  constructor(database: Database, head: Pick<HeadFile, 'note'>) {
    this.#database = database;
    this.#head = head;
  }

  /** In the transaction that is under way, if one is. */
  add({ at, user, machine, app, event, detail, operation, subject }: NewEntry): void {
    this.#database.transaction(() => {
      const { kind, registry, account, what } =
        subject ?? (operation === undefined ? undefined : this.#subjectBefore(operation)) ?? NOTHING_KNOWN;
      const entry: AuditEntry = {
        format: 2,
        sequence: this.#lastNumber() + 1,
        at,
        user,
        machine,
        app,
        account,
        registry,
        kind,
        event,
        operation: operation ?? null,
        what,
        detail,
        previous: this.#lastHash(),
        hash: null,
      };
      this.#database.run(
        `INSERT INTO audit (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`,
        entry.sequence,
        entry.format,
        entry.previous,
        machine,
        account && canonicalJson(account),
        registry,
        kind,
        what,
        at,
        user,
        app,
        operation ?? '',
        event,
        canonicalJson(detail),
        hashOf(entry),
      );
    });
    this.#head.note();
  }

  /** The id of the last change of an operation that is recorded; 0: none is. */
  through(operation: string): number {
    const row = this.#database.get(
      `SELECT json_extract(detail, '$.through') AS through FROM audit
       WHERE operation_id = ? AND event = 'changes' ORDER BY id DESC LIMIT 1`,
      operation,
    );
    return row ? integer(row, 'through') : 0;
  }

  #subjectBefore(operation: string): Subject | undefined {
    const row = this.#database.get(
      `SELECT kind, registry, account, what FROM audit
       WHERE operation_id = ? AND form = 2 ORDER BY id DESC LIMIT 1`,
      operation,
    );
    if (!row || row.kind === null) return undefined;
    return {
      kind: text(row, 'kind'),
      registry: optionalText(row, 'registry') ?? null,
      // Written above.
      account: row.account === null ? null : (json(row, 'account') as AuditAccount),
      what: text(row, 'what'),
    };
  }

  /** Also of an entry that was taken out at the end: the gap is then seen. */
  #lastNumber(): number {
    const last = this.#database.get(
      `SELECT max(ifnull((SELECT max(id) FROM audit), 0),
                  ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'audit'), 0)) AS last`,
    );
    return last ? integer(last, 'last') : 0;
  }

  /** The hash that the next row follows. The first row with a hash takes in those that earlier versions wrote without. */
  #lastHash(): string {
    const last = this.#database.get('SELECT hash FROM audit ORDER BY id DESC LIMIT 1');
    if (!last) return GENESIS;
    if (last.hash !== null) return text(last, 'hash');
    let hash = '';
    for (const row of this.#database.all(`SELECT ${EARLIER_FIELDS.join(', ')} FROM audit ORDER BY id`))
      hash = earlierHash(
        hash,
        EARLIER_FIELDS.map((field) => text(row, field)),
      );
    return hash;
  }
}

/** Of an operation that an earlier version began. */
const NOTHING_KNOWN = { kind: null, registry: null, account: null, what: null };
