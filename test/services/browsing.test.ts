import { expect, test } from 'vitest';
import type { SeenPlace } from '../../src-main/common/registry.ts';
import type { Core } from '../../src-main/services/index.ts';
import { makeArtifact, makeImage, makeMultiPlatform } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { push } from '../support/push.ts';
import { startServer } from '../support/server.ts';
import { addAccount, all, settingsFor, testCore } from './support/core.ts';
import { planFor } from './support/plans.ts';

async function placesOf(core: Core, text: string): Promise<SeenPlace[]> {
  return (await core.catalog.search(text, 10)).places;
}

async function setUp() {
  const registry = await startTestRegistry();
  const index = await makeMultiPlatform('app');
  await push(index, registry, 'team/app', '1.0');
  await push(index, registry, 'team/app', 'latest');
  await push(makeArtifact({}), registry, 'team/report', 'v1');
  const core = await testCore();
  const account = await addAccount(core, registry);
  return { registry, core, account, index, handle: await core.accounts.handle(account.id) };
}

test('the overview says what the registry is and lets do, and remembers its product', async () => {
  const { core, account, handle } = await setUp();
  expect(await core.catalog.overview(handle)).toMatchObject({
    system: 'wharfinger',
    signedIn: 'anonymous',
    abilities: { list: 'yes', delete: 'yes', deleteTag: 'yes' },
    warnings: [],
  });
  expect(core.accounts.list()).toMatchObject([{ id: account.id, system: 'wharfinger' }]);
});

test('the overview warns of what is refused', async () => {
  const { registry, core, handle } = await setUp();
  registry.setLimits({ catalog: false, delete: false });
  const overview = await core.catalog.overview(handle);
  expect(overview.abilities).toMatchObject({ list: 'no', delete: 'no' });
  expect(overview.warnings).toEqual(['catalogForbidden', 'deleteDisabled']);
});

test('B9: a missing right to delete is reported as that; deleting is not said to be switched off', async () => {
  const { registry, core, handle } = await setUp();
  registry.inject({ kind: 'status', status: 403, when: { method: 'DELETE' } });
  const overview = await core.catalog.overview(handle);
  expect(overview.abilities.delete).toBe('unknown');
  expect(overview.warnings).toEqual(['deleteDenied']);
  const plan = planFor(core, handle, 'team/app', ['1.0']);
  await expect(plan).rejects.toMatchObject({
    code: 'denied',
    reason: 'This account may not delete in team/app.',
  });
});

test('repositories stream page by page, then those added by name', async () => {
  const { registry, core, account } = await setUp();
  registry.setLimits({ maxPage: 1 });
  core.accounts.addRepository(account.id, 'hidden/one');
  core.accounts.addRepository(account.id, 'team/app');
  const pages = await all(core.catalog.repositories(await core.accounts.handle(account.id)));
  expect(pages.flatMap(({ repositories }) => repositories)).toEqual([
    { name: 'team/app', addedByName: false },
    { name: 'team/report', addedByName: false },
    { name: 'hidden/one', addedByName: true },
  ]);
  expect(pages.map(({ done }) => done)).toEqual([false, false, true]);
  expect(pages.at(-1)).toMatchObject({ count: 3, listing: 'complete' });
  expect(await placesOf(core, 'hidden')).toEqual([{ accountId: account.id, repository: 'hidden/one' }]);
});

test('B1: names against the grammar are passed on, and the listing does not call itself complete', async () => {
  const core = await testCore();
  const repositories = ['good', 'Upper/Case', 'a..b', 'x'.repeat(300)];
  const registry = await startServer({
    'GET /v2/': { body: {} },
    'GET /v2/_catalog': { body: { repositories } },
  });
  const { id } = await addAccount(core, registry);
  const pages = await all(core.catalog.repositories(await core.accounts.handle(id)));
  expect(pages.at(-1)).toMatchObject({
    count: 1,
    listing: 'incomplete',
    unusable: ['Upper/Case', 'a..b', `${'x'.repeat(255)}…`],
  });
  expect(await placesOf(core, 'good')).toHaveLength(1);
});

