import { Turns } from '../turns.ts';
import type { FoundPackage } from './found.ts';
import { ndbBlobs } from './ndb.ts';
import { Collected, type FileReader, Unread, WholeFile } from './reader.ts';
import { readRpmHeader } from './rpm-header.ts';
import { SqliteFile } from './sqlite.ts';

/** Bytes of a database, which is held while it is read; that of a whole distribution has some hundred million. */
const DATABASE_MAX = 256 * 1024 * 1024;

/** RPM's database in SQLite: each row of `Packages` is a number and a header. */
export const rpmSqlite = (size: number): FileReader =>
  new WholeFile(size, DATABASE_MAX, async (bytes) => await packagesIn(headersOf(new SqliteFile(bytes))));

/** RPM's database in its own format. */
export const rpmNdb = (size: number): FileReader =>
  new WholeFile(size, DATABASE_MAX, async (bytes) => await packagesIn(ndbBlobs(bytes)));

function* headersOf(file: SqliteFile): Generator<Buffer, void, void> {
  for (const [, blob] of file.rows('Packages')) if (typeof blob === 'object') yield blob;
}

/** @throws {Unread} with the packages that were read before */
async function packagesIn(headers: Generator<Buffer, void, void>): Promise<FoundPackage[]> {
  const found = new Collected();
  const turns = new Turns(1);
  try {
    for (const header of headers) {
      const read = readRpmHeader(header);
      if (read) found.add(read);
      await turns.take();
    }
  } catch (error) {
    // What a broken file leads to is out of its range.
    const { code, message } =
      error instanceof Unread ? error : { code: 'damaged' as const, message: 'The database is broken.' };
    throw new Unread(code, message, found.all());
  }
  return found.all();
}
