import path from 'node:path';
import { expect, test } from 'vitest';
import type { AuditFilter } from '../../../src-main/common/audit.ts';
import { Audit } from '../../../src-main/data/audit/audit.ts';
import { auditRoom } from '../../../src-main/data/audit/tasks.ts';
import { openDatabase } from '../../../src-main/data/database/open.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const KINDS = ['delete', 'copy', 'retag', 'sync'];

async function recorded(changes: number) {
  const { database, cache } = await openDatabase(path.join(await temporaryFolder(), 'wharfinger.db'));
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
  const room = auditRoom(cache);
  const ask = (filter: AuditFilter, offset = 0, limit = 100) => {
    const task = room.questions.changes({ filter, undoable: ['delete'], offset, limit });
    for (;;) {
      const { done, value } = task.next();
      if (done) return value;
    }
  };
  return { database, ask };
}

test('changes are found by kind, registry, user, time, words and result, the newest first, page by page', async () => {
  const { database, ask } = await recorded(200);
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
});

/** Rows of 33,333 operations, three each, as they are looked for; without hashes, which takes longer. */
const MANY = `
  CREATE TEMP TABLE numbers AS
    WITH RECURSIVE up (n) AS (VALUES (0) UNION ALL SELECT n + 1 FROM up WHERE n < 33332)
    SELECT n, printf('00000000-0000-4000-8000-%012d', n) AS id, printf('2026-01-01T00:00:00.%06dZ', n) AS at,
      iif(n % 4 = 0, 'delete', 'copy') AS kind, iif(n % 50 = 0, 'failed', 'done') AS status FROM up;
  INSERT INTO operations (id, subject, status, started, progress, owner)
    SELECT id, '{}', status, at, '{}', 'me' FROM numbers;
  INSERT INTO tag_changes (operation_id, repository, reference) SELECT id, 'team/app', n FROM numbers;
  INSERT INTO audit (form, at, who, host, operation_id, event, kind, registry, what, detail)
    SELECT 2, at, iif(n % 3 = 0, 'bob', 'ann'), 'cli', id, event, kind, printf('registry-%d.test', n % 10),
      printf('%s registry-%d.test/team/app-%d', kind, n % 10, n),
      json_object('changes', json_array(json_object('repository', 'team/app', 'before', printf('sha256:%064d', n))))
    FROM numbers, (SELECT 'started' AS event UNION ALL SELECT 'changes' UNION ALL SELECT 'done');
  DROP TABLE numbers`;

test('pages of 100,000 entries are found by whatever is asked for', { timeout: 120_000 }, async () => {
  const { database, ask } = await recorded(0);
  database.script(MANY);
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
  ];
  for (const [filter, total] of questions) {
    const answer = found(filter);
    expect(answer).toMatchObject({ total, items: 100 });
    // In a thread, where nothing else waits; on a quiet machine a tenth of a second, half of one for words.
    expect(answer.milliseconds, JSON.stringify(filter)).toBeLessThan(15_000);
  }
});
