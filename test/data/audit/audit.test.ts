import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { AuditFilter, AuditHead } from '../../../src-main/common/audit.ts';
import { Audit, type NewEntry } from '../../../src-main/data/audit/audit.ts';
import { canonicalJson, earlierHash, GENESIS, hashOf } from '../../../src-main/data/audit/chain.ts';
import { HeadFile, headFileIn, readHead } from '../../../src-main/data/audit/head-file.ts';
import { auditRoom } from '../../../src-main/data/audit/tasks.ts';
import type { Database } from '../../../src-main/data/database/database.ts';
import { migrations } from '../../../src-main/data/database/migrations/index.ts';
import { openDatabase } from '../../../src-main/data/database/open.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { temporaryFolder } from '../../support/temporary.ts';

interface Scene {
  home: string;
  file: string;
  database: Database;
  /** Another connection, as the thread has one. */
  cache: Database;
  head: HeadFile;
  audit: Audit;
}

async function open(home?: string): Promise<Scene> {
  const folder = home ?? (await temporaryFolder());
  const file = path.join(folder, 'wharfinger.db');
  const { database, cache } = await openDatabase(file);
  const head = new HeadFile(folder, database, () => new Date('2026-11-26T12:00:00Z'));
  whenFinished(async () => {
    await head.close();
    database.close();
    cache.close();
  });
  return { home: folder, file, database, cache, head, audit: new Audit(database, head) };
}

const OPERATION = '00000000-0000-4000-8000-00000000000a';

function entry(changes: Partial<NewEntry> = {}): NewEntry {
  return {
    at: '2026-11-26T10:00:00.000Z',
    user: 'ann',
    machine: 'build-7',
    app: 'cli',
    event: 'started',
    operation: OPERATION,
    detail: { subject: { kind: 'delete' } },
    subject: {
      kind: 'delete',
      registry: 'harbor.test',
      account: { id: null, name: null, user: 'robot$ci' },
      what: 'delete harbor.test/team/app: 1',
    },
    ...changes,
  };
}

function answer<Output>(task: Generator<void, Output, void>): Output {
  for (;;) {
    const { done, value } = task.next();
    if (done) return value;
  }
}

const entriesOf = ({ cache }: Scene, filter: AuditFilter = {}) =>
  answer(auditRoom(cache).questions.entries({ filter, undoable: [], after: 0, limit: 1000 })).entries;

async function verify({ cache, home, head }: Scene, heads: readonly AuditHead[] = []) {
  await head.close();
  const file = await readHead(headFileIn(home));
  return answer(auditRoom(cache).questions.verify({ file, heads }));
}

/** What somebody does who has the file and a program for it. */
function tamper({ file }: Scene, ...statements: readonly string[]): void {
  const database = new DatabaseSync(file);
  for (const trigger of ['audit_keeps_rows', 'audit_keeps_words', 'audit_adds_rows'])
    database.exec(`DROP TRIGGER ${trigger}`);
  for (const statement of statements) database.exec(statement);
  database.close();
}

test('an entry says who did what where, holds the hash of the one before, and can be checked by itself', async () => {
  const scene = await open();
  scene.audit.add(entry());
  scene.audit.add(entry({ event: 'done', subject: undefined, detail: { b: 1, a: ['ü', null] } }));
  const [first, second] = entriesOf(scene);
  expect(first).toEqual({
    format: 2,
    sequence: 1,
    at: '2026-11-26T10:00:00.000Z',
    user: 'ann',
    machine: 'build-7',
    app: 'cli',
    account: { id: null, name: null, user: 'robot$ci' },
    registry: 'harbor.test',
    kind: 'delete',
    event: 'started',
    operation: OPERATION,
    what: 'delete harbor.test/team/app: 1',
    detail: { subject: { kind: 'delete' } },
    previous: GENESIS,
    hash: first && hashOf(first),
  });
  // What an operation is about is said with each of its entries.
  expect(second).toMatchObject({
    sequence: 2,
    registry: 'harbor.test',
    kind: 'delete',
    previous: first?.hash,
  });
  expect(second && hashOf(second)).toBe(second?.hash);
  expect(await verify(scene)).toMatchObject({ entries: 2, earlier: 0, problemCount: 0, problems: [] });
});

