import { expect, test } from 'vitest';
import type { WantedReplication } from '../../../src-main/engine/product/replicator.ts';
import { replicator } from '../../../src-main/engine/systems/harbor/replicator.ts';

const plain: WantedReplication = {
  pushes: true,
  repositories: ['team/**'],
  excludeRepositories: [],
  tags: ['*'],
  excludeTags: [],
  versions: '',
  rename: '{repository}',
  newOnly: false,
  prune: false,
  attached: true,
  foreign: false,
  platforms: [],
};
const rulesOf = (wanted: Partial<WantedReplication>) => replicator.rulesFor({ ...plain, ...wanted }).rules;
const namesOf = (wanted: Partial<WantedReplication>) =>
  replicator.rulesFor({ ...plain, ...wanted }).differences.map(({ name }) => name);

test('names that differ in their last part only are a choice in one rule; the others have rules of their own', () => {
  const names = (...repositories: string[]) => rulesOf({ repositories }).map((rule) => rule.names);
  expect(names('**')).toEqual([null]);
  expect(names('team/**')).toEqual(['team/**']);
  expect(names('team/web', 'team/api-*', 'other/a')).toEqual(['team/{web,api-*}', 'other/a']);
  expect(names('team/{a,b}', 'team/c', 'team/**')).toEqual(['team/c', 'team/{a,b}', 'team/**']);
  expect(() => names('team/!(web)')).toThrow('cannot read the pattern');
});

test('tags are those that are meant or, where all are, those that are left out', () => {
  const tags = (wanted: Partial<WantedReplication>) => {
    const [rule] = rulesOf(wanted);
    return [rule?.tags, rule?.tagsExcept];
  };
  expect(tags({})).toEqual([null, false]);
  expect(tags({ tags: ['1.*', 'latest'] })).toEqual(['{1.*,latest}', false]);
  expect(tags({ excludeTags: ['*-dev'] })).toEqual(['*-dev', true]);
  expect(namesOf({ excludeTags: ['*-dev'] })).not.toContain('excludedTags');
  expect(tags({ tags: ['1.*'], excludeTags: ['*-dev'] })).toEqual(['1.*', false]);
  expect(namesOf({ tags: ['1.*'], excludeTags: ['*-dev'] })).toContain('excludedTags');
});

test.each([
  ['mirror/{repository}', ['team/**'], 'mirror', 0],
  ['mirror/{namespace}/{name}', ['team/**'], 'mirror', 0],
  ['a/b/{name}', ['team/**'], 'a/b', -1],
  ['mirror/{repository#team/}', ['team/{web,api}'], 'mirror', 1],
  ['mirror/{repository#team/x/}', ['team/x/*'], 'mirror', 2],
  ['mirror/app', ['team/app'], 'mirror', -1],
])('%s puts %j below %s', (rename, repositories, namespace, flattened) => {
  expect(rulesOf({ rename, repositories })).toMatchObject([{ namespace, flattened }]);
});

test.each([
  ['{name}', ['team/**']],
  ['{repository#team/}', ['team/**']],
  ['mirror/{repository#team/}', ['team/**', 'other/x']],
  ['{repository}-copy', ['team/**']],
  ['mirror/other', ['team/app']],
])('%s cannot be said of %j, and is refused before it copies to another place', (rename, repositories) => {
  expect(() => rulesOf({ rename, repositories })).toThrow('Harbor cannot name repositories by');
});

test('names that stay as they are have no namespace at the destination', () => {
  expect(rulesOf({})).toMatchObject([expect.not.objectContaining({ namespace: expect.anything() })]);
});

test('what it does otherwise is named, and nothing that it does alike', () => {
  expect(namesOf({})).toEqual([
    'attachedItsWay',
    'preview',
    'verification',
    'undo',
    'runsThere',
    'triggers',
    'speed',
    'deletions',
  ]);
  expect(
    namesOf({
      pushes: false,
      versions: '>=1 <3',
      excludeRepositories: ['team/old'],
      platforms: ['linux/amd64'],
      attached: false,
      foreign: true,
      prune: true,
    }),
  ).toEqual([
    'versions',
    'excludedRepositories',
    'platforms',
    'attachedAlways',
    'foreign',
    'prune',
    'preview',
    'verification',
    'undo',
    'runsThere',
    'triggers',
    'speed',
  ]);
  expect(rulesOf({ newOnly: true })).toMatchObject([{ overrides: false }]);
});

test('other products are known by its own adapters where it offers them, else by the protocol', () => {
  const offered = ['docker-registry', 'harbor', 'docker-hub'];
  expect(replicator.providerOf('harbor', offered)).toBe('harbor');
  expect(replicator.providerOf('dockerHub', offered)).toBe('docker-hub');
  expect(replicator.providerOf('ecr', offered)).toBe('docker-registry');
  expect(replicator.providerOf('zot', offered)).toBe('docker-registry');
  expect(replicator.originOf('zot', 'https://zot.example.com/')).toBe('https://zot.example.com');
  expect(replicator.originOf('dockerHub', 'https://registry-1.docker.io')).toBe('https://hub.docker.com');
});