test('no one waits for a page to be written down for the search', async () => {
  const { core, account, handle } = await setUp();
  const pages = core.catalog.repositories(handle)[Symbol.asyncIterator]();
  expect(await pages.next()).toMatchObject({ value: { count: 2, done: false } });
  expect(await placesOf(core, 'report')).toEqual([]);
  expect(await pages.next()).toMatchObject({ value: { done: true } });
  expect(await pages.next()).toMatchObject({ done: true });
  expect(await placesOf(core, 'report')).toEqual([{ accountId: account.id, repository: 'team/report' }]);
});

test('where listing is forbidden the repositories added by name are all there is', async () => {
  const { registry, core, account } = await setUp();
  registry.setLimits({ catalog: false });
  core.accounts.addRepository(account.id, 'team/app');
  expect(await all(core.catalog.repositories(await core.accounts.handle(account.id)))).toEqual([
    { repositories: [{ name: 'team/app', addedByName: true }], count: 1, done: true, listing: 'forbidden' },
  ]);
});

test('a registry that is gone half way through a list is an error, and nothing listed is forgotten', async () => {
  const { registry, core, handle } = await setUp();
  await all(core.catalog.repositories(handle));
  registry.setLimits({ maxPage: 1 });
  const stream = core.catalog.repositories(handle);
  expect((await stream.next()).value).toMatchObject({ count: 1, done: false });
  await registry.close();
  await expect(stream.next()).rejects.toMatchObject({ name: 'RegistryError' });
  expect(await placesOf(core, 'report')).toHaveLength(1);
});

test('tags stream, and what is gone is not found any more', async () => {
  const { registry, core, account, handle } = await setUp();
  registry.setLimits({ maxPage: 1 });
  const pages = await all(core.catalog.tags(handle, 'team/app'));
  expect(pages).toEqual([
    { tags: ['1.0'], count: 1, done: false },
    { tags: ['latest'], count: 2, done: false },
    { tags: [], count: 2, done: true },
  ]);
  expect(await placesOf(core, 'app latest')).toEqual([
    { accountId: account.id, repository: 'team/app', tag: 'latest' },
  ]);
  await expect(all(core.catalog.tags(handle, 'Team/App'))).rejects.toMatchObject({
    code: 'invalidReference',
  });
  await expect(all(core.catalog.tags(handle, 'no/such'))).rejects.toMatchObject({ code: 'notFound' });
});

test('transfer-25: details are reported for each tag, and an unchanged tag costs one HEAD the second time', async () => {
  const { registry, core, account, index, handle } = await setUp();
  const details = (tags: string[]) => all(core.catalog.tagDetails(handle, 'team/app', tags));
  const first = await details(['1.0', 'latest', 'no-such', 'bad tag!']);
  const byName = new Map(first.map((answer) => [answer.name, answer]));
  expect(byName.get('1.0')).toMatchObject({
    details: {
      digest: index.digest,
      kind: 'index',
      attested: false,
      platforms: [{ os: 'linux' }, { os: 'linux' }],
    },
  });
  const bytes = new Map([...index.children, index].map((part) => [part.digest, part.bytes.length]));
  for (const child of index.children)
    for (const blob of child.blobs) bytes.set(blob.digest, blob.bytes.length);
  expect(byName.get('1.0')).toMatchObject({
    details: { size: [...bytes.values()].reduce((a, b) => a + b, 0) },
  });
  expect(byName.get('no-such')).toMatchObject({ failure: { code: 'notFound' } });
  expect(byName.get('bad tag!')).toMatchObject({ failure: { code: 'invalidReference' } });
  expect(await placesOf(core, index.digest.slice(0, 20))).toContainEqual({
    accountId: account.id,
    repository: 'team/app',
    tag: 'latest',
    digest: index.digest,
  });

  registry.clearRequests();
  await details(['1.0', 'latest']);
  expect(registry.requests.map(({ method }) => method)).toEqual(['HEAD', 'HEAD']);
});

