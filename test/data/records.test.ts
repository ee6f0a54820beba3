import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Database } from '../../src-main/data/database/database.ts';
import { migrations } from '../../src-main/data/database/migrations/index.ts';
import {
  ContentCache,
  Journal,
  openDatabase,
  Parts,
  Plans,
  SavedTransfers,
  TagChanges,
  Trash,
} from '../../src-main/data/index.ts';
import { whenFinished } from '../support/cleanup.ts';
import { temporaryFolder } from '../support/temporary.ts';

async function database() {
  const opened = await openDatabase(path.join(await temporaryFolder(), 'wharfinger.db'));
  whenFinished(() => {
    opened.database.close();
    opened.cache.close();
  });
  return opened.database;
}

/** An operation with the steps `{ n: 1 }` and `{ n: 3 }`. */
async function operation(
  db: Database,
  id: string,
  subject: unknown = {},
  at = new Date(),
): Promise<string | undefined> {
  const plan = { id: `plan of ${id}`, kind: '', subject, summary: {}, needsConsent: false, made: '' };
  const items = [1, 2, 3].map((n) => ({ item: { n }, state: '', acts: n !== 2 }));
  await new Plans(db).add(plan, items, []);
  return new Journal(db).create({ id, planId: plan.id, subject, progress: {}, owner: 'me' }, at);
}

const content = (name: string, size: number) => ({
  digest: `sha256:${name}`,
  mediaType: 'application/json',
  bytes: new Uint8Array(size).fill(7),
});

test('the content cache gives back the same bytes and drops what was used least lately', async () => {
  const db = await database();
  let now = new Date('2026-01-01T00:00:00Z');
  const cache = new ContentCache(db, { limit: 1000, now: () => now });
  const place = { origin: 'https://one.test', repository: 'a' };
  const get = (name: string) => cache.manifest(place, `sha256:${name}`);
  for (let index = 0; index < 10; index++) cache.putManifest(place, content(`entry-${index}`, 100));
  const { bytes, mediaType } = content('entry-0', 100);
  expect(get('entry-0')).toEqual({ bytes, mediaType });
  expect(cache.blob('sha256:entry-0')).toBeUndefined();
  now = new Date('2026-01-03T00:00:00Z');
  get('entry-0'); // used lately now
  cache.putManifest(place, content('new', 100));
  expect(get('new')).toBeDefined();
  expect(get('entry-0')).toBeDefined();
  expect(get('entry-1')).toBeUndefined();
  expect(get('entry-9')).toBeDefined();
  cache.putManifest(place, content('too large', 101));
  expect(get('too large')).toBeUndefined();
});

test('a full content cache makes room a little at a time, and its size is known without reading it', async () => {
  const db = await database();
  const entries = 2_000;
  const limit = 1000 * entries;
  db.transaction(() => {
    for (let index = 0; index < entries; index++) {
      const digest = `sha256:old-${index}`;
      db.run("INSERT INTO content VALUES (NULL, 'blob', ?, zeroblob(1000), 1000, ?)", digest, index);
    }
  });
  const left = () => Number(db.get('SELECT count(*) AS n FROM content')?.n);
  const cache = new ContentCache(db, { limit });
  cache.putBlob({ digest: 'sha256:new', bytes: new Uint8Array(2000) });
  cache.write();
  const afterFirst = left();
  expect(entries - afterFirst).toBeLessThanOrEqual(200);
  await new Promise(setImmediate);
  expect(left()).toBeLessThan(afterFirst);
  // Not at once, and to the end: a command that has filled it leaves room.
  await cache.close();
  expect(left()).toBe(0.9 * entries - 1);
  expect(cache.blob('sha256:new')).toBeDefined();
  const plan = db.all('EXPLAIN QUERY PLAN SELECT sum(size) FROM content');
  expect(plan).toMatchObject([{ detail: 'SCAN content USING COVERING INDEX content_used' }]);
});

test('S1: bytes are shared by all repositories; the media type that one served them under counts for that one alone', async () => {
  const cache = new ContentCache(await database());
  const one = { origin: 'https://one.test', repository: 'a' };
  const others = [
    { origin: 'https://two.test', repository: 'a' },
    { origin: 'https://one.test', repository: 'b' },
  ];
  const { digest, mediaType, bytes } = content('entry', 10);
  cache.putManifest(one, { digest, mediaType, bytes });
  expect(cache.manifest(one, digest)).toEqual({ bytes, mediaType });
  for (const other of others) expect(cache.manifest(other, digest)).toEqual({ bytes });
  cache.hold({ ...one, repository: 'b' }, { digest, mediaType: 'text/plain' });
  expect(cache.manifest({ ...one, repository: 'b' }, digest)?.mediaType).toBe('text/plain');
  expect(cache.manifest(one, digest)?.mediaType).toBe(mediaType);
  cache.drop('manifest', digest);
  expect(cache.manifest(one, digest)).toBeUndefined();
  cache.hold(one, { digest, mediaType });
  expect(cache.manifest(one, digest)).toBeUndefined();
});

