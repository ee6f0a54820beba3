import { hostname, userInfo } from 'node:os';
import { createRouterClient } from '@orpc/server';
import { expect, test } from 'vitest';
import { createRouter } from '../../src-main/api/index.ts';
import type { AuditEntry, AuditFilter } from '../../src-main/common/audit.ts';
import type { Core } from '../../src-main/services/index.ts';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { push } from '../support/push.ts';
import { addAccount, all, settingsFor, testCore } from './support/core.ts';
import { planCopy, planFor, startUndo } from './support/plans.ts';

const entriesOf = async (core: Core, filter: AuditFilter = {}): Promise<AuditEntry[]> =>
  (await all(core.audit.entries(filter))).flat();

async function setUp() {
  const registry = await startTestRegistry();
  const image = await makeImage();
  for (const tag of ['1', '2']) await push(image, registry, 'team/app', tag);
  const core = await testCore();
  const account = await addAccount(core, registry);
  const handle = await core.accounts.handle(account.id);
  const host = `127.0.0.1:${registry.port}`;
  return { registry, image, core, account, handle, host };
}

test('an operation is recorded with who, where, the plan, digests before and after, and its result; so is its undo', async () => {
  const { core, handle, image, account, host } = await setUp();
  const plan = await planFor(core, handle, 'team/app', ['1']);
  const { operationId } = await core.plans.start(plan.id);
  await core.operations.finished(operationId);
  const by = {
    user: userInfo().username,
    machine: hostname(),
    app: 'cli',
    account: { id: account.id, name: 'Test', user: null },
    registry: host,
    kind: 'delete',
    operation: operationId,
    what: `delete ${host}/team/app: 1`,
  };
  const deleted = await entriesOf(core, { kind: 'delete' });
  expect(deleted).toMatchObject([
    {
      ...by,
      event: 'started',
      detail: {
        subject: { kind: 'delete', tags: ['1'] },
        plan: { id: plan.id, made: plan.made, needsConsent: false, items: plan.items.by },
        steps: 1,
      },
    },
    {
      ...by,
      event: 'changes',
      detail: {
        changes: [
          { repository: 'team/app', reference: '1', before: image.digest, after: null, blind: false },
        ],
      },
    },
    { ...by, event: 'done', detail: { progress: { steps: { done: 1, total: 1 } } } },
  ]);
  const undo = await startUndo(core, operationId);
  await core.operations.finished(undo.operationId);
  expect(await entriesOf(core, { kind: 'restore' })).toMatchObject([
    { event: 'started', operation: undo.operationId, detail: { undoes: operationId } },
    { event: 'changes', detail: { changes: [{ reference: '1', before: null, after: image.digest }] } },
    { event: 'done' },
  ]);
  expect(await core.audit.verify()).toMatchObject({ problemCount: 0 });
});

test('a failure is recorded with its code, and that it was tried again with what the next try changed', async () => {
  const { core, handle, registry, image } = await setUp();
  const restore = registry.inject({
    kind: 'status',
    status: 403,
    when: { method: 'PUT', path: /manifests/ },
  });
  const at = { registry: handle, repository: 'team/app' };
  const plan = await planCopy(core, { ...at, reference: '1' }, { ...at, tag: 'new' });
  const { operationId } = await core.plans.start(plan.id);
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'failed' });
  restore();
  await core.operations.retry(operationId);
  await core.operations.finished(operationId);
  const entries = await entriesOf(core, { operation: operationId });
  expect(entries.map(({ event }) => event)).toEqual(['started', 'changes', 'failed', 'retried', 'done']);
  expect(entries).toMatchObject([
    {},
    { detail: { changes: [{ reference: 'new', before: null, after: image.digest }] } },
    { detail: { failure: { code: 'denied' } } },
    { kind: 'retag' },
    { kind: 'retag' },
  ]);
});

