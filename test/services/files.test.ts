import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Core, ImageAt } from '../../src-main/services/index.ts';
import { fileOf, oldForm, tarOf } from '../engine/content/archives.ts';
import { blob, mediaTypes, seededBytes, sha256, type TestManifest } from '../support/images.ts';
import { imageOf, layerReads, type RawEntry, rawTar } from '../support/layers.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { all, testCore } from './support/core.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const BASE: readonly RawEntry[] = [
  { name: 'etc/', type: '5', mode: 0o755 },
  { name: 'etc/motd', content: 'Willkommen, ünïcode\n', mode: 0o640 },
  { name: 'etc/motd.link', type: '2', link: '/etc/motd' },
  { name: 'etc/motd.same', type: '1', link: 'etc/motd' },
  { name: 'etc/old', content: 'x'.repeat(1000) },
  { name: 'usr/share/picture', content: PNG },
  { name: 'dev/null', type: '3' },
];
const UPPER: readonly RawEntry[] = [
  { name: 'etc/motd', content: 'changed\n' },
  { name: 'etc/.wh.old' },
  { name: 'usr/share/data', content: seededBytes('data', 300_000) },
];

async function served(
  image: TestManifest,
): Promise<{ core: Core & { home: string }; image: ImageAt; blobs: () => number }> {
  const core = await testCore();
  const registry = await startTestRegistry();
  await push(image, registry, 'team/app', '1.0');
  const handle = await core.accounts.forHost(registry.url);
  return {
    core,
    image: { handle, repository: 'team/app', reference: '1.0' },
    blobs: () => layerReads(registry, image),
  };
}

test('layers are read once, their trees are kept, and a damaged one is made again', async () => {
  const { core, image, blobs } = await served(imageOf([rawTar(BASE), rawTar(UPPER)]));
  expect((await core.files.layers(image)).layers.map(({ state }) => state)).toEqual(['unread', 'unread']);
  const reads = await Promise.all([1, 2, 3].map(() => all(core.files.read(image))));
  for (const events of reads) {
    const last = events.slice(-2).map(({ layer, read, size }) => [layer, read === size]);
    expect(last.sort()).toEqual([
      [0, true],
      [1, true],
    ]);
  }
  expect(blobs()).toBe(2);
  const { layers, digest } = await core.files.layers(image);
  expect(digest).toMatch(/^sha256:/);
  expect(layers).toMatchObject([
    { state: 'read', entries: 7, warnings: [] },
    { state: 'read', entries: 3 },
  ]);

  const folder = path.join(core.home, 'layers');
  const [first = '', second = ''] = (await readdir(folder)).sort();
  const kept = await readFile(path.join(folder, first));
  kept.writeUInt8(kept.readUInt8(kept.length - 5) ^ 1, kept.length - 5);
  await writeFile(path.join(folder, first), kept);
  const again = await testCore({ home: core.home });
  expect((await again.files.layers(image)).layers.map(({ state }) => state).sort()).toEqual([
    'read',
    'unread',
  ]);
  expect(await readdir(folder)).toEqual([second]);
  await again.files.list(image, { view: 'merged', path: '', offset: 0, limit: 10 });
  expect((await readdir(folder)).sort()).toEqual([first, second]);
  expect(blobs()).toBe(3);
});

test('what is there and what a layer did, page by page', async () => {
  const { core, image } = await served(imageOf([rawTar(BASE), rawTar(UPPER)]));
  const merged = await core.files.list(image, { view: 'merged', path: 'etc', offset: 1, limit: 1 });
  expect(merged).toMatchObject({
    total: 3,
    entries: [{ path: 'etc/motd.link', type: 'symlink', link: '/etc/motd', layer: 0 }],
  });
  const base = await core.files.list(image, { at: 0, view: 'merged', path: 'etc', offset: 0, limit: 100 });
  expect(base.entries.map(({ name }) => name)).toEqual(['motd', 'motd.link', 'motd.same', 'old']);
  const layer = await core.files.list(image, { at: 1, view: 'layer', path: 'etc', offset: 0, limit: 100 });
  expect(layer.entries).toMatchObject([
    { name: 'motd', change: 'changed', size: 8, layer: 1, mode: 0o644 },
    { name: 'old', change: 'removed', size: 1000, layer: 0 },
  ]);
  expect(await core.files.search(image, { glob: '*moTd*', limit: 10 })).toEqual({ entries: [], more: false });
  expect(await core.files.search(image, { glob: '/etc/m**', limit: 2 })).toMatchObject({
    entries: [{ path: 'etc/motd' }, { path: 'etc/motd.link' }],
    more: true,
  });
  expect(await core.files.search(image, { glob: 'p?cture', limit: 10 })).toMatchObject({
    entries: [{ path: 'usr/share/picture' }],
  });
  expect(await core.files.wasted(image, { offset: 0, limit: 1 })).toMatchObject({
    wastedBytes: 1000 + 22 + 8,
    total: 2,
    items: [{ path: 'etc/old', layers: [0, 1], bytes: 1000 }],
  });
});

