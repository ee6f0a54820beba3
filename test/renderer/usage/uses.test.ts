import { expect, test } from 'vitest';
import {
  keyOf,
  placeOf,
  recentRepositories,
  scoresOf,
  type Use,
  withoutRepository,
  withUse,
} from '../../../src-renderer/usage/uses.ts';

const DAY = 86_400_000;
const digest = `sha256:${'ab'.repeat(32)}`;

test('what is used often comes before what was used once, and a use fades', () => {
  let list: Use[] = [];
  for (let day = 0; day < 5; day++) list = withUse(list, 'command often', day * DAY);
  list = withUse(list, 'command once', 5 * DAY);
  const soon = scoresOf(list, 5 * DAY);
  expect(soon('command often')).toBeGreaterThan(soon('command once'));
  expect(soon('command never')).toBe(0);
  // Later it is what was used last.
  list = withUse(list, 'command once', 60 * DAY);
  const late = scoresOf(list, 60 * DAY);
  expect(late('command once')).toBeGreaterThan(late('command often'));
});

test('a place is found again in its key', () => {
  const repository = { accountId: 'a1', repository: 'team/app' };
  for (const place of [
    repository,
    { ...repository, tag: '1.0' },
    { ...repository, digest },
    { ...repository, tag: '1.0', digest },
  ])
    expect(placeOf(keyOf.place(place))).toEqual(place);
  expect(placeOf(keyOf.command('settings'))).toBeUndefined();
  expect(placeOf(keyOf.registry('a1'))).toBeUndefined();
});

test('the latest repositories come first, each once', () => {
  let list: Use[] = [];
  const app = { accountId: 'a1', repository: 'team/app' };
  const web = { accountId: 'a2', repository: 'team/app' };
  list = withUse(list, keyOf.place(app), 1);
  list = withUse(list, keyOf.place(web), 2);
  list = withUse(list, keyOf.place({ ...app, tag: '1.0' }), 3);
  list = withUse(list, keyOf.command('settings'), 4);
  expect(recentRepositories(list)).toEqual([app, web]);
});

test('a repository that is not there is forgotten with all that is in it, and nothing else is', () => {
  const app = { accountId: 'a1', repository: 'team/app' };
  const others = [
    keyOf.command('settings'),
    keyOf.place({ ...app, repository: 'team/app2' }),
    keyOf.registry('a1'),
  ];
  let list: Use[] = [];
  for (const key of [...others, keyOf.place(app), keyOf.place({ ...app, tag: '1.0' })])
    list = withUse(list, key, 1);
  const left = withoutRepository(list, app);
  expect(left.map(({ key }) => key)).toEqual(others.toReversed());
  expect(withoutRepository(left, app)).toBe(left);
});

test('the least used is forgotten when there are too many', () => {
  let list: Use[] = [];
  for (let index = 0; index < 301; index++) list = withUse(list, `command ${index}`, index);
  expect(list).toHaveLength(300);
  expect(list.some(({ key }) => key === 'command 0')).toBe(false);
  expect(list[0]?.key).toBe('command 300');
});
