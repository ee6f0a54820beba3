import { expect, test } from 'vitest';
import type { FoundPackage, LayerFindings } from '../../../src-main/engine/packages/found.ts';
import { type JoinedLayer, joinFindings } from '../../../src-main/engine/packages/join.ts';
import { purlOf } from '../../../src-main/engine/packages/purl.ts';

const deb = (name: string, version: string): FoundPackage => ({
  type: 'deb',
  name,
  version,
  architecture: 'amd64',
});

const layerOf = (
  files: Readonly<Record<string, readonly FoundPackage[]>>,
  { hidden = [], ...rest }: Partial<LayerFindings> & { hidden?: readonly string[] } = {},
): JoinedLayer => ({
  findings: {
    files: Object.entries(files).map(([path, packages]) => ({ path, packages })),
    licences: {},
    problems: [],
    ...rest,
  },
  hides: (path) => hidden.some((above) => path === above || path.startsWith(`${above}/`)),
});

const STATUS = 'var/lib/dpkg/status';

test('a package is of the layer since which it stands in the database; removed and replaced ones are gone', async () => {
  const { packages } = await joinFindings([
    layerOf({ [STATUS]: [deb('base', '1'), deb('gone', '1'), deb('again', '1'), deb('newer', '1')] }),
    layerOf({ [STATUS]: [deb('base', '1'), deb('newer', '2'), deb('tool', '1')] }),
    layerOf({}),
    layerOf({ [STATUS]: [deb('base', '1'), deb('newer', '2'), deb('tool', '1'), deb('again', '1')] }),
  ]);
  expect(packages.map(({ name, version, layer }) => [name, version, layer])).toEqual([
    ['again', '1', 3],
    ['base', '1', 0],
    ['newer', '2', 1],
    ['tool', '1', 1],
  ]);
});

test('what a later layer takes away is not there, and what comes back is of the layer that brings it back', async () => {
  const npm = (name: string): FoundPackage => ({ type: 'npm', name, version: '1.0.0' });
  const paths = (name: string) => `app/node_modules/${name}/package.json`;
  const { packages } = await joinFindings([
    layerOf({
      [paths('a')]: [npm('a')],
      [paths('b')]: [npm('b')],
      'srv/node_modules/a/package.json': [npm('a')],
    }),
    layerOf({ [paths('c')]: [npm('c')] }, { hidden: ['app/node_modules'] }),
    layerOf({ [paths('b')]: [npm('b')] }),
  ]);
  expect(packages).toEqual([
    {
      type: 'npm',
      name: 'a',
      version: '1.0.0',
      purl: 'pkg:npm/a@1.0.0',
      layer: 0,
      paths: ['srv/node_modules/a/package.json'],
    },
    { type: 'npm', name: 'b', version: '1.0.0', purl: 'pkg:npm/b@1.0.0', layer: 2, paths: [paths('b')] },
    { type: 'npm', name: 'c', version: '1.0.0', purl: 'pkg:npm/c@1.0.0', layer: 1, paths: [paths('c')] },
  ]);
});

test('one package in several places is one, with the places; licences and the distribution come from where they are', async () => {
  const jar: FoundPackage = { type: 'maven', group: 'org.x', name: 'y', version: '2', licence: 'MIT' };
  const { packages, release, problems } = await joinFindings([
    layerOf({ [STATUS]: [deb('base', '1')], 'a.jar': [jar] }, { release: { id: 'debian', version: '11' } }),
    layerOf(
      { 'b.jar': [jar] },
      {
        licences: { base: 'GPL-2' },
        release: { id: 'debian', version: '12' },
        problems: [{ code: 'damaged', reason: 'no', path: 'c.jar' }],
      },
    ),
  ]);
  expect(packages).toMatchObject([
    { name: 'base', licence: 'GPL-2', purl: 'pkg:deb/debian/base@1?arch=amd64&distro=debian-12', layer: 0 },
    { name: 'org.x:y', licence: 'MIT', purl: 'pkg:maven/org.x/y@2', layer: 0, paths: ['a.jar', 'b.jar'] },
  ]);
  expect(release).toEqual({ id: 'debian', version: '12' });
  expect(problems).toEqual([{ code: 'damaged', reason: 'no', path: 'c.jar', layer: 1 }]);
});

test('URLs of packages, as their specification has them', () => {
  const release = { id: 'rhel', version: '9.4' };
  const named = (found: FoundPackage) => purlOf(found, release);
  expect(
    named({ type: 'rpm', name: 'vim', version: '2:9.0-1', architecture: 'x86_64', source: 'vim-all' }),
  ).toBe('pkg:rpm/redhat/vim@9.0-1?arch=x86_64&distro=rhel-9.4&epoch=2&upstream=vim-all');
  expect(named({ type: 'npm', name: '@babel/core', version: '7.0.0' })).toBe('pkg:npm/%40babel/core@7.0.0');
  expect(named({ type: 'golang', name: 'github.com/A/b', version: 'v1.0.0+incompatible' })).toBe(
    'pkg:golang/github.com/a/b@v1.0.0%2Bincompatible',
  );
  expect(named({ type: 'golang', name: 'example.com/app', version: '(devel)' })).toBe(
    'pkg:golang/example.com/app',
  );
  expect(named({ type: 'pypi', name: 'Ruamel_yaml', version: '1' })).toBe('pkg:pypi/ruamel-yaml@1');
  expect(named({ type: 'maven', name: 'a', version: '' })).toBe('pkg:maven/a/a');
  expect(named({ type: 'nuget', name: 'A.B', version: '1.0' })).toBe('pkg:nuget/A.B@1.0');
  expect(purlOf(deb('a', '1:2'), undefined)).toBe('pkg:deb/a@1:2?arch=amd64');
});