test('the journal keeps steps and status, and pages its history without losing one of the same instant', async () => {
  const db = await database();
  const journal = new Journal(db);
  const at = new Date('2026-05-05T05:05:05.000Z');
  const create = (id: string) => operation(db, id, { kind: id === 'two' ? 'sync' : 'copy' }, at);
  expect([await create('one'), await create('two'), await create('three')]).toEqual([
    '2026-05-05T05:05:05.000Z',
    '2026-05-05T05:05:05.001Z',
    '2026-05-05T05:05:05.002Z',
  ]);
  journal.steps.begun('one', 0, 2, at);
  journal.steps.done('one', 0, at, 'deleted');
  expect(journal.steps.page('one', { offset: 0, limit: 10 })).toEqual([
    { number: 0, step: { n: 1 }, done: true, result: 'deleted' },
    { number: 2, step: { n: 3 }, done: false },
  ]);
  expect(journal.steps.open('one', -1, 10).map(({ number }) => number)).toEqual([2]);
  journal.steps.failed('one', 2, { code: 'denied' });
  expect(journal.steps.counts('one')).toEqual({ waiting: 0, done: 1, failed: 1 });
  expect(journal.steps.page('one', { state: 'failed', offset: 0, limit: 10 })).toMatchObject([{ number: 2 }]);
  journal.steps.begun('one', 0, 2, at);
  expect(journal.steps.counts('one')).toEqual({ waiting: 1, done: 1, failed: 0 });
  const first = journal.history(2);
  expect(first.map((row) => row.id)).toEqual(['three', 'two']);
  expect(journal.history(2, first[1]?.started).map((row) => row.id)).toEqual(['one']);
  expect(journal.history(2, undefined, ['copy', 'delete']).map((row) => row.id)).toEqual(['three', 'one']);
  expect(journal.history(2, first[0]?.started, ['sync']).map((row) => row.id)).toEqual(['two']);

  journal.setStatus('two', {
    status: 'failed',
    progress: { x: 1 },
    ended: 'then',
    failure: { code: 'denied' },
  });
  expect(journal.get('two')).toMatchObject({ status: 'failed', failure: { code: 'denied' }, ended: 'then' });
  expect(journal.unfinished().map((row) => row.id)).toEqual(['one', 'three']);
  expect(journal.interrupt('two', 'me', at)).toBe(false);
  expect(journal.interrupt('one', 'another', at)).toBe(false);
  expect(journal.interrupt('one', 'me', at)).toBe(true);
  expect(journal.takeOver('three', 'you')).toBe(false);
  expect(journal.takeOver('one', 'you')).toBe(true);
  expect(journal.takeOver('one', 'a third')).toBe(false);
  expect(journal.get('one')).toMatchObject({ owner: 'you', status: 'queued' });
  journal.dismiss('two');
  expect(journal.current(10).map((row) => row.id)).toEqual(['one', 'three']);
  await expect(create('one')).rejects.toMatchObject({ code: 'storageFailed' });
});

test('a plan becomes one operation, however many steps it has and however often it is started', async () => {
  const db = await database();
  const [plans, journal] = [new Plans(db), new Journal(db)];
  const plan = {
    id: 'plan',
    kind: 'sync',
    subject: {},
    summary: { a: 1 },
    needsConsent: false,
    made: 'then',
  };
  function* items() {
    for (let n = 0; n < 7_500; n++)
      yield { item: { n }, state: n % 5 === 0 ? 'same' : 'new', acts: n % 5 !== 0 };
  }
  expect(await plans.add(plan, items(), ['new', 'same', 'refused'])).toEqual({
    counts: { new: 6000, same: 1500, refused: 0 },
    acting: 6000,
  });
  expect(plans.get('plan')).toEqual({ ...plan, counts: { new: 6000, same: 1500, refused: 0 }, acting: 6000 });
  expect(plans.items('plan', { state: 'same', offset: 1499, limit: 10 })).toEqual([
    { number: 7495, item: { n: 7495 }, state: 'same' },
  ]);
  const start = (id: string) =>
    journal.create({ id, planId: 'plan', subject: {}, progress: {}, owner: 'me' }, new Date());
  expect(start('op')).toEqual(expect.any(String));
  expect(start('another')).toBeUndefined();
  expect(plans.get('plan')).toBeUndefined();
  expect(plans.stale('zzz')).toEqual([]);
  // The process died after the first of the steps: whoever goes on writes the others first.
  expect(journal.steps.counts('op').waiting).toBeLessThan(6000);
  await new Journal(db).steps.write('op');
  expect(journal.steps.counts('op')).toEqual({ waiting: 6000, done: 0, failed: 0 });
  expect(journal.steps.open('op', 7493, 10)).toEqual([
    { number: 7494, step: { n: 7494 }, done: false },
    { number: 7496, step: { n: 7496 }, done: false },
    { number: 7497, step: { n: 7497 }, done: false },
    { number: 7498, step: { n: 7498 }, done: false },
    { number: 7499, step: { n: 7499 }, done: false },
  ]);
  expect(plans.stale('')).toEqual(['plan']);
  await plans.remove('plan');
  expect(db.get('SELECT count(*) AS count FROM plan_items')).toEqual({ count: 0 });
});

