import { expect, test } from 'vitest';
import { javaArchive } from '../../../src-main/engine/packages/java.ts';
import { joinFindings } from '../../../src-main/engine/packages/join.ts';
import { readRpmHeader } from '../../../src-main/engine/packages/rpm-header.ts';
import { findIn, namesOf, turnsDuring } from './support.ts';
import { zipOf } from './zip-writer.ts';

const good = { path: 'app/node_modules/good/package.json', content: '{"name":"good","version":"1.0.0"}' };

test('a package.json of 100 MB is not read, with its size, and the rest is', async () => {
  const huge = Buffer.alloc(100 * 1024 * 1024, ' ');
  const { result, turns } = await turnsDuring(() =>
    findIn([{ path: 'app/node_modules/huge/package.json', content: huge }, good]),
  );
  expect(namesOf(result)).toEqual(['good 1.0.0']);
  expect(result.problems).toEqual([
    {
      code: 'tooLarge',
      reason: 'It has 104857600 bytes; at most 1048576 are read.',
      path: 'app/node_modules/huge/package.json',
    },
  ]);
  expect(turns).toBeGreaterThan(1);
});

test('a JSON of nothing but brackets, one without end, and one of another kind are said to be broken', async () => {
  const path = (name: string) => `app/node_modules/${name}/package.json`;
  const found = await findIn([
    { path: path('deep'), content: '['.repeat(100_000) },
    { path: path('many'), content: `[${'1,'.repeat(200_000)}1]` },
    { path: path('text'), content: '"text"' },
    { path: path('binary'), content: Buffer.from([0xff, 0xfe, 0]) },
    good,
  ]);
  expect(namesOf(found)).toEqual(['good 1.0.0']);
  expect(found.problems.map((problem) => [problem.path, problem.code])).toEqual([
    [path('deep'), 'damaged'],
    [path('many'), 'damaged'],
    [path('binary'), 'damaged'],
  ]);
});

test('archives that grow beyond measure, or lie about it, are not unpacked', async () => {
  const bomb = zipOf([['inner.jar', Buffer.alloc(64 * 1024 * 1024)]]);
  const liar = zipOf([['META-INF/MANIFEST.MF', Buffer.alloc(1024 * 1024, 'a')]], { claimed: 10 });
  const large = zipOf([['META-INF/MANIFEST.MF', Buffer.alloc(2 * 1024 * 1024, 'a')]]);
  const found = await findIn([
    { path: 'bomb-1.0.jar', content: bomb },
    { path: 'liar-1.0.jar', content: liar },
    { path: 'large-1.0.jar', content: large },
    good,
  ]);
  expect(namesOf(found)).toEqual(['bomb 1.0', 'good 1.0.0', 'large 1.0', 'liar 1.0']);
  expect(found.problems.map(({ path, code }) => [path, code])).toEqual([
    ['bomb-1.0.jar', 'tooLarge'],
    ['liar-1.0.jar', 'damaged'],
    ['large-1.0.jar', 'tooLarge'],
  ]);
  expect(found.problems[0]?.reason).toContain('67108864');
});

test('a text that is stored has as many bytes as its entry says, or it is damaged', async () => {
  const content = Buffer.alloc(2 * 1024 * 1024, 'a');
  const liar = zipOf([['META-INF/MANIFEST.MF', content]], { store: true, claimed: 10 });
  const found = await findIn([{ path: 'liar-1.0.jar', content: liar }]);
  expect(found.problems).toMatchObject([{ path: 'liar-1.0.jar', code: 'damaged' }]);
});

test('an archive whose name is too long for one is none, and costs no more than others', async () => {
  const long = `${'a-1'.repeat(20_000)}!.jar`;
  const content = zipOf(
    Array.from({ length: 20 }, (_, at): [string, Buffer] => [`${at}${long}`, zipOf([['a.class', 'x']])]),
    { store: true },
  );
  const found = await findIn([{ path: 'outer-1.0.jar', content }]);
  expect(namesOf(found)).toEqual(['outer 1.0']);
});

