import { expect, test } from 'vitest';
import { renamed, renamedFrom } from '../../src-main/common/rename.ts';

test.each([
  ['team/app', '{repository}', 'team/app'],
  ['team/app', 'mirror/{repository}', 'mirror/team/app'],
  ['a/b/c', '{namespace}/x-{name}', 'a/b/x-c'],
  ['app', '{namespace}/{name}', 'app'],
  ['app', '{other}/{name}', '{other}/app'],
  ['team/a/app', 'prod/{repository#team/}', 'prod/a/app'],
  ['other/app', 'prod/{repository#team/}', 'prod/other/app'],
])('%s by %s is %s', (repository, template, name) => {
  expect(renamed(repository, template)).toBe(name);
});

test.each([
  ['team/app', '{repository}', 'team/app'],
  ['mirror/team/app', 'mirror/{repository}', 'team/app'],
  ['other/app', 'mirror/{repository}', null],
  ['a/b/x-c', '{namespace}/x-{name}', 'a/b/c'],
  ['x-c', '{namespace}/x-{name}', 'c'],
  ['a/b/c', '{namespace}/x-{name}', null],
  ['all/app', 'all/{name}', ''],
  ['all/team/app', 'all/{name}', null],
  ['one', 'one', ''],
  ['a.b/app', 'a.b/{repository}', 'app'],
  ['aXb/app', 'a.b/{repository}', null],
  ['app/app', '{name}/{name}', ''],
  ['prod/a/app', 'prod/{repository#team/}', 'team/a/app'],
  ['prod/team/app', 'prod/{repository#team/}', 'team/team/app'],
  ['other/app', 'prod/{repository#team/}', null],
  ['app/tool', '{name}/{name}', null],
])('%s, named by %s, was %s', (name, template, repository) => {
  expect(renamedFrom(template)(name)).toBe(repository);
});
