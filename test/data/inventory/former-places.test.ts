import path from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../src-main/data/index.ts';
import { Inventory } from '../../../src-main/data/inventory/inventory.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const TAGS = 2_500;

/** A home in which an earlier version kept places: two accounts, one repository with many tags. */
async function formerHome() {
  const folder = await temporaryFolder();
  const file = path.join(folder, 'wharfinger.db');
  const { database, cache } = await openDatabase(file);
  whenFinished(() => {
    database.close();
    cache.close();
  });
  database.script(`
    INSERT INTO repositories (id, account_id, name, seen) VALUES
      (7, 'a', 'team/large', 1), (8, 'a', 'team/small', 1), (9, 'a', 'team/listed', 1), (10, 'b', 'other/app', 1);
    INSERT INTO tags (repository_id, name, digest, seen) VALUES
      (8, 'kept', 'sha256:abcdef01', 1), (8, 'deleted', NULL, 1), (9, 'old', NULL, 1), (10, 'main', NULL, 1);
    INSERT INTO tags (repository_id, name, seen)
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${TAGS})
      SELECT 7, 'build-' || i, 1 FROM n;`);
  return { file, database, inventory: path.join(folder, 'inventory.db') };
}

function open(home: { file: string; inventory: string }): Inventory {
  const places = new Inventory({ inventory: home.inventory, former: home.file });
  whenFinished(() => places.close());
  return places;
}

async function namesFound(places: Inventory, text: string): Promise<string[]> {
  const found = await places.search(text, 10);
  return found.places.map(({ repository, tag }) => (tag === undefined ? repository : `${repository}:${tag}`));
}

const allFound = (places: Inventory) =>
  expect.poll(async () => (await places.search('x', 1)).waiting, { interval: 700, timeout: 15_000 }).toBe(0);

test('places that earlier versions kept are found, in a while all of them, and leave the other database', async () => {
  const home = await formerHome();
  const places = open(home);
  // Repositories at once; how many tags are still to come is said.
  expect(await places.search('large', 10)).toMatchObject({
    places: [{ accountId: 'a', repository: 'team/large' }],
    waiting: TAGS + 4,
  });
  await allFound(places);
  expect(await namesFound(places, `build-${TAGS}`)).toEqual([`team/large:build-${TAGS}`]);
  expect(await places.search('abcdef', 10)).toMatchObject({
    places: [{ tag: 'kept', digest: 'sha256:abcdef01' }],
  });
  const left = "SELECT count(*) AS n FROM sqlite_schema WHERE name IN ('repositories', 'tags')";
  await expect.poll(() => home.database.get(left)).toMatchObject({ n: 0 });
  await places.close();
  expect(await namesFound(open(home), 'large build-1')).toHaveLength(10);
});

test('what was listed, deleted or forgotten since then does not come back', async () => {
  const home = await formerHome();
  const places = open(home);
  await places.removeTags('a', 'team/small', ['deleted']);
  await places.tags('a', 'team/listed', [{ name: 'new' }], 2);
  await places.endTags('a', 'team/listed', 2);
  await places.forget('b');
  await allFound(places);
  expect(await namesFound(places, 'small')).toEqual(['team/small', 'team/small:kept']);
  expect(await namesFound(places, 'listed')).toEqual(['team/listed', 'team/listed:new']);
  expect(await namesFound(places, 'other')).toEqual([]);
});

test('goes on where another process left it', async () => {
  const home = await formerHome();
  const first = open(home);
  await first.removeTags('a', 'team/small', ['deleted']);
  await first.close();
  const places = open(home);
  await allFound(places);
  expect(await namesFound(places, 'small')).toEqual(['team/small', 'team/small:kept']);
  expect(await namesFound(places, 'other')).toEqual(['other/app', 'other/app:main']);
});
