import { createRouterClient, ORPCError } from '@orpc/server';
import { describe, expect, test } from 'vitest';
import { createRouter } from '../../src-main/api/index.ts';
import type { Failure } from '../../src-main/common/failure.ts';
import { all, settingsFor, testCore } from '../services/support/core.ts';
import { makeHelmChart, makeImage, makeMultiPlatform } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { planned } from '../support/planned.ts';
import { push } from '../support/push.ts';

async function setUp() {
  const core = await testCore();
  return { core, client: createRouterClient(createRouter(core)) };
}

/** The contract's failure of a call that must fail. */
async function failureOf(call: Promise<unknown>): Promise<Failure> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof ORPCError)) throw error;
    expect(error).toMatchObject({ code: 'FAILED', status: 500, defined: true });
    expect(error.cause).toBeUndefined();
    return error.data as Failure;
  }
  throw new Error('The call did not fail');
}

const unknownId = '00000000-0000-4000-8000-000000000000';

test('the main job goes through the contract: add, browse, look, delete, undo, retag, copy', async () => {
  const registry = await startTestRegistry();
  const { client } = await setUp();
  const index = await makeMultiPlatform();
  for (const tag of ['1.0', 'latest']) await push(index, registry, 'team/app', tag);
  await push(await makeHelmChart(), registry, 'charts/app', '1.2.3');
  const { id: accountId } = await client.accounts.add({ settings: settingsFor(registry.url), secrets: {} });
  expect(await client.catalog.overview({ accountId })).toMatchObject({ system: 'wharfinger' });
  const repositories = await all(await client.catalog.repositories({ accountId }));
  expect(repositories.at(-1)).toMatchObject({ count: 2, done: true });
  const repository = 'team/app';
  expect(await all(await client.catalog.tags({ accountId, repository }))).toMatchObject([
    { tags: ['1.0', 'latest'] },
    { done: true },
  ]);
  const details = await all(
    await client.catalog.tagDetails({ accountId, repository, tags: ['1.0', 'gone'] }),
  );
  expect(
    details.map((answer) => ('details' in answer ? answer.details.kind : answer.failure.code)).sort(),
  ).toEqual(['index', 'notFound']);
  const image = await client.images.get({ accountId, repository, reference: 'latest' });
  expect(image).toMatchObject({ digest: index.digest, content: { kind: 'index' } });
  expect(image).not.toHaveProperty('platforms');
  expect(await client.images.get({ accountId, repository: 'charts/app', reference: '1.2.3' })).toMatchObject({
    content: { kind: 'helmChart', chart: { name: 'chart', version: '1.2.3' } },
  });
  expect(await client.catalog.search({ text: 'app lat', limit: 5 })).toMatchObject({
    places: [{ accountId, tag: 'latest' }],
    waiting: 0,
  });

  const deletion = await planned(client.deletion.plan({ accountId, repository, tags: ['latest'] }));
  expect(deletion).toMatchObject({
    kind: 'delete',
    subject: { place: { account: accountId, host: `127.0.0.1:${registry.port}`, repository } },
  });
  const { operationId } = await client.plans.start({ planId: deletion.id, consent: false });
  const watching = await client.operations.watch();
  for await (const operation of watching) {
    if (operation.id === operationId && operation.status === 'done') break;
  }
  const undoing = await client.operations.planUndo({ operationId });
  const undo = await client.plans.start({ planId: undoing.id });
  for await (const operation of await client.operations.watch()) {
    if (operation.id === undo.operationId && operation.status === 'done') break;
  }
  const copy = await client.transfers.planCopies({
    source: accountId,
    target: accountId,
    copies: [{ source: { repository, reference: 'latest' }, target: { repository, tag: 'stable' } }],
  });
  expect(copy).toMatchObject({ kind: 'retag', subject: { tag: 'stable' } });
  expect(await client.plans.get({ planId: copy.id })).toEqual(copy);
  expect(await client.plans.items({ planId: copy.id, state: 'new', offset: 0, limit: 5 })).toMatchObject({
    items: [{ number: 0, state: 'new', target: { repository, tag: 'stable' } }],
    total: 1,
  });
  const retag = await client.plans.start({ planId: copy.id });
  for await (const operation of await client.operations.watch()) {
    if (operation.id === retag.operationId && operation.status === 'done') break;
  }
  expect((await client.operations.history({ limit: 10 })).map(({ subject }) => subject.kind)).toEqual([
    'retag',
    'restore',
    'delete',
  ]);
  const undone = await client.operations.history({ limit: 10, kinds: ['restore', 'sync'] });
  expect(undone.map(({ id }) => id)).toEqual([undo.operationId]);
  await client.operations.dismiss({ operationId });
  expect(await client.operations.get({ operationId })).toMatchObject({ status: 'done', dismissed: true });
  await client.accounts.remove({ id: accountId });
  expect(await client.accounts.list()).toEqual([]);
});

