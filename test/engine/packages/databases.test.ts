import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { describeWithPeer } from '../../support/peers.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { findIn, namesOf, packagesOf } from './support.ts';

const run = promisify(execFile);

test('dpkg: what is installed, not what left only its configuration; packages of distroless images', async () => {
  const status = [
    'Package: alpha\nStatus: install ok installed\nArchitecture: amd64\nSource: alphabet (1.0)\nVersion: 1:1.0-2+b1\nDescription: first\n Version: 9\n',
    'Package: beta\nStatus: deinstall ok config-files\nArchitecture: amd64\nVersion: 2.0\n',
    'Package: gamma\nVersion: 3.0\nArchitecture: all\nStatus: hold ok half-configured\n',
    'Package: delta\nStatus: unknown ok not-installed\n',
  ].join('\n');
  const found = await findIn([
    { path: 'var/lib/dpkg/status', content: status },
    {
      path: 'var/lib/dpkg/status.d/base',
      content: 'Package: base-files\nVersion: 12.4\nArchitecture: amd64',
    },
    { path: 'var/lib/dpkg/status.d/base.md5sums', content: 'Package: no\nVersion: 1' },
    { path: 'backup/var/lib/dpkg/status', content: status },
    {
      path: 'usr/share/doc/alpha/copyright',
      content: 'Format: x\n\nFiles: *\nLicense: GPL-2+\n text\n\nFiles: a\nLicense: MIT\n',
    },
    { path: 'usr/share/doc/gamma/copyright', content: 'See /usr/share/common-licenses/GPL-3.\n' },
  ]);
  expect(packagesOf(found)).toEqual([
    { type: 'deb', name: 'alpha', version: '1:1.0-2+b1', architecture: 'amd64', source: 'alphabet' },
    { type: 'deb', name: 'gamma', version: '3.0', architecture: 'all' },
    { type: 'deb', name: 'base-files', version: '12.4', architecture: 'amd64' },
  ]);
  expect(found.licences).toEqual({ alpha: 'GPL-2+, MIT', gamma: 'GPL-3' });
  expect(found.problems).toEqual([]);
});

test('apk: names, versions, licences and what they were built from', async () => {
  const installed =
    'C:Q1abc=\nP:musl\nV:1.2.4-r2\nA:x86_64\nS:390000\nL:MIT\no:musl\nF:lib\nR:ld-musl-x86_64.so.1\nZ:Q1x\n\n' +
    'C:Q1def=\nP:libcrypto3\nV:3.1.4-r5\nA:x86_64\nL:Apache-2.0\no:openssl\n\n';
  const expected = [
    { type: 'apk', name: 'musl', version: '1.2.4-r2', licence: 'MIT', architecture: 'x86_64' },
    {
      type: 'apk',
      name: 'libcrypto3',
      version: '3.1.4-r5',
      licence: 'Apache-2.0',
      architecture: 'x86_64',
      source: 'openssl',
    },
  ];
  // In whatever pieces the bytes come.
  for (const path of ['lib/apk/db/installed', 'usr/lib/apk/db/installed'])
    for (const piece of [7, 64 * 1024])
      expect(packagesOf(await findIn([{ path, content: installed }], { piece }))).toEqual(expected);
});

test('apk: exactly what apk itself shows as installed, of a database that it wrote', async () => {
  const recorded = (name: string) => readFile(path.join(import.meta.dirname, 'recorded', name));
  const shown = z
    .array(
      z.object({
        name: z.string(),
        version: z.string(),
        arch: z.string(),
        license: z.string().optional(),
        origin: z.string().optional(),
      }),
    )
    .parse(JSON.parse(String(await recorded('apk-query.json'))));
  const content = await recorded('apk-installed');
  expect(packagesOf(await findIn([{ path: 'lib/apk/db/installed', content }], { piece: 5 }))).toEqual(
    shown.map(({ name, version, arch, license, origin }) => ({
      type: 'apk',
      name,
      version,
      architecture: arch,
      ...(license === undefined ? {} : { licence: license }),
      ...(origin === undefined || origin === name ? {} : { source: origin }),
    })),
  );
});

test('os-release says which distribution it is; the one in etc wins', async () => {
  const found = await findIn([
    { path: 'usr/lib/os-release', content: 'ID=debian\nVERSION_ID="12"\n' },
    { path: 'etc/os-release', content: 'PRETTY_NAME="Alpine Linux v3.20"\nID=alpine\r\nVERSION_ID=3.20.1\n' },
  ]);
  expect(found.release).toEqual({ id: 'alpine', version: '3.20.1', name: 'Alpine Linux v3.20' });
});

