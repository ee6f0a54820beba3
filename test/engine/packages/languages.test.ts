import { expect, test } from 'vitest';
import { findIn, namesOf, packagesOf, type TestFile } from './support.ts';
import { zipOf } from './zip-writer.ts';

const json = (document: unknown): string => JSON.stringify(document);

test('npm: packages in node_modules, scoped and nested ones, and not the files of a package that are called so', async () => {
  const found = await findIn([
    {
      path: 'app/node_modules/left-pad/package.json',
      content: json({ name: 'left-pad', version: '1.3.0', license: 'WTFPL' }),
    },
    {
      path: 'app/node_modules/@scope/tool/package.json',
      content: `\ufeff${json({ name: '@scope/tool', version: '2.0.0', license: { type: 'MIT' } })}`,
    },
    {
      path: 'app/node_modules/a/node_modules/left-pad/package.json',
      content: json({ name: 'left-pad', version: '0.1.0', licenses: [{ type: 'MIT' }, { type: 'Apache2' }] }),
    },
    { path: 'app/node_modules/a/esm/package.json', content: json({ type: 'module' }) },
    { path: 'app/node_modules/a/fixtures/package.json', content: json({ name: 'no', version: '1.0.0' }) },
    { path: 'app/node_modules/nameless/package.json', content: json({ version: 5, name: null }) },
    { path: 'app/package.json', content: json({ name: 'app', version: '1.0.0' }) },
    { path: 'app/node_modules/broken/package.json', content: '{"name": "bro' },
  ]);
  expect(packagesOf(found)).toEqual([
    { type: 'npm', name: 'left-pad', version: '1.3.0', licence: 'WTFPL' },
    { type: 'npm', name: '@scope/tool', version: '2.0.0', licence: 'MIT' },
    { type: 'npm', name: 'left-pad', version: '0.1.0', licence: 'MIT OR Apache2' },
  ]);
  expect(found.problems).toMatchObject([{ path: 'app/node_modules/broken/package.json', code: 'damaged' }]);
});

test('PyPI: wheels, eggs and the files that Debian installs; the licence where one is stated in any way', async () => {
  const site = 'usr/lib/python3/dist-packages';
  const found = await findIn([
    {
      path: `${site}/requests-2.31.0.dist-info/METADATA`,
      content:
        'Metadata-Version: 2.1\nName: requests\nVersion: 2.31.0\nLicense: Apache 2.0\n\nName: no\nVersion: 0\n',
    },
    {
      path: `${site}/Six-1.16.dist-info/METADATA`,
      content:
        'Name: Six\r\nVersion: 1.16\r\nLicense: UNKNOWN\r\nClassifier: License :: OSI Approved :: MIT License\r\n',
    },
    {
      path: `${site}/egg.egg-info/PKG-INFO`,
      content: 'Name: egg\nVersion: 3\nLicense-Expression: MIT AND BSD\nLicense: no',
    },
    { path: `${site}/plain-4.egg-info`, content: 'Name: plain\nVersion: 4\n' },
    { path: `${site}/x.dist-info/RECORD`, content: 'Name: no\nVersion: 1' },
  ]);
  expect(packagesOf(found)).toEqual([
    { type: 'pypi', name: 'requests', version: '2.31.0', licence: 'Apache 2.0' },
    { type: 'pypi', name: 'Six', version: '1.16', licence: 'MIT License' },
    { type: 'pypi', name: 'egg', version: '3', licence: 'MIT AND BSD' },
    { type: 'pypi', name: 'plain', version: '4' },
  ]);
});

test('.NET: what a program was built with, without its own projects', async () => {
  const content = json({
    runtimeTarget: { name: '.NETCoreApp,Version=v8.0' },
    libraries: {
      'App/1.0.0': { type: 'project', serviceable: false },
      'Newtonsoft.Json/13.0.3': { type: 'package', serviceable: true, sha512: 'x' },
      'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.0': { type: 'runtimepack' },
      broken: 5,
    },
  });
  const found = await findIn([{ path: 'app/App.deps.json', content }]);
  expect(namesOf(found)).toEqual(['Microsoft.NETCore.App.Runtime.linux-x64 8.0.0', 'Newtonsoft.Json 13.0.3']);
});

const pom = (group: string, name: string, version: string): [string, string] => [
  `META-INF/maven/${group}/${name}/pom.properties`,
  `#Generated\ngroupId=${group}\nartifactId=${name}\nversion=${version}\n`,
];

test('Java: archives, those within them, and what a manifest or a name says where Maven says nothing', async () => {
  const library = zipOf([
    pom('org.lib', 'library', '3.1'),
    [
      'META-INF/MANIFEST.MF',
      'Manifest-Version: 1.0\r\nBundle-License: https://apache.org/LICEN\r\n SE-2.0\r\n\r\nName: x\r\nBundle-License: no\r\n',
    ],
  ]);
  const named = zipOf([
    [
      'META-INF/MANIFEST.MF',
      'Manifest-Version: 1.0\nImplementation-Title: Named\nImplementation-Version: 7\n',
    ],
  ]);
  const boot = zipOf(
    [
      pom('com.example', 'app', '1.0.0'),
      ['BOOT-INF/lib/library-3.1.jar', library],
      ['BOOT-INF/lib/old-tool-2.5.1.jar', zipOf([['a.class', 'x']])],
      ['BOOT-INF/lib/named.jar', named],
    ],
    // A script that starts it.
    { before: Buffer.from('#!/bin/sh\nexec java -jar "$0"\n') },
  );
  const shaded = zipOf([pom('org.a', 'a', '1'), pom('org.b', 'b', '2')], { store: true });
  const files: TestFile[] = [
    { path: 'app/app.jar', content: boot },
    { path: 'opt/all.war', content: shaded },
    { path: 'opt/nameless.jar', content: zipOf([['a.class', 'x']]) },
  ];
  const found = await findIn(files);
  expect(namesOf(found)).toEqual([
    'com.example:app 1.0.0',
    'named 7',
    'nameless ',
    'old-tool 2.5.1',
    'org.a:a 1',
    'org.b:b 2',
    'org.lib:library 3.1',
  ]);
  expect(packagesOf(found).find(({ name }) => name === 'library')).toMatchObject({
    licence: 'https://apache.org/LICENSE-2.0',
  });
  expect(found.problems).toEqual([]);
});

test('hard links, which some installers make, name what they are links to', async () => {
  const metadata = 'root/.cache/store/x.dist-info/METADATA';
  const found = await findIn([
    { path: metadata, content: 'Name: linked\nVersion: 1\n' },
    { path: 'usr/lib/python3/x.dist-info/METADATA', link: metadata },
    { path: 'app/node_modules/a/package.json', link: 'store/ab/cdef' },
    { path: 'app/other', link: 'store/ab/cdef' },
  ]);
  expect(found.files.map(({ path, packages }) => [path, packages.length])).toEqual([
    [metadata, 1],
    ['usr/lib/python3/x.dist-info/METADATA', 1],
  ]);
  expect(found.problems).toMatchObject([{ path: 'app/node_modules/a/package.json', code: 'unsupported' }]);
});
