import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import type { TagAnswer } from '../../src-main/common/tag.ts';
import type { Inventory } from '../../src-main/data/index.ts';
import { whenFinished } from '../support/cleanup.ts';
import { makeImage, makeMultiPlatform } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { push } from '../support/push.ts';
import { addAccount, all, testCore } from './support/core.ts';
import { inventoryOf } from './support/inventory.ts';

// On a busy machine threads and registries take a while to start.
vi.setConfig({ testTimeout: 60_000 });

const known = { known: true };

async function setUp() {
  const registry = await startTestRegistry();
  await push(await makeMultiPlatform('app'), registry, 'team/app', '1.0');
  await push(await makeImage({ name: 'two' }), registry, 'team/app', '2.0');
  const core = await testCore();
  const account = await addAccount(core, registry);
  const handle = await core.accounts.handle(account.id);
  return { registry, core, account, handle, inventory: inventoryOf(core) };
}

/** What is read for a list is stored a moment later. */
function whenRead(inventory: Inventory, account: string, tags: readonly string[]): Promise<void> {
  const all = tags.map((name) => ({ name, estimated: false }));
  return vi.waitFor(
    async () => expect(await inventory.summaries(account, 'team/app', tags)).toMatchObject(all),
    { timeout: 20_000, interval: 20 },
  );
}

/** What a stream yields, and what it throws in the end. */
async function untilError<Item>(stream: AsyncIterable<Item>): Promise<{ items: Item[]; error: unknown }> {
  const items: Item[] = [];
  try {
    for await (const item of stream) items.push(item);
    return { items, error: undefined };
  } catch (error) {
    return { items, error };
  }
}

test('while the registry does not answer, lists show what is known with its age, and then what it says', async () => {
  const { core, handle, registry } = await setUp();
  await all(core.catalog.repositories(handle));
  await all(core.catalog.tags(handle, 'team/app'));
  await push(await makeImage(), registry, 'team/new', '1');
  registry.inject({ kind: 'latency', ms: 2_000, when: { path: /_catalog|tags/ } });
  const [first, ...rest] = await all(core.catalog.repositories(handle, known));
  expect(first).toMatchObject({ repositories: [{ name: 'team/app' }], done: false });
  expect(Date.parse(first?.seen ?? '')).toBeGreaterThan(Date.now() - 60_000);
  expect(rest.flatMap(({ repositories }) => repositories.map(({ name }) => name))).toEqual([
    'team/app',
    'team/new',
  ]);
  expect(rest.every(({ seen }) => seen === undefined)).toBe(true);
  const tags = await all(core.catalog.tags(handle, 'team/app', known));
  expect(tags.map(({ tags: names, seen }) => [names, seen !== undefined])).toEqual([
    [['1.0', '2.0'], true],
    [['1.0', '2.0'], false],
    [[], false],
  ]);
});

test('offline, lists and details are what was known, and the failure is reported', async () => {
  const { core, handle, registry, account, inventory } = await setUp();
  await all(core.catalog.repositories(handle));
  await all(core.catalog.tags(handle, 'team/app'));
  const online = await all(core.catalog.tagDetails(handle, 'team/app', ['1.0', '2.0']));
  await whenRead(inventory, account.id, ['1.0', '2.0']);
  await registry.close();
  const repositories = await untilError(core.catalog.repositories(handle, known));
  expect(repositories.items).toMatchObject([
    { repositories: [{ name: 'team/app' }], seen: expect.any(String) },
  ]);
  expect(repositories.error).toMatchObject({ code: 'connectionRefused' });
  const tags = await untilError(core.catalog.tags(handle, 'team/app', known));
  expect(tags).toMatchObject({ items: [{ tags: ['1.0', '2.0'] }], error: { code: 'connectionRefused' } });
  const offline = await all(core.catalog.tagDetails(handle, 'team/app', ['1.0', '2.0', 'never'], known));
  const byName = (answers: readonly TagAnswer[]) =>
    answers.toSorted((one, other) => one.name.localeCompare(other.name));
  expect(byName(offline)).toMatchObject([
    ...byName(online).map((answer) => ({ ...answer, seen: expect.any(String) })),
    { name: 'never', failure: { code: 'connectionRefused' } },
  ]);
  expect(await all(core.catalog.tagDetails(handle, 'team/app', ['1.0']))).toMatchObject([
    { failure: { code: 'connectionRefused' } },
  ]);
});

