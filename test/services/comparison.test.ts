import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import type { Comparison, ComparisonStep, FileDifference } from '../../src-main/common/comparison.ts';
import { FileCache } from '../../src-main/data/index.ts';
import { Comparisons } from '../../src-main/services/comparison/index.ts';
import { type ComparedImages, type Core, failureOf } from '../../src-main/services/index.ts';
import { KnownLayers } from '../../src-main/services/layers/known-layers.ts';
import { packageFinder } from '../../src-main/services/packages/finder.ts';
import { type Build, built } from '../support/compared.ts';
import {
  amd64,
  arm64,
  blob,
  makeIndex,
  mediaTypes,
  seededBytes,
  type TestManifest,
} from '../support/images.ts';
import { imageOf, type RawEntry, rawTar } from '../support/layers.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { sbomOf } from '../support/packages.ts';
import { push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { testCore } from './support/core.ts';

type Options = Parameters<Core['comparison']['compare']>[1];

const PAGE = { offset: 0, limit: 1000 };
const base: readonly RawEntry[] = [
  { name: 'etc/hostname', content: 'app\n' },
  { name: 'etc/passwd', content: 'root:x:0:0\n' },
  { name: 'usr/bin', type: '5', mode: 0o755 },
  { name: 'usr/bin/app', content: 'the app', mode: 0o755 },
  { name: 'usr/bin/alias', type: '2', link: 'app' },
];

/** A layer that no other test has. */
const only = (name: string): RawEntry[] => [{ name: `only/${name}`, content: name }];

let core: Core;
let registry: GuardedRegistry;
let other: GuardedRegistry;
let stages = 0;

beforeAll(async () => {
  [core, registry, other] = await Promise.all([testCore(), startTestRegistry(), startTestRegistry()]);
});

/** In repositories of their own. */
async function stage(left: TestManifest, right: TestManifest) {
  stages += 1;
  const [team, prod] = [`team/app-${stages}`, `prod/app-${stages}`];
  await push(left, registry, team, 'tested');
  await push(right, other, prod, '1.0');
  const images: ComparedImages = {
    left: { handle: await core.accounts.forHost(registry.url), repository: team, reference: 'tested' },
    right: { handle: await core.accounts.forHost(other.url), repository: prod, reference: '1.0' },
  };
  const compare = async (options: Options = { files: true }) =>
    await answerOf(core.comparison.compare(images, options));
  const files = async (): Promise<readonly FileDifference[]> =>
    (await core.comparison.files(images, { ...PAGE, times: true })).items;
  return {
    images,
    compare,
    files,
    reads: () => layersSent(registry, team, left).length + layersSent(other, prod, right).length,
    /** Bytes of layers that were sent. */
    read: () =>
      [...layersSent(registry, team, left), ...layersSent(other, prod, right)].reduce(
        (sum, { responseBytes }) => sum + responseBytes,
        0,
      ),
  };
}

function layersSent({ requests }: GuardedRegistry, repository: string, { blobs }: TestManifest) {
  const paths = blobs.slice(1).map(({ digest }) => `/v2/${repository}/blobs/${digest}`);
  return requests.filter(({ method, path }) => method === 'GET' && paths.includes(path));
}

async function answerOf(steps: AsyncIterable<ComparisonStep>): Promise<Comparison> {
  for await (const step of steps) if (step.kind === 'compared') return step.comparison;
  throw new Error('It ended without an answer.');
}

const builds = async (left: Build, right: Build) => await stage(built(left), built(right));

/** What differs of each path, in short. */
const short = (rows: readonly FileDifference[]) =>
  rows.map(({ path, change, aspects, uncertain }) =>
    [change, path, ...aspects, ...(uncertain ? ['?'] : [])].join(' '),
  );

test('one digest in two registries is identical, and no layer is read', async () => {
  const { compare, reads } = await builds({ layers: [base, only('a')] }, { layers: [base, only('a')] });
  expect(await compare({ files: true, packages: true })).toMatchObject({
    verdict: 'identical',
    same: true,
    differs: [],
    unknown: [],
    left: { reference: expect.stringMatching(/team\/app-1:tested$/) },
    right: { reference: expect.stringMatching(/prod\/app-1:1\.0$/) },
    platforms: [
      {
        state: 'both',
        verdict: 'identical',
        platform: amd64,
        layers: [{ state: 'same' }, { state: 'same' }],
        packages: { added: [], removed: [], changed: [] },
      },
    ],
  });
  expect(reads()).toBe(0);
});

test('layers compressed with zstd are the same content under another manifest, and none is read', async () => {
  const { compare, reads } = await builds(
    { layers: [only('b')] },
    { layers: [only('b')], compression: 'zstd' },
  );
  const { bytes, ...found } = await compare({ files: true, packages: true });
  expect(found).toMatchObject({
    verdict: 'sameContent',
    same: true,
    differs: ['manifest'],
    unknown: [],
    platforms: [
      {
        layers: [{ state: 'recompressed', left: { index: 0 }, right: { index: 0 } }],
        files: { added: 0, removed: 0, changed: 0, uncertain: 0, unreadShared: [] },
      },
    ],
  });
  expect(bytes.differing).toBe(bytes.left + bytes.right - 2 * bytes.shared);
  expect(reads()).toBe(0);
});

test('a file added, with the layer that brought it; directories speak through what is in them', async () => {
  const added = [
    { name: 'srv', type: '5' },
    { name: 'srv/new.txt', content: 'new' },
  ];
  const { compare, files } = await builds({ layers: [base] }, { layers: [base, added] });
  expect(await compare()).toMatchObject({
    verdict: 'different',
    same: false,
    differs: ['layers', 'files'],
    unknown: ['packages'],
    platforms: [
      {
        layers: [{ state: 'same' }, { state: 'onlyRight', right: { index: 1 } }],
        files: { added: 1, removed: 0, changed: 0, uncertain: 0, unreadShared: [], bytes: { added: 3 } },
      },
    ],
  });
  expect(await files()).toMatchObject([
    {
      path: 'srv/new.txt',
      change: 'added',
      right: { type: 'file', size: 3, layer: 1, sha256: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
    },
  ]);
});

test('mode, owner, content, link and attributes, each by itself; what a layer only repeats is no difference', async () => {
  const capable = { 'SCHILY.xattr.security.capability': 'net' };
  const { compare, files } = await builds(
    { layers: [[...base, { name: 'etc/owned' }, { name: 'usr/bin/ping', content: 'ping' }]] },
    {
      layers: [
        [...base, { name: 'etc/owned' }, { name: 'usr/bin/ping', content: 'ping' }],
        [
          { name: 'etc/hostname', content: 'app\n' },
          { name: 'etc/passwd', content: 'root:y:0:0\n' },
          { name: 'usr/bin/app', content: 'the app', mode: 0o700 },
          { name: 'usr/bin/alias', type: '2', link: 'ping' },
          { name: 'etc/owned', pax: { uid: '1000' } },
          { name: 'usr/bin/ping', content: 'ping', pax: capable },
        ],
      ],
    },
  );
  expect((await compare()).verdict).toBe('different');
  expect(short(await files())).toEqual([
    'changed etc/owned owner',
    'changed etc/passwd content',
    'changed usr/bin/alias link',
    'changed usr/bin/app mode',
    'changed usr/bin/ping attributes',
  ]);
});

test('layers whose files were only listed before are read for what is in them', async () => {
  const at = (content: string) => imageOf([rawTar([...only('listed'), { name: 'etc/motd', content }])]);
  const { images, compare, files } = await stage(at('one'), at('two'));
  for (const image of [images.left, images.right]) for await (const _ of core.files.read(image));
  expect(await compare()).toMatchObject({ verdict: 'different' });
  expect(short(await files())).toEqual(['changed etc/motd content']);
});

test('squashed layers hold the same files: a whiteout, a file written over, a hard link under either name first', async () => {
  const first = [
    { name: 'a/one', content: '1' },
    { name: 'a/two', content: '2' },
    { name: 'a/old', content: 'old' },
    { name: 'a/link', type: '1', link: 'a/one' },
  ];
  const second = [{ name: 'a/.wh.old' }, { name: 'a/two', content: 'second' }];
  const squashed = [
    { name: 'a/link', content: '1' },
    { name: 'a/one', type: '1', link: 'a/link' },
    { name: 'a/two', content: 'second' },
  ];
  const { compare, files } = await builds({ layers: [first, second] }, { layers: [squashed] });
  expect(await compare()).toMatchObject({ verdict: 'sameFiles', same: false, differs: ['layers'] });
  expect(await files()).toEqual([]);
});

test('built again at another time: only timestamps', async () => {
  const touched = base.map((entry) => ({ ...entry, pax: { mtime: '1800000000' } }));
  const history = ['COPY rootfs / # buildkit'];
  const { compare, files } = await builds(
    { layers: [base], history },
    { layers: [touched], history, created: '2027-01-15T08:00:00Z' },
  );
  const { platforms, ...found } = await compare();
  expect(found).toMatchObject({ verdict: 'timestamps', same: false, differs: ['layers', 'timestamps'] });
  expect(platforms[0]).toMatchObject({
    config: [{ field: 'created', left: '2026-01-02T03:04:05Z', right: '2027-01-15T08:00:00Z' }],
    history: [{ state: 'dates' }],
    files: { added: 0, removed: 0, changed: 5, timesOnly: 5 },
  });
  expect(short(await files())).toContain('changed usr/bin/app modified');
});

test('without its files the verdict says what was not looked at', async () => {
  const { compare, reads } = await builds({ layers: [only('c')] }, { layers: [only('d')] });
  expect(await compare({})).toMatchObject({
    verdict: 'different',
    differs: ['layers'],
    unknown: ['files', 'packages'],
  });
  expect(reads()).toBe(0);
});

test('the configuration by field and name, in whatever order sets are written; what looks like a secret says so', async () => {
  const { compare } = await builds(
    {
      layers: [base],
      config: {
        Env: ['PATH=/bin', 'MODE=test', 'API_TOKEN=abc'],
        ExposedPorts: { '80/tcp': {}, '443/tcp': {} },
        Cmd: ['/app'],
        Labels: { version: '1' },
      },
    },
    {
      layers: [base],
      config: {
        Env: ['MODE=production', 'PATH=/bin', 'API_TOKEN=def'],
        ExposedPorts: { '443/tcp': {}, '80/tcp': {} },
        Cmd: ['/app', '-v'],
        User: '1000',
        Labels: { version: '2' },
      },
    },
  );
  const { verdict, platforms } = await compare();
  expect(verdict).toBe('different');
  expect(platforms[0]?.config).toEqual([
    { field: 'environment', key: 'MODE', left: 'test', right: 'production', secret: false },
    { field: 'environment', key: 'API_TOKEN', left: 'abc', right: 'def', secret: true },
    { field: 'command', left: ['/app'], right: ['/app', '-v'], secret: false },
    { field: 'user', left: null, right: '1000', secret: false },
    { field: 'labels', key: 'version', left: '1', right: '2', secret: false },
  ]);
});

test('all platforms of two indexes in one answer, one that is missing, and one alone that is asked for', async () => {
  const [one, other] = [{ layers: [base] }, { layers: [[{ name: 'b', content: 'b' }]] }];
  const [left, right] = [
    makeIndex([
      { manifest: built({ ...one, platform: amd64 }), platform: amd64 },
      { manifest: built({ ...one, platform: arm64 }), platform: arm64 },
    ]),
    makeIndex([
      { manifest: built({ ...one, platform: amd64 }), platform: amd64 },
      {
        manifest: built({ ...other, platform: { os: 'linux', architecture: 's390x' } }),
        platform: { os: 'linux', architecture: 's390x' },
      },
    ]),
  ];
  const { compare, images } = await stage(left, right);
  expect(await compare()).toMatchObject({
    verdict: 'different',
    differs: ['platforms'],
    platforms: [
      { platform: amd64, state: 'both', verdict: 'identical' },
      { platform: arm64, state: 'onlyLeft', layers: [{ state: 'onlyLeft' }] },
      { platform: { architecture: 's390x' }, state: 'onlyRight' },
    ],
  });
  expect(await compare({ platform: 'linux/amd64' })).toMatchObject({
    verdict: 'sameContent',
    platforms: [{ verdict: 'identical' }],
  });
  await expect(compare({ platform: 'plan9/mips' })).rejects.toMatchObject({ code: 'invalidInput' });
  await expect(core.comparison.files(images, PAGE)).rejects.toMatchObject({ code: 'invalidInput' });
});

test('a large layer that both have is not read: what it hides is said to be uncertain, until it is asked for', async () => {
  const large = [{ name: 'large', content: seededBytes('large', 900_000) }, ...base];
  const left = [
    { name: 'etc/hostname', content: 'left\n' },
    { name: 'srv/both', content: seededBytes('left', 90_000) },
  ];
  const right = [{ name: 'etc/.wh.passwd' }, { name: 'srv/both', content: seededBytes('right', 80_000) }];
  const { images, read } = await builds({ layers: [large, left] }, { layers: [large, right] });
  const known = new KnownLayers(new FileCache(await temporaryFolder()), packageFinder);
  const comparison = new Comparisons(known, core.packages, { sharedMax: 500_000 });
  const { platforms, bytes } = await answerOf(comparison.compare(images, { files: true }));
  expect(platforms[0]?.files).toMatchObject({
    uncertain: 2,
    unreadShared: [platforms[0]?.layers[0]?.left?.digest],
  });
  // Of a million bytes the tenth that differs.
  expect(bytes.shared).toBeGreaterThan(900_000);
  expect(read()).toBeLessThan(200_000);
  const { items } = await comparison.files(images, PAGE);
  expect(short(items)).toEqual([
    'removed etc/hostname ?',
    'changed srv/both size content',
    'removed etc/passwd ?',
  ]);
  const whole = await comparison.files(images, { ...PAGE, shared: true });
  expect(read()).toBeGreaterThan(1_000_000);
  expect(short(whole.items)).toEqual([
    'changed etc/hostname size content',
    'removed etc/passwd',
    'changed srv/both size content',
  ]);
  // Now that it is known, nobody has to ask.
  expect((await comparison.files(images, PAGE)).items).toEqual(whole.items);
});

test('a text line by line; what is binary or too large says so', async () => {
  const lines = Array.from({ length: 20 }, (_, at) => `line ${at}`);
  const text = (changed: string) => `${lines.with(9, changed).join('\n')}\n`;
  const { images } = await builds(
    {
      layers: [
        [
          { name: 'text', content: text('left') },
          { name: 'binary', content: Buffer.from([0, 1]) },
          { name: 'large', content: Buffer.alloc(1_100_000, 'a') },
          { name: 'gone', content: 'was here\n' },
        ],
      ],
    },
    {
      layers: [
        [
          { name: 'text', content: text('right') },
          { name: 'binary', content: Buffer.from([0, 2]) },
          { name: 'large', content: Buffer.alloc(1_100_000, 'b') },
        ],
      ],
    },
  );
  const compare = async (path: string) => await core.comparison.text(images, { path });
  const same = (at: number) => ({ state: 'same', text: `line ${at}` });
  expect(await compare('text')).toEqual({
    kind: 'text',
    hunks: [
      {
        left: 7,
        right: 7,
        lines: [
          ...[6, 7, 8].map(same),
          { state: 'onlyLeft', text: 'left' },
          { state: 'onlyRight', text: 'right' },
          ...[10, 11, 12].map(same),
        ],
      },
    ],
  });
  expect(await compare('binary')).toMatchObject({ kind: 'binary', left: { size: 2 }, right: { size: 2 } });
  expect(await compare('large')).toMatchObject({ kind: 'tooLarge' });
  expect(await compare('gone')).toMatchObject({
    hunks: [{ left: 1, right: 1, lines: [{ state: 'onlyLeft', text: 'was here' }] }],
  });
  await expect(compare('nowhere')).rejects.toMatchObject({ code: 'fileUnknown' });
});

test('a layer that cannot be read is said to be, and the rest is compared', async () => {
  const broken = blob(mediaTypes.oci.layer, gzipSync('this is no archive'));
  const { compare, files, images } = await stage(
    imageOf([rawTar(base), rawTar([{ name: 'more', content: 'y' }])]),
    imageOf([rawTar(base), broken, rawTar([{ name: 'last', content: 'z' }])]),
  );
  expect(await compare()).toMatchObject({
    verdict: 'different',
    unknown: ['files', 'packages'],
    platforms: [{ files: { failed: [{ side: 'right', layer: 1, failure: { code: 'notContent' } }] } }],
  });
  expect(short(await files())).toEqual(['added last', 'removed more']);
  const to = path.join(await temporaryFolder(), 'report.md');
  await core.comparison.report(images, { files: true, format: 'markdown', language: 'zh-CN', to });
  expect(await readFile(to, 'utf8')).toMatch(/右侧第 1 层无法读取：内容不是预期的格式（.+）。/);
  await core.comparison.report(images, { files: true, format: 'html', language: 'en', to });
  expect(await readFile(to, 'utf8')).toContain('Layer 1 of the right could not be read:');
});

test('what is attached to either is told as being there, with what could not be looked at', async () => {
  const [left, right] = [built({ layers: [only('e')] }), built({ layers: [only('f')] })];
  const { compare, images } = await stage(left, right);
  const sbom = sbomOf(left);
  await push(sbom, registry, images.left.repository);
  expect((await compare()).attached).toEqual({
    kinds: [
      {
        kind: 'sbom',
        state: 'onlyLeft',
        left: [{ digest: sbom.digest, artifactType: 'application/spdx+json', formats: ['SPDX'] }],
        right: [],
      },
    ],
    unseen: [],
  });
});

test('packages of SBOMs if both have one, else of the files of both', async () => {
  const dpkg = (version: string): RawEntry => ({
    name: 'var/lib/dpkg/status',
    content: `Package: curl\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n`,
  });
  const [left, right] = [built({ layers: [[dpkg('1.0-1')]] }), built({ layers: [[dpkg('1.0-2')]] })];
  const { compare, images } = await stage(left, right);
  await push(sbomOf(left), registry, images.left.repository);
  const curl = { change: 'upgraded', type: 'deb', name: 'curl', left: ['1.0-1'], right: ['1.0-2'] };
  expect(await compare({ packages: true })).toMatchObject({
    verdict: 'different',
    differs: ['layers', 'packages'],
    platforms: [
      {
        packages: {
          added: [],
          removed: [],
          changed: [curl],
          read: { left: { source: 'files' }, right: { source: 'files' } },
        },
      },
    ],
  });
  await push(sbomOf(right), other, images.right.repository);
  expect((await compare({ packages: true })).platforms[0]?.packages).toMatchObject({
    changed: [],
    read: { same: 1, left: { source: 'sbom', packages: 1 }, right: { source: 'sbom' } },
  });
});

test('who stops waiting ends it, and what was read of a layer is told meanwhile', async () => {
  const slow = await startTestRegistry({
    faults: [{ when: { path: /blobs/ }, kind: 'slow', bytesPerSecond: 1_000_000 }],
  });
  const large = (name: string) => built({ layers: [[{ name, content: seededBytes(name, 2_000_000) }]] });
  await push(large('left'), slow, 'app', 'left');
  await push(large('right'), slow, 'app', 'right');
  const handle = await core.accounts.forHost(slow.url);
  const at = (reference: string) => ({ handle, repository: 'app', reference });
  const controller = new AbortController();
  const steps = core.comparison.compare(
    { left: at('left'), right: at('right') },
    { files: true, signal: controller.signal },
  );
  for await (const step of steps) {
    expect(step).toMatchObject({ kind: 'reading', layers: 2, size: expect.any(Number) });
    break;
  }
  const again = core.comparison.compare(
    { left: at('left'), right: at('right') },
    { files: true, signal: controller.signal },
  );
  await again.next();
  controller.abort();
  const ended = await again.next().catch((error: unknown) => failureOf(error).code);
  expect(ended).toBe('cancelled');
});