test('a plan that nobody starts is removed', async () => {
  const plans = new Plans(await database());
  const plan = { id: 'old', kind: 'copy', subject: {}, summary: {}, needsConsent: true, made: '2026-01-01' };
  await plans.add(plan, [{ item: {}, state: 'new', acts: true }], []);
  expect(plans.stale('2025-12-31')).toEqual([]);
  expect(plans.stale('2026-01-01')).toEqual(['old']);
  await plans.remove('old');
  expect(plans.get('old')).toBeUndefined();
});

test('the trash keeps bytes exactly, by repository, with what is about to change', async () => {
  const db = await database();
  await operation(db, 'op');
  const [trash, changes] = [new Trash(db), new TagChanges(db)];
  expect(changes.any('op')).toBe(false);
  const [child, parent] = [content('child', 3), content('parent', 4)];
  const change = { repository: 'a', reference: 'latest', before: parent.digest, after: null };
  trash.keep('op', 'a', [child, parent], [change]);
  trash.keep('op', 'a', [parent], [{ ...change, before: child.digest, after: 'sha256:other' }]);
  trash.keep('op', 'b', [{ ...parent, mediaType: 'text/plain' }], []);
  expect(trash.get('op', 'a', child.digest)).toEqual(child);
  expect(trash.get('op', 'a', parent.digest)).toEqual(parent);
  expect(trash.get('op', 'b', parent.digest)).toMatchObject({ mediaType: 'text/plain' });
  expect(trash.get('op', 'b', child.digest)).toBeUndefined();
  expect(changes.any('op')).toBe(true);
  // What was there first is what comes back.
  expect(changes.page('op', 0, 10)).toEqual([
    { ...change, after: 'sha256:other', id: expect.any(Number), blind: false },
  ]);
  changes.drop('op', 'a', ['latest']);
  expect(changes.any('op')).toBe(false);
});

test('what an earlier version deleted and kept can still be taken back', async () => {
  const file = path.join(await temporaryFolder(), 'wharfinger.db');
  const old = new DatabaseSync(file);
  for (const migration of migrations.slice(0, 6)) old.exec(migration);
  const subject = { kind: 'delete', place: { accountId: '', host: 'h', repository: 'team/app' } };
  const insert =
    'INSERT INTO operations (id, subject, status, started, progress, owner) VALUES (?, ?, ?, ?, ?, ?)';
  for (const [id, text] of [
    ['done', JSON.stringify(subject)],
    ['untouched', JSON.stringify(subject)],
    ['spoiled', '{not'],
  ] as const) {
    old.prepare(insert).run(id, text, 'done', id, '{}', 'me');
    old
      .prepare('INSERT INTO steps (operation_id, number, step, result) VALUES (?, 0, ?, ?)')
      .run(id, '{}', id === 'untouched' ? 'untouched' : 'deleted');
    const keep = old.prepare(
      'INSERT INTO trash (operation_id, position, digest, media_type, bytes, tags) VALUES (?, ?, ?, ?, ?, ?)',
    );
    keep.run(id, 0, 'sha256:child', 'text/plain', new Uint8Array([1]), '[]');
    keep.run(id, 1, 'sha256:root', 'text/plain', new Uint8Array([2]), '["1","2"]');
  }
  old.exec('PRAGMA user_version = 6');
  old.close();

  const { database: db, cache } = await openDatabase(file);
  whenFinished(() => {
    db.close();
    cache.close();
  });
  const changes = new TagChanges(db);
  expect(changes.page('done', 0, 10)).toMatchObject([
    { repository: 'team/app', reference: 'sha256:child', before: 'sha256:child', after: null },
    { repository: 'team/app', reference: '1', before: 'sha256:root', after: null },
    { repository: 'team/app', reference: '2', before: 'sha256:root', after: null },
  ]);
  expect(changes.any('untouched')).toBe(false);
  expect(changes.any('spoiled')).toBe(false);
  expect(new Trash(db).get('done', 'team/app', 'sha256:root')).toMatchObject({ bytes: new Uint8Array([2]) });
});

