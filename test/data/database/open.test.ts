import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase, storageError } from '../../../src-main/data/index.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { startProcess } from '../../support/process.ts';
import { temporaryFolder } from '../../support/temporary.ts';

async function open(file: string) {
  const opened = await openDatabase(file);
  whenFinished(() => {
    opened.database.close();
    opened.cache.close();
  });
  return opened;
}

test('is made with its folder, and opened again with what it holds', async () => {
  const file = path.join(await temporaryFolder(), 'deep', 'wharfinger.db');
  const first = await openDatabase(file);
  first.database.run("INSERT INTO content VALUES (1, 'blob', 'sha256:a', x'00', 1, 1)");
  first.database.close();
  first.cache.close();
  const { database, keptAside } = await open(file);
  expect(keptAside).toBeUndefined();
  expect(database.get('SELECT count(*) AS n FROM content')).toMatchObject({ n: 1 });
});

test('keeps a file aside that is not a database, and says where', async () => {
  const folder = await temporaryFolder();
  const file = path.join(folder, 'wharfinger.db');
  const rubbish = 'This is no database. '.repeat(100);
  writeFileSync(file, rubbish);
  writeFileSync(`${file}-wal`, 'stale');
  const { database, keptAside } = await open(file);
  expect(keptAside?.keptAs.startsWith(`${file}.broken-`)).toBe(true);
  expect(keptAside?.reason).toMatch(/not a database/);
  expect(readFileSync(keptAside?.keptAs ?? '', 'utf8')).toBe(rubbish);
  expect(readFileSync(`${keptAside?.keptAs}-wal`, 'utf8')).toBe('stale');
  expect(database.get('SELECT count(*) AS n FROM operations')).toMatchObject({ n: 0 });
});

test('keeps a database aside whose pages are rubbish', async () => {
  const file = path.join(await temporaryFolder(), 'wharfinger.db');
  writeFileSync(file, `SQLite format 3\0${'rubbish '.repeat(2000)}`);
  const { database, keptAside } = await open(file);
  expect(readFileSync(keptAside?.keptAs ?? '', 'utf8')).toContain('rubbish');
  expect(database.get('SELECT count(*) AS n FROM operations')).toMatchObject({ n: 0 });
});

test('refuses a database of a newer version and leaves it where it is', async () => {
  const folder = await temporaryFolder();
  const file = path.join(folder, 'wharfinger.db');
  const { database, cache } = await openDatabase(file);
  database.script('PRAGMA user_version = 9999');
  database.close();
  cache.close();
  await expect(openDatabase(file)).rejects.toMatchObject({ code: 'storageFailed', reason: /newer version/ });
  expect(readdirSync(folder).filter((name) => name.includes('broken'))).toEqual([]);
});

test('reports a full disk, and keeps what was written before', async () => {
  const { database } = await open(path.join(await temporaryFolder(), 'wharfinger.db'));
  const pages = Number(database.get('PRAGMA page_count')?.page_count);
  database.script(`PRAGMA max_page_count = ${pages + 4}`);
  const insert = (digest: string, size: number) =>
    database.run("INSERT INTO content VALUES (NULL, 'blob', ?, zeroblob(?), ?, 1)", digest, size, size);
  insert('sha256:small', 10);
  expect(() => database.transaction(() => insert('sha256:large', 1_000_000))).toThrow(
    expect.objectContaining({ code: 'diskFull' }),
  );
  expect(database.all('SELECT digest FROM content')).toEqual([
    expect.objectContaining({ digest: 'sha256:small' }),
  ]);
  insert('sha256:after', 10);
});

test('a full disk is reported as such also where SQLite calls it an I/O error', () => {
  // As node:sqlite throws it when a file on a full disk is opened.
  const error = Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 4874 });
  expect(storageError(error).code).toBe('diskFull');
  expect(storageError(Object.assign(new Error('disk I/O error'), { errcode: 10 })).code).toBe(
    'storageFailed',
  );
});

test('takes a transaction back whole, and joins an outer one', async () => {
  const { database } = await open(path.join(await temporaryFolder(), 'wharfinger.db'));
  const add = (name: string) =>
    database.transaction(() => database.run("INSERT INTO repositories VALUES (NULL, 'a', ?, 1)", name));
  expect(() =>
    database.transaction(() => {
      add('one');
      throw new Error('stop');
    }),
  ).toThrow('stop');
  database.transaction(() => {
    add('two');
    add('three');
  });
  expect(database.all('SELECT name FROM repositories ORDER BY id').map((row) => row.name)).toEqual([
    'two',
    'three',
  ]);
});

test.each([
  ['a new file', undefined],
  ['a broken file', 'This is no database. '.repeat(100)],
])('%s is opened, migrated and written by several processes at once', async (_, broken) => {
  const folder = await temporaryFolder();
  if (broken !== undefined) writeFileSync(path.join(folder, 'wharfinger.db'), broken);
  const writers = await Promise.all(
    Array.from({ length: 4 }, (_, number) =>
      startProcess(process.execPath, [
        '--no-warnings',
        path.join(import.meta.dirname, '../programs/writer.ts'),
        folder,
        String(number),
      ]),
    ),
  );
  for (const writer of writers) expect(await writer.exited, writer.output()).toMatchObject({ code: 0 });
  const { database, keptAside } = await open(path.join(folder, 'wharfinger.db'));
  expect(keptAside).toBeUndefined();
  const aside = readdirSync(folder).filter((name) => /broken|mending/.test(name));
  expect(aside).toHaveLength(broken === undefined ? 0 : 1);
  expect(database.get('SELECT count(*) AS n FROM repositories')).toMatchObject({ n: 4 * 50 });
  const settings = JSON.parse(readFileSync(path.join(folder, 'settings.json'), 'utf8'));
  expect(settings.settings.approvedHosts).toHaveLength(4 * 10);
});
