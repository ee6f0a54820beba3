import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  Audit,
  ContentCache,
  Journal,
  openDatabase,
  Parts,
  SavedTransfers,
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
  const journal = new Journal(await database());
  const at = new Date('2026-05-05T05:05:05.000Z');
  const create = (id: string) =>
    journal.create(
      { id, subject: { kind: id === 'two' ? 'sync' : 'copy' }, progress: {}, owner: 'me' },
      [{ n: 1 }, { n: 2 }],
      at,
    );
  expect([create('one'), create('two'), create('three')]).toEqual([
    '2026-05-05T05:05:05.000Z',
    '2026-05-05T05:05:05.001Z',
    '2026-05-05T05:05:05.002Z',
  ]);
  journal.stepBegun('one', 0, at);
  journal.stepDone('one', 0, at, 'deleted');
  journal.stepBegun('one', 1, at);
  expect(journal.steps('one')).toEqual([
    { number: 0, step: { n: 1 }, begun: true, done: true, result: 'deleted' },
    { number: 1, step: { n: 2 }, begun: true, done: false },
  ]);
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
  expect(journal.tray(10).map((row) => row.id)).toEqual(['one', 'three']);
  expect(() => create('one')).toThrow(expect.objectContaining({ code: 'storageFailed' }));
});

test('the trash keeps manifests in order and their bytes exactly', async () => {
  const db = await database();
  new Journal(db).create({ id: 'op', subject: {}, progress: {}, owner: 'me' }, [], new Date());
  const trash = new Trash(db);
  expect(trash.holds('op')).toBe(false);
  const child = { ...content('child', 3), tags: [] };
  const parent = { ...content('parent', 4), tags: ['latest'] };
  trash.put('op', [child, parent]);
  trash.put('op', [{ ...parent, tags: ['1.0'] }]);
  expect(trash.of('op')).toEqual([child, { ...parent, tags: ['latest', '1.0'] }]);
  expect(trash.holds('op')).toBe(true);
});

test('the audit record can be added to and nothing else', async () => {
  const db = await database();
  const audit = new Audit(db);
  const entry = {
    at: 'now',
    who: 'someone',
    host: 'cli',
    operationId: 'op',
    event: 'started',
    detail: { a: 1 },
  };
  audit.add(entry);
  expect(audit.of('op')).toEqual([entry]);
  expect(() => db.run('DELETE FROM audit')).toThrow(/not deleted/);
  expect(() => db.run("UPDATE audit SET who = 'nobody'")).toThrow(/not changed/);
});

test('S12: INSERT OR REPLACE does not change the audit record', async () => {
  const db = await database();
  const audit = new Audit(db);
  const entry = { at: 'now', who: 'ann', host: 'cli', operationId: 'op', event: 'started', detail: {} };
  audit.add(entry);
  const { id } = db.get('SELECT id FROM audit') ?? {};
  for (const verb of ['INSERT OR REPLACE', 'REPLACE', 'INSERT OR IGNORE', 'INSERT'])
    expect(() =>
      db.run(
        `${verb} INTO audit (id, at, who, host, operation_id, event, detail) VALUES (?, '', 'nobody', '', 'op', '', '{}')`,
        Number(id),
      ),
    ).toThrow(/not changed/);
  expect(audit.of('op')).toEqual([entry]);
  audit.add(entry);
  expect(audit.of('op')).toEqual([entry, entry]);
});

test('what an operation brought is kept by repository and digest, each once', async () => {
  const db = await database();
  new Journal(db).create({ id: 'op', subject: {}, progress: {}, owner: 'me' }, [], new Date());
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

test('what was brought is written together a moment later, and a disk that takes nothing fails nothing', async () => {
  const db = await database();
  new Journal(db).create({ id: 'op', subject: {}, progress: {}, owner: 'me' }, [], new Date());
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
  const about = { subject: { kind: 'delete' }, progress: {}, owner: 'me' };
  journal.create({ id: 'spoiled', ...about }, [{ kind: 'deleteTag' }], new Date(0));
  journal.create({ id: 'whole', ...about }, [], new Date(1));
  db.run("UPDATE operations SET subject = '{not', progress = 'nor', failure = 'this' WHERE id = 'spoiled'");
  db.run("UPDATE steps SET step = '{not', failure = 'nor this' WHERE operation_id = 'spoiled'");
  expect(journal.history(10).map(({ id, subject }) => ({ id, subject }))).toEqual([
    { id: 'whole', subject: about.subject },
    { id: 'spoiled', subject: undefined },
  ]);
  expect(journal.history(10, undefined, ['delete']).map(({ id }) => id)).toEqual(['whole']);
  expect(journal.tray(10)).toHaveLength(2);
  expect(journal.get('spoiled')).toMatchObject({ failure: null });
  expect(journal.steps('spoiled')).toEqual([expect.objectContaining({ step: undefined, failure: null })]);
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