test('what an operation copied is kept by repository and digest, each once', async () => {
  const db = await database();
  await operation(db, 'op');
  const parts = new Parts(db);
  parts.add('op', { repository: 'a', digest: 'sha256:1', size: 3, outcome: 'sent' });
  parts.add('op', { repository: 'b', digest: 'sha256:1', size: 3, outcome: 'sent' });
  parts.add('op', { repository: 'b', digest: 'sha256:1', size: 3, outcome: 'mounted' });
  expect(parts.of('op')).toEqual([
    { repository: 'a', digest: 'sha256:1', size: 3, outcome: 'sent' },
    { repository: 'b', digest: 'sha256:1', size: 3, outcome: 'mounted' },
  ]);
  expect(parts.of('another')).toEqual([]);
});

test('what was copied is written together a moment later, and a disk that takes nothing fails nothing', async () => {
  const db = await database();
  await operation(db, 'op');
  const [parts, reader] = [new Parts(db), new Parts(db)];
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const digests = ['sha256:1', 'sha256:2'];
  for (const digest of digests) parts.add('op', { repository: 'a', digest, size: 3, outcome: 'sent' });
  expect(reader.of('op')).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(reader.of('op').map(({ digest }) => digest)).toEqual(digests);

  db.script('PRAGMA query_only = ON');
  parts.add('op', { repository: 'a', digest: 'sha256:3', size: 3, outcome: 'sent' });
  parts.write();
  db.script('PRAGMA query_only = OFF');
  expect(reader.of('op')).toHaveLength(2);
});

test('S9: an operation whose record is spoiled costs itself only', async () => {
  const db = await database();
  const journal = new Journal(db);
  const about = { subject: { kind: 'delete' } };
  await operation(db, 'spoiled', about.subject, new Date(0));
  await operation(db, 'whole', about.subject, new Date(1));
  db.run("UPDATE operations SET subject = '{not', progress = 'nor', failure = 'this' WHERE id = 'spoiled'");
  db.run("UPDATE steps SET step = '{not', failure = 'nor this' WHERE operation_id = 'spoiled'");
  expect(journal.history(10).map(({ id, subject }) => ({ id, subject }))).toEqual([
    { id: 'whole', subject: about.subject },
    { id: 'spoiled', subject: undefined },
  ]);
  expect(journal.history(10, undefined, ['delete']).map(({ id }) => id)).toEqual(['whole']);
  expect(journal.current(10)).toHaveLength(2);
  expect(journal.get('spoiled')).toMatchObject({ failure: null });
  expect(journal.steps.page('spoiled', { offset: 0, limit: 1 })).toEqual([
    expect.objectContaining({ step: undefined, failure: null }),
  ]);
});

test('what stopped or failed is current however much is done since, until it was looked at or is run again', async () => {
  const db = await database();
  const journal = new Journal(db);
  for (const id of ['failed', 'paused', 'done 1', 'done 2', 'done 3']) {
    await operation(db, id);
    const status = id === 'failed' ? id : id === 'paused' ? 'interrupted' : 'done';
    journal.setStatus(id, { status, progress: {}, ended: 'then', paused: id === 'paused' });
  }
  const current = () => journal.current(3).map(({ id }) => id);
  expect(current()).toEqual(['failed', 'paused', 'done 3']);
  journal.dismiss('failed');
  expect(current()).toEqual(['paused', 'done 2', 'done 3']);
  expect(journal.takeOver('failed', 'me')).toBe(true);
  expect(current()).toEqual(['failed', 'paused', 'done 3']);
});

test('S9: a saved transfer that is spoiled costs itself only', async () => {
  const db = await database();
  const saved = new SavedTransfers(db);
  for (const id of ['one', 'two']) saved.put({ id, name: id, definition: {}, created: '' });
  db.run("UPDATE saved_transfers SET definition = '{not' WHERE id = 'one'");
  expect(saved.list().map(({ id, definition }) => [id, definition])).toEqual([
    ['one', undefined],
    ['two', {}],
  ]);
});

test('steps are counted and paged from their index, and the status bar asks for no more operations than it shows', async () => {
  const db = await database();
  const plan = (sql: string) => db.all(`EXPLAIN QUERY PLAN ${sql}`).map(({ detail }) => detail);
  expect(plan("SELECT state, count(*) AS count FROM steps WHERE operation_id = 'a' GROUP BY state")).toEqual([
    'SEARCH steps USING COVERING INDEX steps_state (operation_id=?)',
  ]);
  expect(
    plan("SELECT * FROM operations WHERE status = 'done' AND dismissed = 0 ORDER BY started DESC LIMIT 50"),
  ).toEqual(['SEARCH operations USING INDEX operations_status (status=?)']);
});
