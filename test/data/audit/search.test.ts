import path from 'node:path';
import { expect, test } from 'vitest';
import type { AuditFilter } from '../../../src-main/common/audit.ts';
import { Audit } from '../../../src-main/data/audit/audit.ts';
import { auditRoom, openAudit } from '../../../src-main/data/audit/tasks.ts';
import { textSchema } from '../../../src-main/data/audit/text.ts';
import { openCache, openDatabase } from '../../../src-main/data/database/open.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { manyChanges } from '../../support/many-changes.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const KINDS = ['delete', 'copy', 'retag', 'sync'];

async function recorded(changes: number) {
  const folder = await temporaryFolder();
  const record = path.join(folder, 'wharfinger.db');
  const { database, cache } = await openDatabase(record);
  whenFinished(() => {
    database.close();
    cache.close();
  });
  const audit = new Audit(database, { note: () => {} });
  const statuses = ['done', 'failed', 'cancelled', 'interrupted'];
  database.transaction(() => {
    for (let n = 0; n < changes; n++) {
      const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
      const at = new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString();
      const actor = { user: n % 3 === 0 ? 'bob' : 'ann', machine: 'here', app: 'cli' };
      const kind = KINDS[n % 4] ?? '';
      const status = statuses[n % 4] ?? '';
      const registry = `registry-${n % 10}.test`;
      database.run(
        'INSERT INTO operations (id, subject, status, started, progress, undoes, owner) VALUES (?, ?, ?, ?, ?, NULL, ?)',
        id,
        JSON.stringify({ kind }),
        status,
        at,
        '{}',
        'me',
      );
      const subject = { kind, registry, account: null, what: `${kind} ${registry}/team/app-${n}` };
      audit.add({ ...actor, at, operation: id, event: 'started', subject, detail: { subject: { kind } } });
      const change = { repository: `team/app-${n}`, reference: '1.0', before: `sha256:${n}`, after: null };
      audit.add({ ...actor, at, operation: id, event: 'changes', detail: { changes: [change], through: 1 } });
      audit.add({ ...actor, at, operation: id, event: status, detail: {} });
    }
    audit.add({
      at: '2027-01-01T00:00:00.000Z',
      user: 'ann',
      machine: 'here',
      app: 'desktop',
      event: 'changed',
      subject: { kind: 'settings', registry: null, account: null, what: 'change settings: approvedHosts' },
      detail: { fields: [{ field: 'approvedHosts', before: [], after: ['tokens.test'] }], secrets: [] },
    });
  });
  const asking = (room: Pick<ReturnType<typeof auditRoom>, 'questions'>) => {
    return (filter: AuditFilter, offset = 0, limit = 100) => {
      const task = room.questions.changes({ filter, undoable: ['delete'], offset, limit });
      for (;;) {
        const { done, value } = task.next();
        if (done) return value;
      }
    };
  };
  const indexed = async () => {
    const room = await openAudit({ record, texts: path.join(folder, 'texts.db') });
    whenFinished(() => room.close());
    return { ask: asking(room), fill: () => [...room.rest()].length };
  };
  return { database, audit, cache, folder, ask: asking(auditRoom(cache)), indexed };
}