test('a directory comes with what lies below it: of all layers, or of what one of them did', async () => {
  const gone = [{ name: '.wh.usr' }, { name: 'etc/new', content: 'new' }];
  const { core, image } = await served(imageOf([rawTar(BASE), rawTar(UPPER), rawTar(gone)]));
  const below = async (at: number, view: 'merged' | 'layer') => {
    const { entries } = await core.files.list(image, { at, view, path: '', offset: 0, limit: 100 });
    return entries.map(({ name, size, below: sum }) => [name, size, sum?.bytes, sum?.files]);
  };
  const usr = PNG.byteLength + 300_000;
  expect(await below(1, 'merged')).toEqual([
    ['dev', 0, 0, 1],
    ['etc', 0, 8, 3],
    ['usr', 0, usr, 2],
  ]);
  expect(await below(2, 'merged')).toEqual([
    ['dev', 0, 0, 1],
    ['etc', 0, 11, 4],
  ]);
  expect(await below(1, 'layer')).toEqual([
    ['etc', 0, 8, 1],
    ['usr', 0, 300_000, 1],
  ]);
  expect(await below(2, 'layer')).toEqual([
    ['etc', 0, 3, 1],
    ['usr', 0, usr, 2],
  ]);
  expect(await core.files.search(image, { glob: 'etc', limit: 1 })).toMatchObject({
    entries: [{ path: 'etc', below: { bytes: 11, files: 4 } }],
  });
});

describe('a file', () => {
  test('is opened over links, as a text, a picture or bytes', async () => {
    const { core, image } = await served(imageOf([rawTar(BASE), rawTar(UPPER)]));
    const open = (file: string, at?: number) => core.files.open(image, { path: file, at });
    expect(await open('etc/motd.link')).toEqual({
      kind: 'text',
      text: 'changed\n',
      truncated: false,
      size: 8,
      sha256: sha256('changed\n'),
      layer: 1,
    });
    // A hard link keeps what its layer had.
    expect(await open('etc/motd.same')).toMatchObject({ text: 'Willkommen, ünïcode\n', layer: 0 });
    expect(await open('etc/motd', 0)).toMatchObject({ text: 'Willkommen, ünïcode\n', layer: 0 });
    expect(await open('usr/share/picture')).toMatchObject({
      kind: 'picture',
      mediaType: 'image/png',
      data: PNG.toString('base64'),
    });
    expect(await open('usr/share/data')).toEqual({
      kind: 'binary',
      size: 300_000,
      sha256: sha256(seededBytes('data', 300_000)),
      layer: 1,
    });
    await expect(open('etc/old')).rejects.toMatchObject({ code: 'fileUnknown' });
    await expect(open('etc')).rejects.toMatchObject({ code: 'invalidInput' });
    await expect(open('dev/null')).rejects.toMatchObject({ code: 'invalidInput' });
  });

  test('that is several times in a layer is its last one, opened and saved', async () => {
    const { core, image } = await served(
      imageOf([
        rawTar([
          { name: 'app/twice', content: 'first' },
          { name: 'app/once', content: 'once' },
          { name: './app/twice', content: 'second' },
          { name: 'app/twice', type: '2', link: 'once' },
          { name: 'app/twice', content: 'third and last' },
        ]),
      ]),
    );
    expect(await core.files.open(image, { path: 'app/twice' })).toMatchObject({
      text: 'third and last',
      sha256: sha256('third and last'),
    });
    const to = path.join(await temporaryFolder(), 'app');
    expect(await core.files.save(image, { path: 'app', to, folder: true })).toEqual({
      files: 2,
      bytes: 'once'.length + 'third and last'.length,
      leftOut: 0,
    });
    expect(await readFile(path.join(to, 'twice'), 'utf8')).toBe('third and last');
  });

  test('is saved as it is', async () => {
    const { core, image } = await served(imageOf([rawTar(BASE), rawTar(UPPER)]));
    const to = path.join(await temporaryFolder(), 'data');
    expect(await core.files.save(image, { path: 'usr/share/data', to, folder: false })).toEqual({
      files: 1,
      bytes: 300_000,
      leftOut: 0,
    });
    expect((await readFile(to)).equals(seededBytes('data', 300_000))).toBe(true);
    await expect(
      core.files.save(image, { path: 'etc/motd', to: path.join(to, 'below'), folder: false }),
    ).rejects.toMatchObject({
      code: 'fileFailed',
    });
    expect(await readdir(path.dirname(to))).toEqual(['data']);
  });

  test.each([true, false])('is saved to a whole path only, as a folder: %s', async (folder) => {
    const { core, image } = await served(imageOf([rawTar(BASE)]));
    const at = folder ? 'etc' : 'etc/motd';
    // Within a file that is there, so that nothing can be left behind.
    const to = path.join(path.relative('.', import.meta.filename), 'below');
    await expect(core.files.save(image, { path: at, to, folder })).rejects.toMatchObject({
      code: 'invalidInput',
    });
  });
});