test('details of a registry that is gone are asked for a few times, not a thousand', async () => {
  const { registry, core, handle } = await setUp();
  await registry.close();
  const answers = await all(
    core.catalog.tagDetails(
      handle,
      'team/app',
      Array.from({ length: 300 }, (_, number) => `t${number}`),
    ),
  );
  expect(answers).toHaveLength(300);
  expect(answers.every((answer) => 'failure' in answer && answer.failure.code === 'connectionRefused')).toBe(
    true,
  );
});

test('cancelling ends a stream, and is not an answer about a tag', async () => {
  const { registry, core, handle } = await setUp();
  registry.inject({ kind: 'stall', afterBytes: 0, when: { method: 'HEAD' } });
  const controller = new AbortController();
  const stream = all(
    core.catalog.tagDetails(handle, 'team/app', ['1.0', 'latest'], { signal: controller.signal }),
  );
  controller.abort();
  await expect(stream).rejects.toMatchObject({ name: expect.stringMatching(/AbortError|RegistryError/) });
});

test('a registry that has no list of manifests without a tag says so, and not that there are none', async () => {
  const { core, handle } = await setUp();
  await expect(all(core.catalog.untagged(handle, 'team/app'))).rejects.toMatchObject({ code: 'unsupported' });
});

test('two who ask for the same at once cause one request, and one leaving does not disturb the other', async () => {
  const { registry, core, handle, index } = await setUp();
  registry.inject({ kind: 'latency', ms: 50, when: { method: 'HEAD' } });
  registry.clearRequests();
  const leaving = new AbortController();
  const one = all(core.catalog.tagDetails(handle, 'team/app', ['latest'], { signal: leaving.signal }));
  const other = all(core.catalog.tagDetails(handle, 'team/app', ['latest']));
  leaving.abort();
  await expect(one).rejects.toThrow();
  expect(await other).toMatchObject([{ details: { digest: index.digest } }]);
  const seen = registry.requests.map(({ method, path }) => `${method} ${path}`);
  expect(seen).toEqual([...new Set(seen)]);
});

test('an image is described with how to pull it, and a deleted one is not shown from the cache', async () => {
  const { registry, core, handle, index } = await setUp();
  const host = `127.0.0.1:${registry.port}`;
  expect(await core.images.describe(handle, 'team/app', 'latest')).toMatchObject({
    digest: index.digest,
    content: { kind: 'index' },
    pullReference: `${host}/team/app:latest`,
    raw: index.bytes.toString(),
  });
  const [child] = index.children;
  const digest = child?.digest ?? '';
  expect(await core.images.describe(handle, 'team/app', digest)).toMatchObject({
    content: { kind: 'image' },
    pullReference: `${host}/team/app@${digest}`,
  });
  const reply = await fetch(`${registry.url}/v2/team/app/manifests/${digest}`, { method: 'DELETE' });
  expect(reply.status).toBe(202);
  await expect(core.images.describe(handle, 'team/app', digest)).rejects.toMatchObject({ code: 'notFound' });
  for (const bad of ['sha256:zz', 'a:b:c']) {
    await expect(core.images.describe(handle, 'team/app', bad)).rejects.toMatchObject({
      code: 'invalidDigest',
    });
  }
});

test('a repository with the same image twice is asked for its parts once', async () => {
  const { registry, core, handle } = await setUp();
  const image = await makeImage({ name: 'twin' });
  for (const tag of ['a', 'b', 'c']) await push(image, registry, 'team/twin', tag);
  registry.clearRequests();
  await all(core.catalog.tagDetails(handle, 'team/twin', ['a', 'b', 'c']));
  const gets = registry.requests.filter(({ method }) => method === 'GET').map(({ path }) => path);
  expect(gets).toEqual([...new Set(gets)]);
});

test('an account of a dead host fails with a closed code', async () => {
  const core = await testCore();
  const { id } = await core.accounts.add(settingsFor('http://127.0.0.1:1'), {});
  await expect(core.catalog.overview(await core.accounts.handle(id))).rejects.toMatchObject({
    code: 'connectionRefused',
  });
});