test.each(['without an index', 'with an index'])(
  'changes are found by kind, registry, user, time, words and result, the newest first, page by page: %s',
  async (way) => {
    const { database, ask: looking, indexed } = await recorded(200);
    const texts = way === 'with an index' ? await indexed() : undefined;
    texts?.fill();
    const ask = texts?.ask ?? looking;
    const whats = (filter: AuditFilter) => ask(filter).items.map(({ what }) => what);
    expect(ask({})).toMatchObject({ total: 201, items: { length: 100 } });
    expect(
      ask({})
        .items.slice(0, 2)
        .map(({ kind }) => kind),
    ).toEqual(['settings', 'sync']);
    expect(ask({}, 200, 100).items.map(({ what }) => what)).toEqual(['delete registry-0.test/team/app-0']);
    expect(ask({ kind: 'copy' }).total).toBe(50);
    expect(ask({ registry: 'registry-3.test' }).total).toBe(20);
    expect(ask({ user: 'bob' }).total).toBe(67);
    expect(ask({ since: '2026-01-01T03:19:00.000Z' }).total).toBe(2);
    expect(ask({ until: '2026-01-01T00:02:00.000Z' }).total).toBe(2);
    // A digest stands in what was changed, a host in what settings hold; all words are wanted, in any case.
    expect(whats({ text: 'sha256:77' })).toEqual(['copy registry-7.test/team/app-77']);
    expect(whats({ text: 'TOKENS' })).toEqual(['change settings: approvedHosts']);
    expect(whats({ text: 'app-12 delete 1.0' })).toContain('delete registry-2.test/team/app-12');
    expect(whats({ text: '100%' })).toEqual([]);
    expect(whats({ text: '_' })).toEqual([]);
    expect(ask({ result: 'failed' }).total).toBe(50);
    // Settings are done when they are recorded.
    expect(ask({ result: 'done' }).total).toBe(51);
    expect(ask({ result: 'open', kind: 'sync' }).total).toBe(50);
    const [first, second] = ask({ kind: 'delete' }).items.map(({ operation }) => operation ?? '');
    const changed = 'INSERT INTO tag_changes (operation_id, repository, reference) VALUES (?, ?, ?)';
    for (const id of [first, second]) database.run(changed, id ?? '', 'team/app', '1');
    expect(ask({ result: 'undoable' }).items.map(({ operation }) => operation)).toEqual([first, second]);
    const undo = ask({ kind: 'retag', result: 'cancelled' }).items[0]?.operation ?? '';
    database.run("UPDATE operations SET undoes = ?, status = 'done' WHERE id = ?", first ?? '', undo);
    expect(ask({ result: 'undoable' }).items.map(({ operation }) => operation)).toEqual([second]);
    expect(ask({ result: 'undone' }).items.map(({ operation }) => operation)).toEqual([first]);
    expect(ask({ operation: second ?? '' }).total).toBe(1);
  },
);

test('what came after the index was filled is found as well, in any part of it; short words and signs are found as they stand', async () => {
  const { audit, cache, ask: looking, indexed } = await recorded(20);
  const { ask, fill } = await indexed();
  fill();
  const before = ask({ text: 'app-1' }).total;
  const add = (what: string) =>
    audit.add({
      ...{ at: '2027-02-01T00:00:00.000Z', user: 'ann', machine: 'here', app: 'cli', event: 'changed' },
      subject: { kind: 'settings', registry: null, account: null, what },
      detail: { fields: [], secrets: [] },
    });
  add('change app-1xyz "50%_off" Ärger');
  for (const filled of [false, true]) {
    if (filled) fill();
    expect(ask({ text: 'app-1' }).total).toBe(before + 1);
    for (const word of [
      'p-1xyz',
      '50%_o',
      '%_',
      'ärger'.slice(1),
      'APP-1XYZ',
      'app-1 xyz',
      'nowhere',
      '"',
      '50%*',
      'OR',
    ])
      expect(ask({ text: word }).total, word).toBe(looking({ text: word }).total);
    expect(ask({ text: 'p-1xyz' }).total).toBe(1);
  }
  const verifying = auditRoom(cache).questions.verify({ file: undefined, heads: [] });
  let verified = verifying.next();
  while (!verified.done) verified = verifying.next();
  expect(verified.value).toMatchObject({ entries: 62, problems: [] });
});