describeWithPeer('dpkg-query', "dpkg's database of this machine", (peers) => {
  test('names exactly what dpkg-query shows as installed', async () => {
    const shown = await run(peers['dpkg-query'], [
      '--show',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a format of dpkg-query
      '--showformat=${db:Status-Status} ${Package} ${Version} ${Architecture}\\n',
    ]);
    const installed = shown.stdout.split('\n').flatMap((line) => {
      const [state = '', ...rest] = line.split(' ');
      return state === '' || state === 'not-installed' || state === 'config-files' ? [] : [rest.join(' ')];
    });
    const content = await readFile('/var/lib/dpkg/status');
    const found = packagesOf(await findIn([{ path: 'var/lib/dpkg/status', content }]));
    const names = found.map(({ name, version, architecture }) => `${name} ${version} ${architecture}`);
    expect(names.sort()).toEqual(installed.sort());
    expect(names.length).toBeGreaterThan(50);
  });
});

describeWithPeer(['rpm', 'rpmbuild'], "RPM's databases", (peers) => {
  const SPEC = `Name: alpha
Epoch: 2
Version: 1.2
Release: 3
Summary: a
License: MIT and BSD
BuildArch: noarch
%description
a
%files
%package extra
Summary: e
License: GPLv2+
%description extra
e
%files extra
`;

  /** Made by RPM itself. */
  async function makeDatabase(): Promise<Buffer> {
    const folder = await temporaryFolder();
    const spec = path.join(folder, 'alpha.spec');
    await writeFile(spec, SPEC);
    await run(peers.rpmbuild, ['-bb', '--quiet', '--define', `_topdir ${folder}/top`, spec]);
    const database = path.join(folder, 'db');
    await mkdir(database);
    const rpm = [peers.rpm, '--define', '_db_backend sqlite', '--dbpath', database] as const;
    const [program, ...flags] = rpm;
    const packages = ['alpha', 'alpha-extra'].map(
      (name) => `${folder}/top/RPMS/noarch/${name}-1.2-3.noarch.rpm`,
    );
    await run(program, [...flags, '-i', '--nodeps', '--justdb', '--nosignature', ...packages]);
    return await readFile(path.join(database, 'rpmdb.sqlite'));
  }

  test('SQLite and its own format are read; keys of signatures are no packages', async () => {
    const content = await makeDatabase();
    const expected = [
      {
        type: 'rpm',
        name: 'alpha',
        version: '2:1.2-3',
        licence: 'MIT and BSD',
        architecture: 'noarch',
      },
      {
        type: 'rpm',
        name: 'alpha-extra',
        version: '2:1.2-3',
        licence: 'GPLv2+',
        architecture: 'noarch',
        source: 'alpha',
      },
    ];
    const byName = (found: { name: string }[]) => found.sort((a, b) => a.name.localeCompare(b.name));
    for (const path of ['var/lib/rpm/rpmdb.sqlite', 'usr/lib/sysimage/rpm/rpmdb.sqlite'])
      expect(byName(packagesOf(await findIn([{ path, content }])))).toEqual(expected);
  });
});

/** A package as RPM keeps it. @see rpm's "header format" */
function rpmHeader(fields: Readonly<Record<number, string | number>>): Buffer {
  const index: Buffer[] = [];
  const store: Buffer[] = [];
  let at = 0;
  for (const [tag, value] of Object.entries(fields)) {
    const entry = Buffer.alloc(16);
    entry.writeUInt32BE(Number(tag), 0);
    entry.writeUInt32BE(typeof value === 'number' ? 4 : 6, 4);
    const bytes = typeof value === 'number' ? Buffer.alloc(4) : Buffer.from(`${value}\0`);
    if (typeof value === 'number') bytes.writeUInt32BE(value);
    entry.writeUInt32BE(at, 8);
    entry.writeUInt32BE(1, 12);
    at += bytes.byteLength;
    index.push(entry);
    store.push(bytes);
  }
  const head = Buffer.alloc(8);
  head.writeUInt32BE(index.length, 0);
  head.writeUInt32BE(at, 4);
  return Buffer.concat([head, ...index, ...store]);
}

/** RPM's own format as its source describes it: Debian's RPM is built without it. */
function ndbOf(blobs: readonly Buffer[]): Buffer {
  const slots = Buffer.alloc(4096);
  for (let at = 32; at < 4096; at += 16) slots.write('Slot', at, 'latin1');
  slots.write('RpmP', 0, 'latin1');
  slots.writeUInt32LE(1, 8);
  slots.writeUInt32LE(1, 12);
  const parts: Buffer[] = [slots];
  let block = 4096 / 16;
  for (const [at, blob] of blobs.entries()) {
    const blocks = Math.ceil((16 + blob.byteLength + 12) / 16);
    const part = Buffer.alloc(blocks * 16);
    part.write('BlbS', 0, 'latin1');
    part.writeUInt32LE(at + 1, 4);
    part.writeUInt32LE(blob.byteLength, 12);
    blob.copy(part, 16);
    const slot = 32 + at * 16;
    slots.writeUInt32LE(at + 1, slot + 4);
    slots.writeUInt32LE(block, slot + 8);
    slots.writeUInt32LE(blocks, slot + 12);
    parts.push(part);
    block += blocks;
  }
  return Buffer.concat(parts);
}

