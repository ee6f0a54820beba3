import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { ManifestFacts } from '../../../src-main/common/facts.ts';
import { openDatabase } from '../../../src-main/data/index.ts';
import type { Inventory } from '../../../src-main/data/inventory/inventory.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { inventoryIn } from '../../support/inventory.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { chanceOf, someManifests } from './model.ts';

const asideIn = (folder: string) =>
  readdirSync(folder).filter((name) => /^inventory\.db\.broken-[^/]*Z$/.test(name));

async function works(inventory: Inventory): Promise<void> {
  await inventory.tags('a', 'app', [{ name: '1' }], 1);
  expect(await inventory.ask('summary', { registry: 'a' })).toMatchObject({ tags: 1 });
}

test('a broken file is kept aside and made anew, and the other database is not touched', async () => {
  const folder = await temporaryFolder();
  const { database, cache } = await openDatabase(path.join(folder, 'wharfinger.db'));
  database.run("INSERT INTO content VALUES (1, 'blob', 'sha256:a', x'00', 1, 1)");
  const rubbish = 'This is no database. '.repeat(100);
  writeFileSync(path.join(folder, 'inventory.db'), rubbish);
  await works(inventoryIn(folder));
  const [aside = ''] = asideIn(folder);
  expect(readFileSync(path.join(folder, aside), 'utf8')).toBe(rubbish);
  expect(database.get('SELECT count(*) AS n FROM content')).toMatchObject({ n: 1 });
  database.close();
  cache.close();
});

test('a file that turns out to be damaged while it is used is kept aside, once, whoever finds it', async () => {
  const folder = await temporaryFolder();
  const file = path.join(folder, 'inventory.db');
  const before = inventoryIn(folder);
  const names = Array.from({ length: 5_000 }, (_, index) => ({ name: `tag-${index}` }));
  await before.tags('a', 'app', names, 1);
  await before.close();
  // Opening reads the first page only.
  const bytes = readFileSync(file);
  bytes.fill('rubbish', 100 * 1024);
  writeFileSync(file, bytes);
  const [one, other] = [inventoryIn(folder), inventoryIn(folder)];
  const search = (inventory: Inventory) =>
    inventory.search('tag-4999', 10).then(
      () => true,
      () => false,
    );
  await expect
    .poll(async () => [await search(one), await search(other)], { timeout: 15_000 })
    .toEqual([true, true]);
  await works(one);
  await works(other);
  expect(asideIn(folder)).toHaveLength(1);
  expect(existsSync(`${file}.mending`)).toBe(false);
});

test('several processes write the same inventory, and it is as if one had', async () => {
  const manifests = someManifests(chanceOf(5));
  const tags = manifests.map(({ digest }, index) => ({ name: `tag-${index}`, digest }));
  const fill = async (inventory: Inventory, repository: string) => {
    const write = (some: readonly ManifestFacts[]) => inventory.manifests('a', repository, some, 1);
    await Promise.all([
      inventory.tags('a', repository, tags, 1),
      ...manifests.map((one) => write([one])),
      inventory.removeTags('a', repository, ['tag-3', 'tag-11']),
    ]);
  };
  const folder = await temporaryFolder();
  const [one, other] = [inventoryIn(folder), inventoryIn(folder)];
  await Promise.all([
    ...['team/app', 'team/web', 'all'].map((name) => fill(one, name)),
    ...['all', 'team/web', 'other/app'].map((name) => fill(other, name)),
  ]);
  const alone = inventoryIn(await temporaryFolder());
  for (const name of ['team/app', 'team/web', 'all', 'other/app']) await fill(alone, name);
  for (const scope of [{}, { namespace: 'team' }, { repository: 'team/web' }]) {
    const [first, second, expected] = await Promise.all(
      [one, other, alone].map((inventory) => inventory.ask('summary', { registry: 'a', ...scope })),
    );
    expect(expected?.uniqueBytes).toBeGreaterThan(0);
    expect(first).toEqual(expected);
    expect(second).toEqual(expected);
  }
});

test('closing ends what was asked for; what follows from it is worked out when the file is opened again', async () => {
  const folder = await temporaryFolder();
  const manifests = someManifests(chanceOf(7));
  const inventory = inventoryIn(folder);
  const tags = manifests.map(({ digest }, index) => ({ name: `tag-${index}`, digest }));
  const changes = [inventory.tags('a', 'app', tags, 1), inventory.manifests('a', 'app', manifests, 1)];
  await inventory.close();
  await Promise.all(changes);
  const summary = await inventoryIn(folder).ask('summary', { registry: 'a' });
  expect(summary).toMatchObject({ tags: tags.length, manifests: manifests.length, estimated: 0 });
  expect(summary.known.unread).toBe(0);
});

test('what is known is told while another process writes', async () => {
  const folder = await temporaryFolder();
  const inventory = inventoryIn(folder);
  const [one] = someManifests(chanceOf(7));
  if (!one) throw new Error('There is no manifest.');
  await inventory.tags('a', 'app', [{ name: '1', digest: one.digest }], 1);
  await inventory.manifests('a', 'app', [one], 1);
  const other = new DatabaseSync(path.join(folder, 'inventory.db'));
  whenFinished(() => other.close());
  other.exec('BEGIN IMMEDIATE');
  const asked = [
    inventory.summaries('a', 'app', ['1']),
    inventory.lookedTags('a', 'app', ['1']),
    inventory.search('app', 10).then(({ places }) => places),
  ];
  for (const answer of await Promise.all(asked)) expect(answer).not.toEqual([]);
  expect(await inventory.ask('summary', { registry: 'a' })).toMatchObject({ tags: 1 });
  // Its own thread waits as well, and what is typed and opened does not.
  const change = inventory.tags('a', 'app', [{ name: '2' }], 2);
  expect((await inventory.search('app:1', 10)).places).toMatchObject([{ repository: 'app', tag: '1' }]);
  expect((await inventory.knownTags('a', 'app')).names).toEqual(['1']);
  expect(await inventory.facts([one.digest])).toHaveLength(1);
  expect(other.isTransaction).toBe(true);
  other.exec('COMMIT');
  await change;
  expect((await inventory.search('app:2', 10)).places).toMatchObject([{ tag: '2' }]);
});
