import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, openSync, symlinkSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { walkLayer } from '../../../src-main/engine/layers/walk.ts';
import { seededBytes, sha256 } from '../../support/images.ts';
import { rawTar, walked } from '../../support/layers.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const LONG = `${'directory-of-a-long-name/'.repeat(8)}file-${'x'.repeat(120)}`;

/** A folder with one of each kind. */
async function filled(): Promise<string> {
  const folder = path.join(await temporaryFolder(), 'root');
  mkdirSync(path.join(folder, 'etc/empty'), { recursive: true });
  mkdirSync(path.dirname(path.join(folder, LONG)), { recursive: true });
  writeFileSync(path.join(folder, 'etc/passwd'), 'root:x:0:0\n', { mode: 0o640 });
  writeFileSync(path.join(folder, 'etc/zero'), '');
  writeFileSync(path.join(folder, LONG), 'long');
  writeFileSync(path.join(folder, 'etc/with blank and ünïcode '), seededBytes('odd', 3000));
  symlinkSync('../etc/passwd', path.join(folder, 'etc/link'));
  symlinkSync(`/${LONG}`, path.join(folder, 'etc/long-link'));
  linkSync(path.join(folder, 'etc/passwd'), path.join(folder, 'etc/same'));
  execFileSync('python3', ['-c', 'import os, sys; os.mkfifo(sys.argv[1])', path.join(folder, 'etc/pipe')]);
  return folder;
}

/** GNU tar's own listing: mode, owner, size or device, path and link. */
function listed(archive: Buffer): string[] {
  return execFileSync(
    'tar',
    ['tvf', '-', '--numeric-owner', '--quoting-style=literal', '--full-time', '--utc'],
    {
      input: archive,
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    },
  )
    .split('\n')
    .filter(Boolean);
}

const KINDS = { file: '-', directory: 'd', symlink: 'l', hardlink: 'h', fifo: 'p' } as const;

function permissions(mode: number): string {
  return [6, 3, 0]
    .map((shift) =>
      ['r', 'w', 'x'].map((letter, bit) => ((mode >> shift) & (4 >> bit) ? letter : '-')).join(''),
    )
    .join('');
}

/** The same words from what was walked, without the runs of blanks by which tar aligns its columns. */
async function shown(archive: Buffer): Promise<string[]> {
  const { seen } = await walked(archive, { chunk: 777 });
  return seen.map(({ path: name, type, size, mode, uid, gid, modified, link }) => {
    const kind = KINDS[type as keyof typeof KINDS];
    const time = new Date(Math.floor(modified) * 1000).toISOString().replace('T', ' ').slice(0, 19);
    const to = type === 'symlink' ? ` -> ${link}` : type === 'hardlink' ? ` link to ${link}` : '';
    return `${kind}${permissions(mode)} ${uid}/${gid} ${size} ${time} ${name}${to}`;
  });
}

