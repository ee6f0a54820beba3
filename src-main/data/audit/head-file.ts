import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { type NotedHead, notedHead } from '../../common/audit.ts';
import type { Database } from '../database/database.ts';
import { integer, text } from '../database/row.ts';

const content = z.object({ head: notedHead, lost: z.array(notedHead).max(100).default([]) });
export type HeadContent = z.infer<typeof content>;

/** Heads that are not in the record any more are kept, so many of them, until somebody removes the file. */
const LOST = 20;

export function headFileIn(home: string): string {
  return `${home}/audit-head.json`;
}

/** What is noted outside of the database; undefined where nothing is, or nothing that can be read. */
export async function readHead(file: string): Promise<HeadContent | undefined> {
  try {
    return content.safeParse(JSON.parse(await readFile(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

/**
 * Notes the end of the chain in a file of its own, so that entries that are cut off at the end are missed: nothing in the chain itself
 * tells that it was longer. Written once the entry outlives a power cut: the file may be behind the record, and never before it.
 * A head that is not in the record any more is not forgotten.
 */
export class HeadFile {
  readonly #file: string;
  readonly #database: Database;
  readonly #now: () => Date;
  #writing: Promise<void> | undefined;
  #again = false;

  constructor(home: string, database: Database, now: () => Date) {
    this.#file = headFileIn(home);
    this.#database = database;
    this.#now = now;
  }

  /** There is a new entry, or will be as soon as its transaction ends. */
  note(): void {
    if (this.#writing) this.#again = true;
    else this.#writing = this.#write();
  }

  /** Resolves when nothing is left to be noted. */
  async close(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async #write(): Promise<void> {
    try {
      // The transaction that the entry is in ends first.
      await undefined;
      const head = this.#last();
      await this.#database.durable();
      if (head) await this.#replace(head);
    } catch {
      // A full disk, say: the file stays behind until the next entry, which verifying allows for.
    }
    this.#writing = this.#again ? Promise.resolve().then(() => this.#write()) : undefined;
    this.#again = false;
  }

  #last(): NotedHead | undefined {
    const row = this.#database.get(
      'SELECT id, hash FROM audit WHERE hash IS NOT NULL ORDER BY id DESC LIMIT 1',
    );
    return row && { sequence: integer(row, 'id'), hash: text(row, 'hash'), at: this.#now().toISOString() };
  }

  async #replace(head: NotedHead): Promise<void> {
    const before = await readHead(this.#file);
    const noted = before ? [...before.lost, before.head] : [];
    const lost = noted.filter((each) => !this.#isThere(each)).slice(-LOST);
    const draft = `${this.#file}.${process.pid}`;
    try {
      const next: HeadContent = { head, lost };
      await writeFile(draft, `${JSON.stringify(next)}\n`, { mode: 0o600 });
      await rename(draft, this.#file);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  #isThere({ sequence, hash }: NotedHead): boolean {
    return this.#database.get('SELECT 1 FROM audit WHERE id = ? AND hash = ?', sequence, hash) !== undefined;
  }
}
