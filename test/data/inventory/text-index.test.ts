import path from 'node:path';
import { expect, test } from 'vitest';
import { openCache } from '../../../src-main/data/database/open.ts';
import { FormerPlaces } from '../../../src-main/data/inventory/former-places.ts';
import { schema } from '../../../src-main/data/inventory/schema.ts';
import { search } from '../../../src-main/data/inventory/search.ts';
import { fitting, wordsOf } from '../../../src-main/data/inventory/search-text.ts';
import { makeInventory } from '../../../src-main/data/inventory/tasks.ts';
import { TextIndex } from '../../../src-main/data/inventory/text-index.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const TAGS = 10_000;
/** Rows that a slice may write: a thousand are some 20 ms with their index. */
const ROWS_IN_SLICE = 1_000;
/** Places that a search looks through before they are in the index. */
const LOOKED_THROUGH = 1_000;

async function inventory() {
  const database = await openCache(path.join(await temporaryFolder(), 'inventory.db'), schema);
  whenFinished(() => database.close());
  const changed = () => Number(database.get('SELECT total_changes() AS n')?.n);
  return {
    database,
    changed,
    places: makeInventory(database, new FormerPlaces(database, '')).changes,
    index: new TextIndex(database),
  };
}

/** Runs a task to its end. @returns what each of its slices changed, in rows */
function slicesOf(task: Generator<void, unknown, void>, changed: () => number): number[] {
  const slices: number[] = [];
  for (;;) {
    const before = changed();
    const { done } = task.next();
    slices.push(changed() - before);
    if (done) return slices;
  }
}

function run<Output>(task: Generator<void, Output, void>): Output {
  for (;;) {
    const { done, value } = task.next();
    if (done) return value;
  }
}

const tags = Array.from({ length: TAGS }, (_, index) => ({ name: `build-${index}` }));

test('a listing of many tags is written, indexed and removed in slices, however many they are', async () => {
  const { changed, places, index } = await inventory();
  const place = { registry: 'a', repository: 'team/large' };
  const written = slicesOf(places.tags({ ...place, tags, seen: 1 }), changed);
  expect(written.length).toBeGreaterThanOrEqual(TAGS / ROWS_IN_SLICE);
  // With each, a row of its repository.
  expect(Math.max(...written)).toBeLessThanOrEqual(2 * ROWS_IN_SLICE + 2);
  expect(index.waiting('repositories') + index.waiting('tags')).toBe(TAGS + 1);
  const indexed = slicesOf(index.fill(), changed);
  // A place is a few rows in the tables of the index.
  expect(Math.max(...indexed)).toBeLessThanOrEqual(10 * ROWS_IN_SLICE);
  expect(indexed.length).toBeGreaterThanOrEqual(TAGS / ROWS_IN_SLICE);
  expect(index.waiting('repositories') + index.waiting('tags')).toBe(0);
  for (const gone of [places.endTags({ ...place, seen: 2 }), places.forget('a')]) {
    expect(Math.max(...slicesOf(gone, changed))).toBeLessThanOrEqual(10 * ROWS_IN_SLICE);
  }
});

test('an index that was left in the middle is filled from there, and says how much is left', async () => {
  const { database, places, index } = await inventory();
  run(places.tags({ registry: 'a', repository: 'team/large', tags, seen: 1 }));
  const filling = index.fill();
  for (let slice = 0; slice < 10; slice++) filling.next();
  filling.return();
  const other = new TextIndex(database);
  const left = other.waiting('tags');
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(TAGS);
  const question = { text: `build-${TAGS - 2_000}`, limit: 10 };
  expect(run(search(database, other, question))).toEqual({ places: [], waiting: left - LOOKED_THROUGH });
  run(other.fill());
  expect(run(search(database, other, question))).toEqual({
    places: [{ accountId: 'a', repository: 'team/large', tag: `build-${TAGS - 2_000}` }],
    waiting: 0,
  });
});

test('what was just listed is found before it is in the index, as by the index', async () => {
  const { database, changed, places, index } = await inventory();
  const listed = ['1.25-alpine', 'latest', 'v2', 'RC_7'].map((name) => ({ name }));
  run(places.tags({ registry: 'a', repository: 'payments/gateway-api', tags: listed, seen: 1 }));
  run(places.tags({ registry: 'https://b.test', repository: 'payments/other', tags: listed, seen: 1 }));
  const answers = () =>
    ['payments', 'gateway 1.2', 'ate', 'at', 'al', '2', 'rc', '-api', 'api:l', ':', '25-al v', 'pay zzz'].map(
      (text) => run(search(database, index, { text, limit: 10 })),
    );
  const before = changed();
  const unindexed = answers();
  expect(changed()).toBe(before);
  run(index.fill());
  expect(unindexed).toEqual(answers());
  expect(unindexed.map((answer) => answer.places.length)).toEqual([5, 1, 5, 0, 1, 1, 1, 5, 1, 0, 0, 0]);
});

test('a search looks at some hundred places, however many fit', async () => {
  const { database, places, index } = await inventory();
  run(places.tags({ registry: 'a', repository: 'team/large', tags, seen: 1 }));
  run(index.fill());
  const rows: number[] = [];
  const watched = new Proxy(database, {
    get: (target, name) => {
      const value = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        const result: unknown = Reflect.apply(value, target, given);
        if (name === 'all') rows.push((result as unknown[]).length);
        return result;
      };
    },
  });
  for (const text of ['b', 'bu', 'build', 'build-1', 'team build', 'large:build-1999']) {
    expect(run(search(watched, index, { text, limit: 50 })).places).not.toHaveLength(0);
  }
  expect(Math.max(...rows)).toBeLessThanOrEqual(400);
});

test('a word with a slash finds the tags of the repositories it is in, with whatever other words, and no others', async () => {
  const { database, places, index } = await inventory();
  const repositories = ['team/app', 'team/application', 'other-team/app', 'team/v1/app', 'app'];
  const names = ['v1.2', 'v1.20', 'latest', 'dev-1', 'team-app', 'V1.2-rc'];
  for (const repository of repositories)
    run(places.tags({ registry: 'a', repository, tags: names.map((name) => ({ name })), seen: 1 }));
  run(index.fill());
  const all = repositories.flatMap((repository) => names.map((tag) => ({ repository, tag })));
  for (const text of [
    'team/app v',
    'team/app v1.2',
    'm/app LATEST',
    '/app 1',
    'team/app -',
    'team/app/ v1',
    'team/v1/ dev',
    'team/app team',
    'team/app:v1',
    'app latest/',
  ]) {
    const words = wordsOf(text);
    const found = run(search(database, index, { text, limit: 1_000 })).places;
    const tagsFound = found.flatMap(({ repository, tag }) =>
      tag === undefined ? [] : [`${repository}:${tag}`],
    );
    const fits = fitting(words);
    const expected = all.filter(({ repository, tag }) => fits(repository, tag));
    expect(tagsFound.sort(), text).toEqual(
      expected.map(({ repository, tag }) => `${repository}:${tag}`).sort(),
    );
  }
});