describe('every failure has a closed code', () => {
  test('input that is not valid says where, and never what', async () => {
    const { client } = await setUp();
    const settings = { ...settingsFor('registry.test'), name: '' };
    const failure = await failureOf(client.accounts.add({ settings, secrets: { password: 'MARKER' } }));
    expect(failure).toMatchObject({ code: 'invalidInput', reason: expect.stringContaining('settings.name') });
    // What the types forbid: a renderer gone wrong.
    const nonsense: unknown = { settings: 5, secrets: { password: ['MARKER'] } };
    const wrong = await failureOf(client.accounts.add(nonsense as Parameters<typeof client.accounts.add>[0]));
    expect(wrong.code).toBe('invalidInput');
    expect(JSON.stringify([failure, wrong])).not.toContain('MARKER');
    expect((await failureOf(client.accounts.remove({ id: 'not-a-uuid' }))).code).toBe('invalidInput');
  });

  test('what is not there', async () => {
    const { client } = await setUp();
    const code = async (call: Promise<unknown>) => (await failureOf(call)).code;
    expect(await code(client.catalog.overview({ accountId: unknownId }))).toBe('accountUnknown');
    expect(await code(client.operations.cancel({ operationId: unknownId }))).toBe('operationUnknown');
    expect(await code(client.plans.start({ planId: unknownId, consent: true }))).toBe('planExpired');
    expect(await code(client.plans.start({ planId: unknownId }))).toBe('planExpired');
  });

  test('in the middle of a stream too', async () => {
    const registry = await startTestRegistry({ limits: { maxPage: 1 } });
    const { client } = await setUp();
    for (const name of ['one', 'two']) await push(await makeImage(), registry, name, '1');
    const { id: accountId } = await client.accounts.add({ settings: settingsFor(registry.url), secrets: {} });
    const stream = await client.catalog.repositories({ accountId });
    expect((await stream.next()).value).toMatchObject({ count: 1 });
    registry.inject({ kind: 'status', status: 403, when: { path: /_catalog/ } });
    expect(await failureOf(stream.next())).toMatchObject({ code: 'denied', status: 403 });
  });

  test('a bad reference, with the reason in words', async () => {
    const registry = await startTestRegistry();
    const { client } = await setUp();
    const { id: accountId } = await client.accounts.add({ settings: settingsFor(registry.url), secrets: {} });
    registry.expectOnly();
    for (const repository of ['UPPER', '../up', 'a//b', 'a/../b']) {
      const failure = await failureOf(client.images.get({ accountId, repository, reference: '1' }));
      expect(failure).toMatchObject({ code: 'invalidReference', reason: expect.any(String) });
    }
  });

  test('cancelled, when the caller aborts', async () => {
    const registry = await startTestRegistry();
    const { client } = await setUp();
    await push(await makeImage(), registry, 'team/app', '1');
    const { id: accountId } = await client.accounts.add({ settings: settingsFor(registry.url), secrets: {} });
    registry.inject({ kind: 'stall', afterBytes: 0, when: {} });
    const controller = new AbortController();
    const call = client.images.get(
      { accountId, repository: 'team/app', reference: '1' },
      { signal: controller.signal },
    );
    controller.abort();
    expect((await failureOf(call)).code).toBe('cancelled');
  });

  test('a defect of ours reports its place and none of its words', async () => {
    const core = await testCore();
    core.accounts.list = () => {
      throw new TypeError('MARKER: a secret in an unexpected message');
    };
    const failure = await failureOf(createRouterClient(createRouter(core)).accounts.list());
    expect(failure).toMatchObject({
      code: 'internal',
      reason: expect.stringMatching(/^TypeError at router\.test\.ts:\d+$/),
    });
    expect(JSON.stringify(failure)).not.toContain('MARKER');
  });
});

test('settings are changed one by one and checked', async () => {
  const { client } = await setUp();
  expect(await client.app.changeSettings({ theme: 'dark' })).toMatchObject({
    theme: 'dark',
    language: 'system',
  });
  expect(await client.app.changeSettings({ language: 'zh-CN' })).toMatchObject({
    theme: 'dark',
    language: 'zh-CN',
  });
  expect((await failureOf(client.app.changeSettings({ requestConcurrency: 0 }))).code).toBe('invalidInput');
  expect((await failureOf(client.app.changeSettings({ approvedHosts: ['http://x/'] }))).code).toBe(
    'invalidInput',
  );
  expect(await client.app.settings()).toMatchObject({ theme: 'dark', language: 'zh-CN' });
  expect(await client.app.about()).toMatchObject({ version: '0.0.0-test', host: 'browser' });
});

test('leaving a stream ends it on the other side', async () => {
  const { client, core } = await setUp();
  const controller = new AbortController();
  const stream = await client.operations.watch(undefined, { signal: controller.signal });
  const waiting = stream.next();
  controller.abort();
  expect(await waiting).toMatchObject({ done: true });
  const left = await client.operations.watch();
  await left.return?.(undefined);
  await core.close();
});