test('a pattern of paths has wildcards and nothing else: all other characters are those of a name', async () => {
  const names = ['libstdc++.so.6', 'copy (1).txt', '@scope', '!important', 'a|b'];
  const slow = 'a'.repeat(200);
  const { core, image } = await served(
    imageOf([rawTar([...names, slow].map((name) => ({ name: `usr/${name}`, content: name })))]),
  );
  const found = async (glob: string) => {
    const { entries } = await core.files.search(image, { glob, limit: 10 });
    return entries.map(({ name }) => name);
  };
  for (const name of names) expect(await found(name)).toEqual([name]);
  expect(await found('libstdc++*')).toEqual(['libstdc++.so.6']);
  expect(await found('copy \\(1).*')).toEqual(['copy (1).txt']);
  expect(await found('[!a-z]*')).toEqual(['!important', '@scope']);
  // As a regular expression it would hold everything up for longer than there is time.
  expect(await found('(a+)+b')).toEqual([]);
});

test('what is saved for a browser is a download once it is whole', async () => {
  const { core, image } = await served(imageOf([rawTar(BASE), rawTar(UPPER)]));
  for (const [file, name] of [
    ['etc/motd', 'motd'],
    ['etc', 'etc.tar'],
  ] as const) {
    const to = await core.content.prepareDownload(name);
    expect((await core.content.downloads()).some(({ path: ready }) => ready === to)).toBe(false);
    await core.files.save(image, { path: file, to, folder: false });
    const ready = (await core.content.downloads()).find(({ path: each }) => each === to);
    const download = await core.content.openDownload(ready?.ticket ?? '');
    expect(download?.name).toBe(name);
    expect(download?.size).toBe((await stat(to)).size);
    await download?.close(true);
  }
});