test("RPM's own format: packages with and without an epoch; keys are none", async () => {
  const content = ndbOf([
    rpmHeader({
      1000: 'zypper',
      1001: '1.14',
      1002: '4',
      1014: 'GPL-2.0',
      1022: 'x86_64',
      1044: 'zypper-1.14-4.src.rpm',
    }),
    rpmHeader({
      1000: 'vim',
      1001: '9.0',
      1002: '1',
      1003: 2,
      1022: 'x86_64',
      1044: 'vim-all-9.0-1.src.rpm',
    }),
    rpmHeader({ 1000: 'gpg-pubkey', 1001: '39db7c82', 1002: '5f68629b' }),
  ]);
  const found = await findIn([{ path: 'usr/lib/sysimage/rpm/Packages.db', content }]);
  expect(packagesOf(found)).toEqual([
    { type: 'rpm', name: 'zypper', version: '1.14-4', licence: 'GPL-2.0', architecture: 'x86_64' },
    { type: 'rpm', name: 'vim', version: '2:9.0-1', architecture: 'x86_64', source: 'vim-all' },
  ]);
  expect(found.problems).toEqual([]);
});

/** An SQLite database with these rows of headers. */
async function sqliteOf(headers: readonly Buffer[], pageSize: number): Promise<Buffer> {
  const file = path.join(await temporaryFolder(), 'rpmdb.sqlite');
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA page_size = ${pageSize}`);
  database.exec(
    'CREATE TABLE Other (a); CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB NOT NULL)',
  );
  const insert = database.prepare('INSERT INTO Packages (blob) VALUES (?)');
  database.exec('BEGIN');
  for (const header of headers) insert.run(header);
  database.exec('COMMIT');
  database.close();
  return await readFile(file);
}

test('SQLite in pages of any size, with rows on one page and rows on many', async () => {
  const sizes = [10, 100, 480, 2_000, 4_070, 9_000, 70_000];
  const headers = Array.from({ length: 400 }, (_, at) =>
    rpmHeader({
      1000: `p${at}`,
      1001: '1',
      1002: '1',
      // Something that is long and not read.
      1005: 'x'.repeat(sizes[at % sizes.length] ?? 0),
      1022: 'noarch',
    }),
  );
  for (const pageSize of [512, 1024, 4096, 65_536]) {
    const content = await sqliteOf(headers, pageSize);
    const found = await findIn([{ path: 'var/lib/rpm/rpmdb.sqlite', content }]);
    expect(packagesOf(found).map(({ name }) => name)).toEqual(headers.map((_, at) => `p${at}`));
    expect(found.problems).toEqual([]);
  }
});

test('whatever byte of a database is wrong, it ends, and nothing but a problem comes of it', async () => {
  const headers = ['a', 'b', 'c'].map((name) =>
    rpmHeader({ 1000: name, 1001: '1', 1002: '1', 1005: 'x'.repeat(700), 1022: 'noarch' }),
  );
  const databases: [string, Buffer][] = [
    ['rpmdb.sqlite', await sqliteOf(headers, 512)],
    ['Packages.db', ndbOf(headers)],
  ];
  for (const [name, whole] of databases) {
    for (let at = 0; at < whole.byteLength; at += 3) {
      const content = Buffer.from(whole);
      content.writeUint8(content.readUint8(at) ^ 0xff, at);
      const found = await findIn([
        { path: `var/lib/rpm/${name}`, content },
        { path: 'lib/apk/db/installed', content: 'P:good\nV:1\n' },
      ]);
      expect(namesOf(found)).toContain('good 1');
    }
  }
}, 60_000);

test('what is not read is said: Berkeley DB, a log with changes, broken and cut databases, with what was read before', async () => {
  const good = rpmHeader({ 1000: 'good', 1001: '1', 1002: '1', 1022: 'x86_64' });
  const ndb = ndbOf([good, good]);
  const found = await findIn([
    { path: 'var/lib/rpm/Packages', content: 'anything' },
    { path: 'var/lib/rpm/rpmdb.sqlite', content: Buffer.alloc(5000) },
    { path: 'var/lib/rpm/rpmdb.sqlite-wal', content: 'changes' },
    { path: 'usr/lib/sysimage/rpm/Packages.db', content: ndb.subarray(0, -100) },
    { path: 'usr/share/rpm/Packages.db', content: 'no' },
  ]);
  expect(found.problems.map(({ path, code }) => [path, code])).toEqual([
    ['var/lib/rpm/Packages', 'unsupported'],
    ['var/lib/rpm/rpmdb.sqlite', 'damaged'],
    ['var/lib/rpm/rpmdb.sqlite-wal', 'unsupported'],
    ['usr/lib/sysimage/rpm/Packages.db', 'damaged'],
    ['usr/share/rpm/Packages.db', 'damaged'],
  ]);
  expect(namesOf(found)).toEqual(['good 1-1']);
});