test('offline, an image is what was read of it, with its age and why it is not new; the command line is told the failure', async () => {
  const { core, handle, registry, account, inventory } = await setUp();
  await all(core.catalog.tagDetails(handle, 'team/app', ['1.0']));
  const online = await core.images.describe(handle, 'team/app', '1.0');
  const [child] = online.images;
  await core.images.describe(handle, 'team/app', child?.digest ?? '');
  await whenRead(inventory, account.id, ['1.0']);
  await registry.close();
  const failure = expect.objectContaining({ code: 'connectionRefused' });
  expect(await core.images.describe(handle, 'team/app', '1.0', known)).toEqual({
    ...online,
    known: { failure, seen: expect.any(String) },
  });
  expect(await core.images.describe(handle, 'team/app', child?.digest ?? '', known)).toMatchObject({
    known: { failure },
  });
  for (const [reference, options] of [
    ['1.0', {}],
    ['never', known],
  ] as const)
    await expect(core.images.describe(handle, 'team/app', reference, options)).rejects.toMatchObject({
      code: 'connectionRefused',
    });
});

test('details of an unchanged tag come from the inventory for one HEAD, the same as when it was read', async () => {
  const { core, handle, registry, account, inventory } = await setUp();
  const [read] = await all(core.catalog.tagDetails(handle, 'team/app', ['1.0']));
  await whenRead(inventory, account.id, ['1.0']);
  registry.expectOnly('GET /v2/', 'HEAD /v2/team/app/manifests/1.0');
  // With an empty cache, as after it made room.
  const other = await testCore({ home: core.home });
  const [known] = await all(
    other.catalog.tagDetails(await other.accounts.handle(account.id), 'team/app', ['1.0']),
  );
  expect(known).toEqual(read);
});

test('a list of some thousand tags comes to its end before it is written', async () => {
  const { core, handle, registry, account, inventory } = await setUp();
  const { mediaType, bytes } = await makeImage({ name: 'many' });
  const tags = Array.from({ length: 2_500 }, (_, tag) => `v${String(tag).padStart(4, '0')}`);
  await registry.storage.seed([{ repository: 'team/many', mediaType, bytes, tags }]);
  await inventory.knownTags(account.id, 'team/many');
  const other = new DatabaseSync(path.join(core.home, 'inventory.db'));
  whenFinished(() => other.close());
  // Nothing is written until this is over; what waits longer than ten seconds fails, and is lost.
  other.exec('BEGIN IMMEDIATE');
  for await (const { count, done } of core.catalog.tags(handle, 'team/many')) {
    if (!done) continue;
    expect(count).toBe(tags.length);
    other.exec('COMMIT');
  }
  const names: string[] = [];
  for (let after: string | undefined; ; after = names.at(-1)) {
    const page = await inventory.knownTags(account.id, 'team/many', after);
    if (page.names.length === 0) break;
    names.push(...page.names);
  }
  expect(names).toEqual(tags);
});

test('all that is known of a repository’s tags is told without a request, and what has moved since then', async () => {
  const { core, account, handle, registry, inventory } = await setUp();
  await all(core.catalog.tagDetails(handle, 'team/app', ['1.0', '2.0']));
  await whenRead(inventory, account.id, ['1.0', '2.0']);
  await push(await makeImage({ name: 'three' }), registry, 'team/app', '2.0');
  registry.expectOnly();
  const known = (await all(core.catalog.knownImages(account.id, 'team/app'))).flat();
  expect(known.flatMap(({ tags }) => tags).toSorted()).toEqual(['1.0', '2.0']);
  const first = known.find(({ tags }) => tags.includes('1.0'));
  expect(first).toMatchObject({ tags: ['1.0'], moved: [], details: { platforms: [{}, {}] } });
  expect(first).not.toHaveProperty('details.attached');
  registry.expectOnly('* /v2/**');
  const [answer] = await all(core.catalog.tagDetails(handle, 'team/app', ['2.0']));
  expect(answer).toMatchObject({ details: { moved: expect.any(String) } });
});