test('the canonical JSON of a value does not depend on the order of its fields', () => {
  expect(canonicalJson({ b: [1, { d: null, c: '"\u00e9\n' }], a: true, undefined: undefined })).toBe(
    '{"a":true,"b":[1,{"c":"\\"\u00e9\\n","d":null}]}',
  );
});

test('the record can be added to and nothing else, also not by INSERT OR REPLACE (S12)', async () => {
  const { database, audit } = await open();
  audit.add(entry());
  expect(() => database.run('DELETE FROM audit')).toThrow(/not deleted/);
  expect(() => database.run("UPDATE audit SET who = 'nobody'")).toThrow(/not changed/);
  for (const verb of ['INSERT OR REPLACE', 'REPLACE', 'INSERT OR IGNORE', 'INSERT'])
    expect(() =>
      database.run(
        `${verb} INTO audit (id, at, who, host, operation_id, event, detail) VALUES (1, '', 'nobody', '', 'op', '', '{}')`,
      ),
    ).toThrow(/not changed/);
  expect(database.all('SELECT who FROM audit')).toEqual([{ who: 'ann' }]);
});

test('an entry is written with its transaction, or not at all', async () => {
  const scene = await open();
  scene.audit.add(entry());
  expect(() =>
    scene.database.transaction(() => {
      scene.audit.add(entry({ event: 'done' }));
      throw new Error('the disk is full');
    }),
  ).toThrow('full');
  scene.audit.add(entry({ event: 'failed' }));
  expect(entriesOf(scene).map(({ sequence, event }) => [sequence, event])).toEqual([
    [1, 'started'],
    [2, 'failed'],
  ]);
  expect(await verify(scene)).toMatchObject({
    problemCount: 0,
    head: { sequence: 2 },
    noted: { sequence: 2 },
  });
});

test.each([
  ['a word', "UPDATE audit SET who = 'bob' WHERE id = 2", [['changed', 2]]],
  ['a detail', `UPDATE audit SET detail = '{"n":9}' WHERE id = 2`, [['changed', 2]]],
  ['the machine', 'UPDATE audit SET machine = NULL WHERE id = 2', [['changed', 2]]],
  [
    'its hash',
    'UPDATE audit SET hash = previous WHERE id = 2',
    [
      ['changed', 2],
      ['changed', 3],
    ],
  ],
  [
    'one that goes',
    'DELETE FROM audit WHERE id = 2',
    [
      ['missing', 2],
      ['changed', 3],
    ],
  ],
  [
    'one that comes in its place',
    `INSERT OR REPLACE INTO audit (id, form, at, who, host, operation_id, event, detail, hash)
     SELECT id, form, at, 'bob', host, operation_id, event, detail, hash FROM audit WHERE id = 2`,
    [['changed', 2]],
  ],
] as const)('verifying finds what was changed behind its back: %s', async (_, statement, problems) => {
  const scene = await open();
  for (const n of [1, 2, 3]) scene.audit.add(entry({ detail: { n } }));
  tamper(scene, statement);
  const found = await verify(scene);
  expect(found.problems.map(({ kind, sequence }) => [kind, sequence])).toEqual(problems);
});

test('a chain that is computed anew from a changed entry on is missed by the head that was noted, and by one kept elsewhere', async () => {
  const scene = await open();
  for (const n of [1, 2]) scene.audit.add(entry({ detail: { n } }));
  const { head } = await verify(scene);
  const [, last] = entriesOf(scene);
  if (!last || !head) throw new Error('There are two.');
  const forged = { ...last, user: 'bob' };
  tamper(scene, `UPDATE audit SET who = 'bob', hash = '${hashOf(forged)}' WHERE id = 2`);
  expect((await verify(scene)).problems).toEqual([{ kind: 'cutOff', sequence: 2 }]);
  await writeFile(
    headFileIn(scene.home),
    JSON.stringify({ head: { sequence: 2, hash: hashOf(forged), at: '2026-11-26T12:00:00Z' } }),
  );
  // What can be rewritten altogether proves nothing.
  expect(await verify(scene)).toMatchObject({ problemCount: 0 });
  expect((await verify(scene, [head])).problems).toEqual([{ kind: 'cutOff', sequence: 2 }]);
});

