import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { Core } from '../../src-main/services/index.ts';
import { type OldHome, openOldHome } from '../support/old-home/open.ts';
import { basicAuthorization, type PushTarget, plainRequest } from '../support/push.ts';
import { all, TestKeychain, testCore } from './support/core.ts';
import { startUndo } from './support/plans.ts';

async function opened(): Promise<{ core: Core; old: OldHome }> {
  const old = await openOldHome();
  const keychain = new TestKeychain();
  for (const [key, secret] of old.secrets) keychain.entries.set(key, secret);
  return { core: await testCore({ home: old.folder, keychain }), old };
}

/** What a tag points at; undefined where it is not there. */
async function digestOf(
  { url }: { url: string },
  repository: string,
  tag: string,
  signedIn = false,
): Promise<string | undefined> {
  const target: PushTarget = signedIn
    ? { url, authorize: () => basicAuthorization('ann', 'secret') }
    : { url };
  const { status, headers } = await plainRequest(target, `/v2/${repository}/manifests/${tag}`);
  return status === 200 ? String(headers['docker-content-digest']) : undefined;
}

test('accounts, settings, places seen and saved transfers of f998666 are there', async () => {
  const { core, old } = await opened();
  const { source, target } = old.registries;
  expect(await core.settings.notices()).toEqual([]);
  expect(core.settings.get()).toMatchObject({ language: 'en', theme: 'dark', transferConcurrency: 2 });
  expect(core.accounts.list()).toMatchObject([
    {
      id: old.accounts.source,
      name: 'Team',
      url: source.url,
      signIn: { kind: 'password', username: 'ann' },
      secrets: 'keychain',
      repositories: ['team/hidden'],
    },
    { id: old.accounts.target, name: 'Mirror', url: target.url, secrets: 'none' },
  ]);
  // Tags are taken over in a while.
  await expect
    .poll(() => core.catalog.search('team app 1.1', 10), { interval: 700, timeout: 15_000 })
    .toMatchObject({
      places: [{ accountId: old.accounts.source, repository: 'team/app', tag: '1.1' }],
      waiting: 0,
    });
  expect(core.transfers.unreadableSaved()).toEqual([]);
  expect(core.transfers.saved()).toMatchObject([
    {
      name: 'Nightly',
      definition: { ...old.accounts, repositories: ['team/**'], rename: 'copies/{name}', foreign: false },
      lastOperationId: old.operations.sync,
    },
  ]);
  // The password in the keychain is found and sent.
  const registry = await core.accounts.handle(old.accounts.source);
  expect((await core.catalog.overview(registry)).signedIn).toBe('basic');
});

test('its history is shown, each operation with its places', async () => {
  const { core, old } = await opened();
  const { operations, registries } = old;
  const source = { account: old.accounts.source, host: `127.0.0.1:${registries.source.port}` };
  const target = { account: old.accounts.target, host: `127.0.0.1:${registries.target.port}` };
  const loose = { origin: registries.loose.url, host: `127.0.0.1:${registries.loose.port}` };
  const history = core.operations.history(50);
  expect(history.map(({ id, subject, status, actions }) => [id, subject.kind, status, actions.undo])).toEqual(
    [
      [operations.pausedByOrigin, 'copy', 'paused', false],
      [operations.sync, 'sync', 'paused', false],
      [operations.deletedByOrigin, 'delete', 'done', true],
      [operations.deleted, 'delete', 'done', true],
      [operations.failed, 'copy', 'failed', false],
      [operations.restore, 'restore', 'done', false],
      [operations.undone, 'delete', 'done', false],
      [operations.retag, 'retag', 'done', false],
      [operations.copy, 'copy', 'done', false],
    ],
  );
  expect(history.map(({ subject }) => subject)).toMatchObject([
    { source: { ...loose, repository: 'misc/big' }, target: { ...target, repository: 'copies/big' } },
    { source, target, repositories: ['copies/app', 'copies/multi', 'copies/slow'], tags: 4 },
    { place: { ...loose, repository: 'misc/tool' }, tags: ['1'] },
    { place: { ...source, repository: 'old/app' }, tags: ['1', 'latest'] },
    { source: { ...source, reference: '1.1' }, target: { ...target, tag: 'forbidden' } },
    { place: { ...target, repository: 'mirror/app' } },
    { place: { ...target, repository: 'mirror/app' } },
    { place: target, reference: '1.0', tag: 'stable' },
    { source: { ...source, reference: '1.0' }, target: { ...target, tag: '1.0' } },
  ]);
  expect(core.operations.get(operations.failed).failure).toMatchObject({ code: 'denied', side: 'target' });
  expect((await all(core.operations.changes(operations.deleted))).flat()).toMatchObject([
    { tag: '1', after: null, state: 'done' },
    { tag: 'latest', after: null, state: 'done' },
  ]);
});

test('its paused transfers go on to their end', async () => {
  const { core, old } = await opened();
  const { target, source, loose } = old.registries;
  const { sync, pausedByOrigin } = old.operations;
  expect(core.operations.items(sync, { state: 'waiting', offset: 0, limit: 10 })).toMatchObject({
    items: [{ target: { repository: 'copies/slow', tag: '1' } }],
    total: 1,
  });
  expect(await digestOf(target, 'copies/slow', '1')).toBeUndefined();
  await core.operations.retry(sync);
  expect(await core.operations.finished(sync)).toMatchObject({ status: 'done' });
  expect(core.operations.items(sync, { state: 'done', offset: 0, limit: 10 }).total).toBe(4);
  expect(await digestOf(target, 'copies/slow', '1')).toBe(await digestOf(source, 'team/slow', '1', true));
  await core.operations.retry(pausedByOrigin);
  expect(await core.operations.finished(pausedByOrigin)).toMatchObject({ status: 'done' });
  expect(await digestOf(target, 'copies/big', '1')).toBe(await digestOf(loose, 'misc/big', '1'));
});

test('its deletions are undone from the trash; new rows name places in the new way', async () => {
  const { core, old } = await opened();
  const { source, loose } = old.registries;
  const { deleted, deletedByOrigin } = old.operations;
  for (const [id, registry, repository, tags] of [
    [deleted, source, 'old/app', ['1', 'latest']],
    [deletedByOrigin, loose, 'misc/tool', ['1']],
  ] as const) {
    const [change] = (await all(core.operations.changes(id))).flat();
    for (const tag of tags)
      expect(await digestOf(registry, repository, tag, registry === source)).toBeUndefined();
    const { operationId } = await startUndo(core, id);
    expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
    for (const tag of tags)
      expect(await digestOf(registry, repository, tag, registry === source)).toBe(change?.before);
  }
  await core.close();
  const database = new DatabaseSync(join(old.folder, 'wharfinger.db'), { readOnly: true });
  const rows = database.prepare('SELECT subject FROM operations ORDER BY started DESC LIMIT 2').all();
  database.close();
  expect(rows.map(({ subject }) => JSON.parse(String(subject)).place)).toEqual([
    { origin: loose.url, host: `127.0.0.1:${loose.port}`, repository: 'misc/tool' },
    { account: old.accounts.source, host: `127.0.0.1:${source.port}`, repository: 'old/app' },
  ]);
});
