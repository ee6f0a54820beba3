import { describe, expect, test } from 'vitest';
import {
  definitionOf,
  parseSyncPlace,
  type SelectionFlags,
} from '../../../src-main/hosts/cli/sync-places.ts';

const definition = (source: string, target: string, flags: SelectionFlags = {}) =>
  definitionOf(parseSyncPlace(source), parseSyncPlace(target), flags);

describe('what source and target mean', () => {
  test.each([
    ['one.test', 'two.test', ['**'], '{repository}', ['*']],
    ['one.test:5000', 'two.test/', ['**'], '{repository}', ['*']],
    ['one.test', 'two.test/copies', ['**'], 'copies/{repository}', ['*']],
    ['one.test/team/app', 'two.test', ['team/app'], '{repository}', ['*']],
    ['one.test/team/app', 'two.test/mirror/app', ['team/app'], 'mirror/app', ['*']],
    ['localhost/team/app:1.*', 'two.test/mirror/app', ['team/app'], 'mirror/app', ['1.*']],
    ['one.test:5000/team/**:v[0-9]*', 'two.test/copies', ['team/**'], 'copies/{repository}', ['v[0-9]*']],
    ['docker.io/alpine:3', 'two.test', ['library/alpine'], '{repository}', ['3']],
    ['one.test/team/*', 'docker.io/someone', ['team/*'], 'someone/{repository}', ['*']],
  ])('%s to %s', (source, target, repositories, rename, tags) => {
    expect(definition(source, target)).toMatchObject({ repositories, rename, tags, versions: '' });
  });

  test('flags add to what the source names; of no repository all are meant', () => {
    expect(
      definition('one.test/team/app:1', 'two.test/copies', {
        repositories: ['other/*'],
        tags: ['latest'],
        excludeTags: ['*-rc'],
        excludeRepositories: ['other/old'],
      }),
    ).toEqual({
      repositories: ['team/app', 'other/*'],
      excludeRepositories: ['other/old'],
      tags: ['1', 'latest'],
      excludeTags: ['*-rc'],
      versions: '',
      newOnly: false,
      rename: 'copies/{repository}',
      prune: false,
      attached: false,
      platforms: [],
      index: 'rewritten',
      foreign: false,
    });
    expect(definition('one.test', 'two.test', { repositories: ['a'], rename: 'x/{name}' })).toMatchObject({
      repositories: ['a'],
      rename: 'x/{name}',
    });
  });

  test.each([
    ['team/app', 'two.test', {}, /does not begin with a host/],
    ['one.test', 'team/app', {}, /does not begin with a host/],
    ['one.test/app@sha256:12', 'two.test', {}, /use copy/],
    ['one.test/app', 'two.test/app:1', {}, /target takes no tag/],
    ['one.test/app:', 'two.test/app', {}, /empty/],
    ['one.test', 'two.test/app', { rename: '{name}' }, /--rename/],
    ['one.test', 'two.test/team/*', {}, /cannot be part of a repository name/],
    ['one.test', 'two.test', { platform: ['arm64'] }, /os\/arch/],
    ['one.test', 'two.test', { sparseIndex: true }, /add --platform/],
  ])('%s to %s with %o is refused', (source, target, flags, words) => {
    expect(() => definition(source, target, flags)).toThrow(words);
  });
});
