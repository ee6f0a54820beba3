import { expect, test } from 'vitest';
import { suggested, withUsed } from '../../../src-renderer/copy/destinations.ts';

const place = { accountId: 'north', repository: 'team/app' };
const south = { accountId: 'south', repository: 'mirror/app', from: 'team/app' };
const west = { accountId: 'west', repository: 'team/web', from: 'team/web' };

test('the name that a repository got last is suggested, else its own at the registry that was copied to last', () => {
  const writable = ['north', 'east', 'south', 'west'];
  expect(suggested([west, south], place, writable)).toEqual({
    accountId: 'south',
    repository: 'mirror/app',
  });
  expect(suggested([west], place, writable)).toEqual({ accountId: 'west', repository: 'team/app' });
  expect(suggested([], place, writable)).toEqual({ accountId: 'east', repository: 'team/app' });
});

test('what cannot be written to is not suggested', () => {
  expect(suggested([south], place, ['north', 'east'])).toEqual({ accountId: 'east', repository: 'team/app' });
  expect(suggested([], place, ['north'])).toEqual({ accountId: 'north', repository: 'team/app' });
  expect(suggested([south], place, [])).toBeUndefined();
});

test('the last one comes first, and each once', () => {
  expect(withUsed([west, south], south)).toEqual([south, west]);
  expect(
    withUsed(
      Array.from({ length: 20 }, (_, n) => ({ ...west, repository: `${n}` })),
      south,
    ),
  ).toHaveLength(12);
});