test('what reaches registries and protects them is recorded: accounts, locks, approved hosts; never how the app looks', async () => {
  const core = await testCore();
  const account = await core.accounts.add(
    settingsFor('https://harbor.test', { name: 'Team', signIn: { kind: 'password', username: 'ann' } }),
    { password: 'secret-1' },
  );
  core.accounts.setReadOnly(account.id, true);
  await core.accounts.update(
    account.id,
    settingsFor('https://harbor.test', {
      name: 'Team',
      signIn: { kind: 'password', username: 'ann' },
      tls: { verify: false },
      readOnly: true,
    }),
    { password: 'secret-2' },
  );
  core.accounts.addRepository(account.id, 'team/app');
  core.accounts.keepFresh(account.id, 24);
  core.settings.change({ theme: 'dark', pins: [], approvedHosts: ['tokens.test'], typeNameFrom: 5 });
  await core.localRegistry.change({ containers: true });
  await core.accounts.remove(account.id);
  const entries = await entriesOf(core);
  const about = {
    registry: 'harbor.test',
    account: { id: account.id, name: 'Team', user: 'ann' },
    operation: null,
  };
  expect(entries).toMatchObject([
    {
      ...about,
      kind: 'account',
      event: 'added',
      detail: {
        fields: expect.arrayContaining([{ field: 'url', before: null, after: 'https://harbor.test' }]),
        secrets: ['password'],
      },
    },
    {
      event: 'changed',
      detail: { fields: [{ field: 'readOnly', before: false, after: true }], secrets: [] },
    },
    {
      event: 'changed',
      what: 'change the account Team at harbor.test',
      detail: { fields: [{ field: 'verify', before: true, after: false }], secrets: ['password'] },
    },
    {
      kind: 'settings',
      event: 'changed',
      registry: null,
      detail: {
        fields: [
          { field: 'typeNameFrom', before: 50, after: 5 },
          { field: 'approvedHosts', before: [], after: ['tokens.test'] },
        ],
      },
    },
    { kind: 'localRegistry', detail: { fields: [{ field: 'containers', before: false, after: true }] } },
    { ...about, kind: 'account', event: 'removed' },
  ]);
  expect(JSON.stringify(entries)).not.toMatch(/secret-\d/);
});

test('the history has operations as they are now, and the app’s own changes, by what is asked for', async () => {
  const { core, handle, host } = await setUp();
  const client = createRouterClient(createRouter(core));
  const plan = await planFor(core, handle, 'team/app', ['1']);
  const { operationId } = await core.plans.start(plan.id);
  await core.operations.finished(operationId);
  const page = { offset: 0, limit: 10 };
  expect(await client.audit.history(page)).toMatchObject({
    total: 2,
    items: [
      {
        kind: 'delete',
        registry: host,
        operation: { id: operationId, status: 'done', actions: { undo: true } },
      },
      { kind: 'account', event: 'added', settings: { fields: expect.any(Array) } },
    ],
  });
  expect(await client.audit.history({ ...page, result: 'undoable' })).toMatchObject({ total: 1 });
  expect(await client.audit.history({ ...page, text: 'nothing like it' })).toEqual({ total: 0, items: [] });
  expect(await client.audit.choices()).toEqual({
    registries: [host],
    users: [userInfo().username],
    kinds: ['account', 'delete'],
  });
  expect(await client.audit.changes({ operationId, ...page })).toMatchObject({
    total: 1,
    items: [{ repository: 'team/app', reference: '1', after: null }],
  });
  expect(await client.audit.verify()).toMatchObject({ entries: 4, problemCount: 0 });
});

test('JSON lines have each entry whole; CSV has a line for each tag, and nothing that a spreadsheet would run', async () => {
  const { core, handle } = await setUp();
  await core.accounts.add(settingsFor('https://evil.test', { name: '=HYPERLINK("http://evil.test")' }), {});
  await core.accounts.add(settingsFor('https://at.test', { name: '@SUM(A1),"x"' }), {});
  const plan = await planFor(core, handle, 'team/app', ['1', '2']);
  const { operationId } = await core.plans.start(plan.id, { consent: true });
  await core.operations.finished(operationId);
  const lines = (await all(core.audit.export({}, 'jsonl'))).join('');
  expect(lines.endsWith('\n')).toBe(true);
  expect(
    lines
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(await entriesOf(core));
  const csv = (await all(core.audit.export({}, 'csv'))).join('');
  const rows = csv.trimEnd().split('\r\n');
  expect(rows[0]).toMatch(
    /^sequence,at,user,machine,app,account,account user,registry,kind,event,operation,what,/,
  );
  expect(rows.filter((row) => row.includes(',changes,'))).toHaveLength(2);
  expect(csv).toContain(`"'=HYPERLINK(""http://evil.test"")"`);
  expect(csv).toContain(`"'@SUM(A1),""x"""`);
});
