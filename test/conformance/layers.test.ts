import { execFileSync } from 'node:child_process';
import { linkSync } from 'node:fs';
import {
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Core, ImageAt } from '../../src-main/services/index.ts';
import { all, testCore } from '../services/support/core.ts';
import { descriptor, seededBytes } from '../support/images.ts';
import { imageOf, type RawEntry, rawTar } from '../support/layers.ts';
import { describeWithPeer } from '../support/peers.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** `path type mode size-or-link` of all that is in a folder. */
async function onDisk(root: string, folder = ''): Promise<string[]> {
  const lines: string[] = [];
  for (const name of await readdir(path.join(root, folder))) {
    const at = path.posix.join(folder, name);
    const found = await lstat(path.join(root, at));
    if (found.isSymbolicLink()) lines.push(`${at} symlink ${await readlink(path.join(root, at))}`);
    else if (found.isDirectory())
      lines.push(`${at} directory ${found.mode & 0o7777}`, ...(await onDisk(root, at)));
    else if (found.isFIFO()) lines.push(`${at} fifo ${found.mode & 0o7777}`);
    else lines.push(`${at} file ${found.mode & 0o7777} ${found.size}`);
  }
  return lines;
}

async function inImage(core: Core, image: ImageAt): Promise<string[]> {
  const lines: string[] = [];
  for (const { path: at, type, mode, size, link } of await all(
    core.files.walk(image, { view: 'merged', path: '' }),
  )) {
    if (type === 'symlink') lines.push(`${at} symlink ${link}`);
    else if (type === 'directory' || type === 'fifo') lines.push(`${at} ${type} ${mode}`);
    // A second name of a file has the size of the first.
    else
      lines.push(
        `${at} file ${mode} ${type === 'file' ? size : (await core.files.file(image, { path: at })).size}`,
      );
  }
  return lines;
}

async function imageIn(layout: string): Promise<{ core: Core; image: ImageAt }> {
  const core = await testCore();
  const place = { kind: 'ociLayout', path: layout } as const;
  return { core, image: { handle: core.content.handle(place), repository: '', reference: 'app' } };
}

/** Names that `tar` lists of each layer, beside ours. */
async function checkAgainstTar(core: Core, image: ImageAt, layout: string): Promise<void> {
  const { layers } = await core.files.layers(image);
  for (const [at, { digest, state, warnings, entries }] of layers.entries()) {
    expect({ state, warnings }).toEqual({ state: 'read', warnings: [] });
    const blob = path.join(layout, 'blobs/sha256', digest.slice('sha256:'.length));
    const names = execFileSync('tar', ['tf', blob, '--quoting-style=literal'], { encoding: 'utf8' })
      .split('\n')
      .filter(Boolean);
    expect(entries).toBe(names.length);
    const plain = names
      .map((name) => path.posix.normalize(name).replace(/^\.?\/|^\.$|\/$/g, ''))
      .filter((name) => !/(^|\/)\.wh\./.test(name));
    const said = (await all(core.files.walk(image, { at, view: 'layer', path: '' })))
      .filter(({ change, layer }) => layer === at && change !== 'removed')
      .map((entry) => entry.path);
    for (const name of plain.filter(Boolean)) expect(said).toContain(name);
  }
}

describeWithPeer('umoci', 'layers that umoci made', ({ umoci: program }) => {
  const umoci = (folder: string, ...args: readonly string[]) =>
    execFileSync(program, args, { cwd: folder, stdio: 'pipe' });

  test('are one tree that is the root file system which umoci unpacks', async () => {
    const folder = await temporaryFolder();
    umoci(folder, 'init', '--layout', 'layout');
    umoci(folder, 'new', '--image', 'layout:app');
    const change = async (name: string, work: (root: string) => Promise<unknown>) => {
      umoci(folder, 'unpack', '--image', 'layout:app', name);
      await work(path.join(folder, name, 'rootfs'));
      umoci(folder, 'repack', '--image', 'layout:app', name);
    };
    await change('one', async (root) => {
      await mkdir(path.join(root, 'etc/deep/er'), { recursive: true });
      await mkdir(path.join(root, 'var/cache'), { recursive: true, mode: 0o700 });
      await writeFile(path.join(root, 'etc/passwd'), 'root\n', { mode: 0o600 });
      await writeFile(path.join(root, 'etc/deep/er/file'), seededBytes('deep', 100_000));
      await writeFile(path.join(root, `etc/${'long-'.repeat(40)}`), 'long');
      await writeFile(path.join(root, 'etc/ünïcode with blanks'), 'x');
      await writeFile(path.join(root, 'var/cache/stale'), 'stale');
      linkSync(path.join(root, 'etc/passwd'), path.join(root, 'etc/shadow'));
      await symlink('deep/er', path.join(root, 'etc/link'));
      await symlink(`/${'very/'.repeat(40)}far`, path.join(root, 'etc/far'));
      await writeFile(path.join(root, 'sparse'), '');
      await truncate(path.join(root, 'sparse'), 3_000_000);
    });
    await change('two', async (root) => {
      await rm(path.join(root, 'etc/deep'), { recursive: true });
      await writeFile(path.join(root, 'etc/deep'), 'a file in its place');
      await rm(path.join(root, 'var/cache/stale'));
      await rm(path.join(root, 'etc/link'));
      await mkdir(path.join(root, 'etc/link'));
      await writeFile(path.join(root, 'etc/link/inside'), 'inside');
    });
    await change('three', async (root) => {
      await rm(path.join(root, 'etc/shadow'));
      await rm(path.join(root, 'var'), { recursive: true });
      await mkdir(path.join(root, 'var'));
      await writeFile(path.join(root, 'var/new'), 'new');
    });
    umoci(folder, 'unpack', '--image', 'layout:app', 'whole');
    const layout = path.join(folder, 'layout');
    const { core, image } = await imageIn(layout);
    expect((await inImage(core, image)).sort()).toEqual(
      (await onDisk(path.join(folder, 'whole/rootfs'))).sort(),
    );
    expect((await core.files.layers(image)).layers.length).toBe(3);
    await checkAgainstTar(core, image, layout);
    const saved = path.join(folder, 'saved');
    await core.files.save(image, { path: 'etc', to: saved, folder: true });
    expect(await readFile(path.join(saved, 'passwd'), 'utf8')).toBe('root\n');
  });
});

