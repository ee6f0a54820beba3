import { closeSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
// The only import of this module: the desktop test build puts another library in its place.
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { DataError, storageError, wordsOf } from '../errors.ts';
import { makePrivate } from '../private-file.ts';
import { Database } from './database.ts';
import { LogSync } from './log-sync.ts';
import { migrations } from './migrations/index.ts';
import { integer } from './row.ts';

/** How long another process may hold the write lock: its transactions take milliseconds. */
const BUSY_TIMEOUT = 10_000;
/** Switching a new file to WAL does not wait for locks by itself. */
const OPEN_ATTEMPTS = 100;
const OPEN_PAUSE = 50;

const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

interface KeptAside {
  /** The file was no database: it was renamed and a new one begun. */
  keptAside?: { keptAs: string; reason: string };
}

export interface OpenedDatabase extends KeptAside {
  /** For what must outlive a power cut, as soon as `durable` says so: journal, trash, audit. */
  database: Database;
  /** A second connection to the same file for what can be had again. */
  cache: Database;
}

/**
 * Opens the file, made and migrated as needed. A file that is not a database is renamed to `<file>.broken-<time>` with its
 * companions; nothing is deleted.
 *
 * @throws DataError `diskFull`, `storageFailed` (no access, or made by a newer version)
 */
export function openDatabase(file: string, now?: () => Date): Promise<OpenedDatabase> {
  return openFile(file, connectBoth, now);
}

/** The same for a file of another schema, which holds what can be had again. */
export async function openCache(file: string, schema: readonly string[]): Promise<Database> {
  const { cache } = await openFile(file, async () => ({ cache: await connect(file, schema) }));
  return cache;
}

/** A further connection to a file that is open, which writes nothing. */
export function openForReading(file: string): Database {
  return new Database(new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT }));
}

/** What distinguishes a file from another one of the same name. */
export function identityOf(file: string): number {
  return statSync(file).ino;
}

/** Keeps a file aside that turned out to be damaged while it was in use, unless another process has done so. */
export function setAside(file: string, identity: number): void {
  const lock = `${file}.mending`;
  if (!makeFolder(lock)) return;
  try {
    if (identityOf(file) === identity) keepAside(file, asideName(file, new Date()));
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

async function openFile<Connections>(
  file: string,
  connectAll: (file: string) => Promise<Connections>,
  now: () => Date = () => new Date(),
): Promise<Connections | (Connections & KeptAside)> {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const opened = await openWhole(file, connectAll);
    return 'broken' in opened ? await repair(file, connectAll, now) : opened.connections;
  } catch (error) {
    throw storageError(error);
  }
}

/** Keeps the broken file aside and begins a new one; of several processes that want to, one does. */
async function repair<Connections>(
  file: string,
  connectAll: (file: string) => Promise<Connections>,
  now: () => Date,
): Promise<Connections | (Connections & KeptAside)> {
  const lock = `${file}.mending`;
  for (let attempt = 1; !makeFolder(lock); attempt++) {
    // The process that held it died: repairing takes milliseconds.
    if (attempt === OPEN_ATTEMPTS) break;
    await wait(OPEN_PAUSE);
  }
  try {
    const opened = await openWhole(file, connectAll);
    if (!('broken' in opened)) return opened.connections;
    const keptAs = asideName(file, now());
    keepAside(file, keptAs);
    return { ...(await connectAll(file)), keptAside: { keptAs, reason: opened.broken } };
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** @returns false if it is there already */
function makeFolder(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The database, or why the file is none. */
async function openWhole<Connections>(
  file: string,
  connectAll: (file: string) => Promise<Connections>,
): Promise<{ connections: Connections } | { broken: string }> {
  // Looked at before SQLite does: it would delete the write-ahead log of what it takes for an empty database.
  if (isForeign(file)) return { broken: 'file is not a database' };
  try {
    return { connections: await connectAll(file) };
  } catch (error) {
    if (isDamage(error)) return { broken: wordsOf(error) };
    throw error;
  }
}

/** First bytes of every database file. @see https://sqlite.org/fileformat.html#magic_header_string */
const MAGIC = Buffer.from('SQLite format 3\0');

/** A file that is there, not empty, and does not begin as a database does. */
function isForeign(file: string): boolean {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const head = Buffer.alloc(MAGIC.length);
      const length = readSync(descriptor, head, 0, MAGIC.length, 0);
      return length > 0 && !head.equals(MAGIC);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function connectBoth(file: string): Promise<{ database: Database; cache: Database }> {
  const database = await connect(file, migrations, new LogSync(file));
  try {
    return { database, cache: await connect(file, migrations) };
  } catch (error) {
    database.close();
    throw error;
  }
}

async function connect(file: string, schema: readonly string[], log?: LogSync): Promise<Database> {
  // SQLite gives the mode of the file to its companions.
  makePrivate(file);
  const connection = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: BUSY_TIMEOUT });
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        connection.exec('PRAGMA journal_mode = WAL');
        break;
      } catch (error) {
        if (primaryCode(error) !== SQLITE_BUSY || attempt === OPEN_ATTEMPTS) throw error;
        await wait(OPEN_PAUSE);
      }
    }
    // Synced at checkpoints only: a power cut damages nothing, and what must outlive it is synced by `log`.
    connection.exec('PRAGMA synchronous = NORMAL');
    migrate(connection, schema);
    return new Database(connection, log);
  } catch (error) {
    connection.close();
    throw error;
  }
}

function migrate(connection: DatabaseSync, schema: readonly string[]): void {
  const version = () => integer(connection.prepare('PRAGMA user_version').get() ?? {}, 'user_version');
  if (version() === schema.length) return;
  connection.exec('BEGIN IMMEDIATE');
  try {
    // Read again: another process may have migrated meanwhile.
    const had = version();
    if (had > schema.length) {
      throw new DataError('storageFailed', 'the database was made by a newer version of Wharfinger');
    }
    for (const migration of schema.slice(had)) connection.exec(migration);
    connection.exec(`PRAGMA user_version = ${schema.length}`);
    connection.exec('COMMIT');
  } catch (error) {
    if (connection.isTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}

function asideName(file: string, now: Date): string {
  return `${file}.broken-${now.toISOString().replaceAll(':', '-')}`;
}

function keepAside(file: string, keptAs: string): void {
  renameSync(file, keptAs);
  for (const companion of ['-wal', '-shm']) {
    try {
      renameSync(file + companion, keptAs + companion);
    } catch (error) {
      // Mostly there is none; one that stays would be applied to the new file.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

/** Whether an error of SQLite says that the file is none of its, or is damaged. */
export function isDamage(error: unknown): boolean {
  const code = primaryCode(error);
  return code === SQLITE_NOTADB || code === SQLITE_CORRUPT;
}

function primaryCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown } | undefined)?.errcode;
  return typeof code === 'number' ? code & 0xff : undefined;
}