describe('a directory', () => {
  const TRICKS: readonly RawEntry[] = [
    { name: 'app/', type: '5' },
    { name: 'app/out', type: '2', link: '../../..' },
    { name: 'app/abs', type: '2', link: '/etc' },
    { name: 'app/near', type: '2', link: './/file' },
    { name: 'app/sub', type: '2', link: '/tmp' },
    { name: 'app/sub/evil', content: 'not through a link' },
    { name: 'app/file', content: 'content', mode: 0o4755 },
    { name: 'app/again', type: '1', link: 'app/file' },
    { name: 'app/pipe', type: '6' },
    {
      name: `app/${'long-name-'.repeat(9)}/ünïcode`,
      pax: { path: `app/${'long-name-'.repeat(20)}/ünïcode` },
      content: 'long',
    },
  ];

  test('is saved into a folder, and nothing outside of it', async () => {
    const { core, image } = await served(imageOf([rawTar(TRICKS)]));
    const outer = await temporaryFolder();
    const to = path.join(outer, 'chosen');
    const saved = await core.files.save(image, { path: 'app', to, folder: true });
    expect(saved).toMatchObject({ files: 3, bytes: 'content'.length + 'long'.length });
    expect(await readFile(path.join(to, 'near'), 'utf8')).toBe('content');
    expect(await readFile(path.join(to, 'again'), 'utf8')).toBe('content');
    expect((await stat(path.join(to, 'file'))).mode & 0o7777).toBe(0o755 & ~process.umask());
    expect(await readFile(path.join(to, 'long-name-'.repeat(20), 'ünïcode'), 'utf8')).toBe('long');
    expect((await readdir(to)).sort()).toEqual(['again', 'file', 'long-name-'.repeat(20), 'near']);
    expect(await readdir(outer)).toEqual(['chosen']);
  });

  test('is not saved over what is there, and what failed leaves nothing', async () => {
    const registry = await startTestRegistry();
    const broken = blob(
      mediaTypes.oci.layer,
      Buffer.concat([rawTar(BASE, { end: false }), rawTar(TRICKS).subarray(0, 2000)]),
    );
    await push(imageOf([broken, rawTar(TRICKS)]), registry, 'team/app', '1.0');
    const core = await testCore();
    const image = {
      handle: await core.accounts.forHost(registry.url),
      repository: 'team/app',
      reference: '1.0',
    };
    const full = await temporaryFolder();
    await writeFile(path.join(full, 'mine'), 'mine');
    await expect(core.files.save(image, { path: 'app', to: full, folder: true })).rejects.toMatchObject({
      code: 'invalidInput',
    });
    expect(await readdir(full)).toEqual(['mine']);
    const empty = path.join(await temporaryFolder(), 'empty');
    await mkdir(empty);
    await expect(
      core.files.save(image, { path: 'app', to: empty, folder: true }, { signal: AbortSignal.abort() }),
    ).rejects.toThrow();
    expect(await readdir(empty)).toEqual([]);
  });

  test('is saved as an archive that tar reads', async () => {
    const { core, image } = await served(imageOf([rawTar(TRICKS)]));
    const to = path.join(await temporaryFolder(), 'app.tar');
    await core.files.save(image, { path: 'app', to, folder: false });
    const listed = execFileSync('tar', ['tvf', to, '--quoting-style=literal'], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    expect(listed).toMatch(/-rwsr-xr-x 0\/0 +7 .* again\n/);
    expect(listed).toMatch(/hrw.* file link to again\n/);
    expect(listed).toMatch(/ünïcode\n/);
    expect(listed).toMatch(/out -> \.\.\/\.\.\/\.\.\n/);
    const folder = await temporaryFolder();
    execFileSync('tar', ['xf', to, '-C', folder]);
    expect(await readFile(path.join(folder, 'file'), 'utf8')).toBe('content');
  });
});

test('an OCI layout and an archive of docker save are read like a registry', async () => {
  const core = await testCore();
  const manifest = imageOf([rawTar(BASE), rawTar(UPPER)]);
  const file = await fileOf(await tarOf(oldForm(manifest)));
  const handle = core.content.handle({ kind: 'dockerArchive', path: file });
  const image = { handle, repository: 'team/app', reference: '1.0' };
  expect(
    (await core.files.list(image, { view: 'merged', path: 'usr/share', offset: 0, limit: 9 })).total,
  ).toBe(2);
  expect(await core.files.open(image, { path: 'etc/motd' })).toMatchObject({ text: 'changed\n' });
});

test('what is wrong with one layer is said of it, and the rest is shown', async () => {
  const good = rawTar(BASE);
  const manifest = imageOf(
    [
      good,
      blob(mediaTypes.oci.layer, Buffer.from('\u0000asm, and no archive at all'.padEnd(2000, '.'))),
      blob(mediaTypes.oci.layer, Buffer.concat([rawTar(BASE, { end: false }), good.subarray(0, 1000)])),
      rawTar(UPPER),
    ],
    { diffIds: [sha256('another'), sha256('a'), sha256('b'), sha256(rawTar(UPPER))] },
  );
  const { core, image } = await served(manifest);
  expect((await core.files.list(image, { view: 'merged', path: 'etc', offset: 0, limit: 9 })).total).toBe(3);
  const { layers } = await core.files.layers(image);
  expect(layers).toMatchObject([
    { state: 'read', warnings: ['diffId'] },
    { state: 'opaque', failure: { code: 'notContent' } },
    { state: 'failed', failure: { code: 'contentDamaged', reason: expect.stringContaining('ends within') } },
    { state: 'read', warnings: [] },
  ]);
});

test('a config with another number of layers is said of each, and an index is no image', async () => {
  const { core, image } = await served(
    imageOf([rawTar(BASE), rawTar(UPPER)], { diffIds: [sha256(rawTar(BASE))] }),
  );
  await all(core.files.read(image, { layers: [1] }));
  expect((await core.files.layers(image)).layers).toMatchObject([
    { state: 'unread' },
    { state: 'read', warnings: ['configApart'] },
  ]);
  await expect(all(core.files.read(image, { layers: [2] }))).rejects.toMatchObject({ code: 'invalidInput' });
});

test('how much each layer did is counted without directories, as far as layers were read', async () => {
  const { core, image, blobs } = await served(imageOf([rawTar(BASE), rawTar(UPPER)]));
  expect(await core.files.changes(image)).toEqual([]);
  await all(core.files.read(image, { layers: [0] }));
  const base = { added: 6, changed: 0, removed: 0 };
  expect(await core.files.changes(image)).toEqual([base]);
  await all(core.files.read(image));
  expect(await core.files.changes(image)).toEqual([base, { added: 1, changed: 1, removed: 1 }]);
  expect(blobs()).toBe(2);
});
