import { expect, test } from 'vitest';
import { renamed } from '../../src-main/common/rename.ts';

test.each([
  ['team/app', '{repository}', 'team/app'],
  ['team/app', 'mirror/{repository}', 'mirror/team/app'],
  ['a/b/c', '{namespace}/x-{name}', 'a/b/x-c'],
  ['app', '{namespace}/{name}', 'app'],
  ['app', '{other}/{name}', '{other}/app'],
])('%s by %s is %s', (repository, template, name) => {
  expect(renamed(repository, template)).toBe(name);
});