test('a package of RPM that has one field over and over, without its end, is looked through once', () => {
  const entries = 65_536;
  const header = Buffer.alloc(8 + 16 * entries + 16 * 1024 * 1024, 'x');
  header.writeUInt32BE(entries, 0);
  for (let at = 8; at < 8 + 16 * entries; at += 16) {
    header.writeUInt32BE(1000, at);
    header.writeUInt32BE(6, at + 4);
    header.writeUInt32BE(0, at + 8);
  }
  expect(readRpmHeader(header)).toBeUndefined();
});

test('archives in archives end at some depth, also those that would hold themselves', async () => {
  let archive = zipOf([['a.class', 'x']]);
  for (let depth = 0; depth < 10; depth += 1)
    archive = zipOf([[`level${10 - depth}-1.0.jar`, archive]], { store: true });
  const found = await findIn([{ path: 'cyclic-1.0.jar', content: archive }]);
  expect(namesOf(found)).toEqual(['cyclic 1.0', ...[1, 2, 3, 4, 5].map((level) => `level${level} 1.0`)]);
  expect(found.problems).toMatchObject([{ code: 'tooMany', path: 'cyclic-1.0.jar' }]);
});

test('a cut archive, one that is none, and one whose list leads elsewhere are broken', async () => {
  const archive = zipOf([['META-INF/MANIFEST.MF', 'Implementation-Title: x\nImplementation-Version: 1\n']]);
  const elsewhere = Buffer.from(archive);
  // Where the first entry lies, as the list says.
  elsewhere.writeUInt32LE(0x7fffffff, archive.indexOf('PK\x01\x02', 0, 'latin1') + 42);
  const found = await findIn([
    { path: 'cut.jar', content: archive.subarray(0, -30) },
    { path: 'none.jar', content: 'no archive' },
    { path: 'empty.jar', content: '' },
    { path: 'elsewhere.jar', content: elsewhere },
  ]);
  expect(found.problems.map(({ path, code }) => [path, code])).toEqual([
    ['cut.jar', 'damaged'],
    ['none.jar', 'damaged'],
    ['empty.jar', 'damaged'],
    ['elsewhere.jar', 'damaged'],
  ]);
});

test('whatever byte of a database or an archive is wrong, nothing but a problem comes of it', async () => {
  const archive = zipOf([['META-INF/MANIFEST.MF', 'Implementation-Title: x\nImplementation-Version: 1\n']]);
  for (let at = 0; at < archive.byteLength; at += 1) {
    const broken = Buffer.from(archive);
    broken[at] = (broken[at] ?? 0) ^ 0xff;
    const found = await findIn([{ path: 'x.jar', content: broken }, good]);
    expect(namesOf(found)).toContain('good 1.0.0');
  }
});

test('a million packages are counted, and the first hundred thousand shown, without holding up other work', async () => {
  const status = Array.from(
    { length: 1_000_000 },
    (_, at) => `Package: p${at}\nStatus: install ok installed\nVersion: 1\n\n`,
  ).join('');
  const { result, turns } = await turnsDuring(async () => {
    const findings = await findIn([{ path: 'var/lib/dpkg/status', content: status }]);
    return await joinFindings([{ findings, hides: () => false }]);
  });
  expect(result.packages).toHaveLength(100_000);
  expect(result.problems).toMatchObject([
    { code: 'tooMany', reason: 'It names 1000000 packages; the first 100000 are shown.' },
  ]);
  expect(turns).toBeGreaterThan(20);
}, 120_000);

test('an archive of very many entries is read in slices', async () => {
  const entries = Array.from({ length: 70_000 }, (_, at): [string, string] => [`c${at}.class`, '']);
  entries.push(['META-INF/maven/g/last/pom.properties', 'groupId=g\nartifactId=last\nversion=2.0\n']);
  const archive = zipOf(entries, { store: true });
  const reader = javaArchive('many-1.0.jar', archive.byteLength);
  reader.write(archive);
  const { result, turns } = await turnsDuring(async () => await reader.end());
  expect(result).toMatchObject([{ name: 'last', version: '2.0' }]);
  expect(turns).toBeGreaterThan(2);
});