const normal = (lines: readonly string[]): string[] =>
  lines.map((line) =>
    line
      .replace(/ +(?=\d+ \d{4}-)/, ' ')
      .replace(/(:\d\d)(?:\.\d+)? +/, '$1 ')
      .replace(/ \.\//g, ' ')
      .replace(/ \.$/, ' ')
      .replace(/^(d.*)\/$/, '$1'),
  );

for (const format of ['gnu', 'oldgnu', 'posix']) {
  test(`what Debian's tar writes as ${format} is listed as tar lists it`, async () => {
    const archive = execFileSync('tar', ['cf', '-', `--format=${format}`, '-C', await filled(), '.']);
    expect(normal(await shown(archive)).map((line) => line.trimEnd())).toEqual(
      normal(listed(archive)).map((line) => line.trimEnd()),
    );
  });
}

for (const format of ['ustar', 'v7']) {
  test(`what Debian's tar writes as ${format} is listed as tar lists it`, async () => {
    const folder = path.join(await temporaryFolder(), 'root');
    mkdirSync(path.join(folder, 'a'.repeat(60), 'b'.repeat(10)), { recursive: true });
    const name = format === 'v7' ? 'file' : 'c'.repeat(60);
    writeFileSync(path.join(folder, 'a'.repeat(60), 'b'.repeat(10), name), 'content');
    const archive = execFileSync('tar', ['cf', '-', `--format=${format}`, '-C', folder, '.']);
    expect(normal(await shown(archive))).toEqual(normal(listed(archive)));
  });
}

for (const version of ['gnu', '0.0', '0.1', '1.0']) {
  test(`a file with holes is read as it was (${version})`, async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, 'holes');
    const handle = openSync(file, 'w');
    // More parts than GNU's header has room for.
    for (let at = 0; at < 30; at++) writeSync(handle, `part ${at}`, at * 65_536 + 8192);
    truncateSync(file, 2_500_000);
    const format = version === 'gnu' ? ['--format=gnu'] : ['--format=posix', `--sparse-version=${version}`];
    const archive = execFileSync('tar', ['cf', '-', '--sparse', ...format, '-C', folder, 'holes']);
    expect(archive.byteLength).toBeLessThan(1_000_000);
    const { seen, contents } = await walked(archive, { chunk: 1001 });
    expect(seen).toMatchObject([{ path: 'holes', type: 'file', size: 2_500_000 }]);
    const content = contents.get('holes') ?? Buffer.alloc(0);
    expect(content.byteLength).toBe(2_500_000);
    expect(sha256(content)).toBe(sha256(execFileSync('cat', [file], { maxBuffer: 3_000_000 })));
  });
}

test('gzip of several members, zstd of several frames and plain archives are one layer', async () => {
  const archive = rawTar([
    { name: 'a', content: seededBytes('a', 150_000) },
    { name: 'b', content: 'b' },
  ]);
  const cut = [archive.subarray(0, 70_000), archive.subarray(70_000, 70_001), archive.subarray(70_001)];
  const skippable = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
  const zstd = cut.flatMap((part) => [zstdCompressSync(part), skippable]);
  for (const bytes of [archive, Buffer.concat(cut.map((part) => gzipSync(part))), Buffer.concat(zstd)]) {
    for (const chunk of [101, 1 << 20]) {
      const { diffId, contents, entries, warnings } = await walked(bytes, { chunk });
      expect({ diffId, entries, warnings }).toEqual({ diffId: sha256(archive), entries: 2, warnings: [] });
      expect(contents.get('a')?.equals(seededBytes('a', 150_000))).toBe(true);
    }
  }
});

test('whiteouts and opaque directories are named for what they take away', async () => {
  const { seen } = await walked(
    rawTar([
      { name: 'etc/.wh.passwd' },
      { name: '.wh.top' },
      { name: 'var/cache/.wh..wh..opq' },
      { name: '.wh..wh.plnk', type: '5' },
      { name: 'etc/.wh.' },
    ]),
  );
  expect(seen.map(({ path: name, type }) => [type, name])).toEqual([
    ['whiteout', 'etc/passwd'],
    ['whiteout', 'top'],
    ['opaque', 'var/cache'],
  ]);
});

test('a chunk of thousands of empty files lets others in while it is read', async () => {
  const bytes = rawTar(Array.from({ length: 3_000 }, (_, at) => ({ name: `file-${at}` })));
  let entries = 0;
  let done = false;
  const walking = walkLayer(
    async function* () {
      yield bytes;
    },
    { digest: sha256(bytes) },
    () => {
      entries += 1;
      // As what visits it may take.
      for (const until = performance.now() + 0.05; performance.now() < until; );
      return undefined;
    },
  ).finally(() => {
    done = true;
  });
  const seen = new Set<number>();
  while (!done) {
    seen.add(entries);
    await turn();
  }
  expect((await walking).entries).toBe(3_000);
  expect(seen.size).toBeGreaterThan(5);
});