test('the index of another record is made anew: what it says of numbers that are others now is not believed', async () => {
  const { database, indexed, audit } = await recorded(5);
  const first = await indexed();
  first.fill();
  expect(first.ask({ text: 'app-3' }).total).toBe(1);
  // As a backup of an earlier day that was put in its place and went on from there.
  for (const { name } of database.all(
    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'",
  ))
    database.script(`DROP TRIGGER ${String(name)}`);
  database.script('DELETE FROM audit');
  const later = { at: '2027-03-01T00:00:00.000Z', user: 'eve', machine: 'here', app: 'cli' };
  for (let n = 0; n < 20; n++)
    audit.add({
      ...{ ...later, event: 'changed', detail: {} },
      subject: { kind: 'settings', registry: null, account: null, what: `change number-${n}` },
    });
  database.script('UPDATE audit SET id = id - (SELECT min(id) FROM audit) + 1');
  for (const filled of [false, true]) {
    if (filled) first.fill();
    expect(first.ask({ text: 'app-3' }).total).toBe(0);
    expect(first.ask({ text: 'number-1' }).total).toBe(11);
  }
});

test('an index that an earlier version made is made anew: it does not know which change an entry is of', async () => {
  const { database, folder, indexed } = await recorded(5);
  const [schema = ''] = textSchema;
  const earlier = await openCache(path.join(folder, 'texts.db'), [schema]);
  const last = database.get('SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1');
  earlier.run('INSERT INTO entry_mark (id, hash) VALUES (?, ?)', Number(last?.id), String(last?.hash));
  earlier.close();
  const { ask, fill } = await indexed();
  expect(ask({ text: 'app-3' }).total).toBe(1);
  expect(fill()).toBeGreaterThan(0);
  expect(ask({ text: 'app-3 done' }).total).toBe(0);
  expect(ask({ text: 'app-3 sha256:3' }).total).toBe(1);
});

test('where there can be no index, all is found by looking', async () => {
  const { folder } = await recorded(5);
  const room = await openAudit({
    record: path.join(folder, 'wharfinger.db'),
    texts: path.join(folder, 'wharfinger.db', 'below a file.db'),
  });
  whenFinished(() => room.close());
  expect([...room.rest()]).toEqual([]);
  const task = room.questions.changes({ filter: { text: 'app-3' }, undoable: [], offset: 0, limit: 10 });
  task.next();
  expect(task.next().value).toMatchObject({ total: 1 });
});

test('pages of 100,000 entries are found by whatever is asked for', { timeout: 120_000 }, async () => {
  const { database, ask } = await recorded(0);
  database.script(manyChanges(33_333));
  const found = (filter: AuditFilter) => {
    const begun = performance.now();
    const { total, items } = ask(filter, 100, 100);
    return { total, items: items.length, milliseconds: performance.now() - begun };
  };
  const questions: [AuditFilter, number][] = [
    [{}, 33_334],
    [{ kind: 'delete' }, 8_334],
    [{ registry: 'registry-3.test', user: 'ann' }, 2_222],
    [{ result: 'failed' }, 667],
    [{ result: 'undoable' }, 8_334],
    [{ text: 'copy sha256:0' }, 24_999],
    [{ text: 'team/app' }, 33_333],
  ];
  for (const [filter, total] of questions) {
    const answer = found(filter);
    expect(answer).toMatchObject({ total, items: 100 });
    // In a thread, where nothing else waits; on a quiet machine a tenth of a second, half of one for words without the index.
    expect(answer.milliseconds, JSON.stringify(filter)).toBeLessThan(15_000);
  }
});

test('a rare word is looked up in the index: the entries that do not have it are not read', {
  timeout: 120_000,
}, async () => {
  const { database, ask: looking, indexed } = await recorded(0);
  database.script(manyChanges(4_000));
  const { ask, fill } = await indexed();
  fill();
  // The shortest of some, each of which is another question: an answer is kept for the next page.
  const timed = (asking: typeof ask): number =>
    Math.min(
      ...Array.from({ length: 5 }, (_, run) => {
        const begun = performance.now();
        expect(asking({ text: 'app-3999', since: `2025-01-0${run + 1}` }).total).toBe(1);
        return performance.now() - begun;
      }),
    );
  expect(timed(ask)).toBeLessThan(timed(looking));
});