test('what is cut off at the end is missed, and still is when entries were added and the rows were counted anew', async () => {
  const scene = await open();
  for (const n of [1, 2, 3]) scene.audit.add(entry({ detail: { n } }));
  await scene.head.close();
  tamper(scene, 'DELETE FROM audit WHERE id > 1', "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'audit'");
  expect((await verify(scene)).problems).toEqual([{ kind: 'cutOff', sequence: 3 }]);
  for (const n of [2, 3, 4]) scene.audit.add(entry({ detail: { other: n } }));
  const found = await verify(scene);
  expect(found).toMatchObject({ problems: [{ kind: 'cutOff', sequence: 3 }], noted: { sequence: 4 } });
});

test('the database itself tells where the count of its rows was forgotten', async () => {
  const scene = await open();
  for (const n of [1, 2, 3]) scene.audit.add(entry({ detail: { n } }));
  tamper(scene, 'DELETE FROM audit WHERE id = 3');
  expect((await verify(scene)).problems).toContainEqual({ kind: 'missing', sequence: 3 });
  scene.audit.add(entry({ detail: { n: 4 } }));
  expect((await verify(scene)).problems).toContainEqual({ kind: 'missing', sequence: 3 });
});

test('a head file that is gone or spoiled is said to be, and the next entry makes another one', async () => {
  const scene = await open();
  scene.audit.add(entry());
  await scene.head.close();
  await writeFile(headFileIn(scene.home), '{"head":');
  expect(await verify(scene)).toMatchObject({ noted: null, problemCount: 0 });
  scene.audit.add(entry());
  expect(await verify(scene)).toMatchObject({ noted: { sequence: 2 }, problemCount: 0 });
  expect(await readFile(headFileIn(scene.home), 'utf8')).toMatch(/^\{.*\}\n$/);
});

test('entries of earlier versions stay as they are, are verified by their own rule, and the chain goes on from them', async () => {
  const home = await temporaryFolder();
  const old = new DatabaseSync(path.join(home, 'wharfinger.db'));
  for (const migration of migrations.slice(0, 13)) old.exec(migration);
  old.exec('PRAGMA user_version = 13');
  const detail = JSON.stringify({
    subject: { kind: 'copy', source: { host: 'north.test' }, target: { host: 'south.test' } },
  });
  const rows = [
    ['2026-01-01T00:00:00Z', 'ann', 'cli', OPERATION, 'started', detail],
    ['2026-01-01T00:00:01Z', 'ann', 'cli', OPERATION, 'done', '{}'],
    ['2026-01-02T00:00:00Z', 'ann', 'cli', OPERATION, 'retried', '{}'],
  ];
  let hash = '';
  for (const [index, row] of rows.entries()) {
    hash = earlierHash(hash, row);
    old
      .prepare(
        'INSERT INTO audit (at, who, host, operation_id, event, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      // The oldest have none.
      .run(...row, index < 2 ? null : hash);
  }
  old.close();
  const scene = await open(home);
  scene.audit.add(entry({ operation: OPERATION, event: 'done', subject: undefined, detail: {} }));
  const entries = entriesOf(scene);
  expect(entries.map(({ format, kind, registry }) => [format, kind, registry])).toEqual([
    [1, 'copy', 'south.test'],
    [1, null, null],
    [1, null, null],
    [2, null, null],
  ]);
  expect(entries[3]).toMatchObject({ previous: hash });
  expect(await verify(scene)).toMatchObject({ entries: 4, earlier: 3, problemCount: 0 });
  // Found by what it is about, with all of its entries.
  expect(entriesOf(scene, { registry: 'south.test', kind: 'copy' })).toHaveLength(4);
  expect(entriesOf(scene, { registry: 'north.test' })).toEqual([]);
  tamper(scene, "UPDATE audit SET who = 'bob' WHERE id = 1");
  expect((await verify(scene)).problems).toEqual([{ kind: 'changed', sequence: 3 }]);
});