/** Layers whose paths go through links, of their own and of those below. */
const THROUGH_LINKS: readonly (readonly RawEntry[])[] = [
  [
    { name: 'usr/', type: '5', mode: 0o755 },
    { name: 'usr/bin/', type: '5', mode: 0o755 },
    { name: 'usr/bin/old', content: 'old' },
    { name: 'usr/bin/stays', content: 'stays' },
    { name: 'bin', type: '2', link: 'usr/bin' },
    { name: 'bin/same-layer', content: 'same layer' },
    { name: 'lib', type: '2', link: '/usr/lib' },
    { name: 'out', type: '2', link: '../../../srv' },
    { name: 'twice', content: 'first' },
    { name: 'twice', content: 'second one' },
  ],
  [
    { name: 'bin/new', content: 'new one' },
    { name: 'bin/old', content: 'another' },
    { name: 'lib/deep/er', content: 'deeper' },
    { name: 'out/outside', content: 'within' },
    { name: 'sbin', type: '2', link: 'bin' },
  ],
  [
    { name: 'sbin/.wh.old' },
    { name: 'sbin/last', content: 'the last' },
    { name: 'lib/', type: '5', mode: 0o750 },
    { name: 'lib/own', content: 'in its place' },
  ],
];

describeWithPeer('umoci', 'layers whose paths go through links', ({ umoci: program }) => {
  test('are the root file system that umoci unpacks', async () => {
    const folder = await temporaryFolder();
    const layout = path.join(folder, 'layout');
    const image = imageOf(THROUGH_LINKS.map((entries) => rawTar(entries)));
    const blobs = path.join(layout, 'blobs/sha256');
    await mkdir(blobs, { recursive: true });
    for (const { digest, bytes } of [image, ...image.blobs])
      await writeFile(path.join(blobs, digest.slice('sha256:'.length)), bytes);
    await writeFile(path.join(layout, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
    const named = { ...descriptor(image), annotations: { 'org.opencontainers.image.ref.name': 'app' } };
    await writeFile(
      path.join(layout, 'index.json'),
      JSON.stringify({ schemaVersion: 2, manifests: [named] }),
    );
    execFileSync(program, ['unpack', '--image', 'layout:app', 'whole'], { cwd: folder, stdio: 'pipe' });
    const { core, image: at } = await imageIn(layout);
    expect((await inImage(core, at)).sort()).toEqual(
      (await onDisk(path.join(folder, 'whole/rootfs'))).sort(),
    );
    const open = async (file: string) => await core.files.open(at, { path: file });
    expect(await open('usr/bin/new')).toMatchObject({ text: 'new one', layer: 1 });
    expect(await open('usr/bin/same-layer')).toMatchObject({ text: 'same layer', layer: 0 });
    expect(await open('sbin/last')).toMatchObject({ text: 'the last', layer: 2 });
    const saved = path.join(folder, 'saved');
    await core.files.save(at, { path: 'usr/bin', to: saved, folder: true });
    expect((await readdir(saved)).sort()).toEqual(['last', 'new', 'same-layer', 'stays']);
    expect(await readFile(path.join(saved, 'last'), 'utf8')).toBe('the last');
  });
});

describeWithPeer('podman', 'layers that buildah made, as podman build uses it', ({ podman }) => {
  test('are listed as tar lists them, and have what was copied into them', async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, 'context/sub'), { recursive: true });
    await writeFile(path.join(folder, 'context/one'), 'one');
    await writeFile(path.join(folder, 'context/sub/two'), seededBytes('two', 50_000), { mode: 0o755 });
    await writeFile(
      path.join(folder, 'Containerfile'),
      'FROM scratch\nCOPY one /app/one\nCOPY . /all/\nCOPY sub/two /app/one\n',
    );
    const store = [
      '--root',
      path.join(folder, 'store'),
      '--runroot',
      path.join(folder, 'run'),
      '--storage-driver',
      'vfs',
    ];
    const run = (...args: readonly string[]) =>
      execFileSync(podman, [...store, ...args], { cwd: folder, stdio: 'pipe' });
    run('build', '--layers', '--file', 'Containerfile', '--tag', 'localhost/app:1', 'context');
    const layout = path.join(folder, 'layout');
    run('push', 'localhost/app:1', `oci:${layout}:app`);
    run('rmi', '--all', '--force');
    const { core, image } = await imageIn(layout);
    const found = await all(core.files.walk(image, { view: 'merged', path: '' }));
    expect(
      found.map(
        ({ path: at, type, size, mode, layer }) => `${at} ${type} ${size} ${mode.toString(8)} ${layer}`,
      ),
    ).toEqual([
      'all directory 0 755 1',
      'all/one file 3 644 1',
      'all/sub directory 0 755 1',
      'all/sub/two file 50000 755 1',
      'app directory 0 755 2',
      'app/one file 50000 755 2',
    ]);
    await checkAgainstTar(core, image, layout);
    expect(await core.files.wasted(image, { offset: 0, limit: 10 })).toMatchObject({
      wastedBytes: 50_003,
      items: [{ path: 'app/one', layers: [0, 2], bytes: 50_003 }],
    });
  });
});
