import { chmod, mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test, vi } from 'vitest';
import type { Comparison } from '../../src-main/common/comparison.ts';
import type { ComparedImages, Core } from '../../src-main/services/index.ts';
import { testCore } from '../services/support/core.ts';
import { describeWithPeer } from '../support/peers.ts';
import { ownPodman, startEngine } from '../support/podman.ts';
import { runProcess } from '../support/process.ts';
import { temporaryFolder } from '../support/temporary.ts';

// Each image is unpacked and packed again by programs of their own.
vi.setConfig({ testTimeout: 120_000 });

/** The time of every file that no test touches, in seconds. */
const BUILT = 1_700_000_000;
const STATUS = (version: string) =>
  `Package: curl\nStatus: install ok installed\nMaintainer: T <t@example.test>\nArchitecture: amd64\nVersion: ${version}\nDescription: curl\n`;
/** What all pairs have in common. */
const TREE = {
  'etc/app.conf': 'port = 80\n',
  'usr/bin/app': 'the app\n',
  'var/lib/dpkg/status': STATUS('7.88.1-9'),
};

async function answerOf(core: Core, images: ComparedImages): Promise<Comparison> {
  for await (const step of core.comparison.compare(images, { files: true, packages: true }))
    if (step.kind === 'compared') return step.comparison;
  throw new Error('It ended without an answer.');
}

/** Writes files whose times are known, directories too. */
async function write(folder: string, files: Readonly<Record<string, string>>, time = BUILT): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    await utimes(file, time, time);
  }
  for (const each of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (each.isDirectory()) await utimes(path.join(each.parentPath, each.name), BUILT, BUILT);
}

describeWithPeer(
  ['umoci', 'skopeo', 'podman'],
  'pairs that umoci, skopeo and buildah (in podman) made of known trees',
  ({ umoci, skopeo, podman }) => {
    let folder: string;
    let layout: string;
    let core: Core;

    const run = async (...args: readonly string[]) => await runProcess(umoci, args);
    /** Makes an image of another one by what is done to its root file system. */
    const image = async (from: string, to: string, change: (root: string) => Promise<void>) => {
      const bundle = path.join(folder, `bundle-${to}`);
      await run('unpack', '--rootless', '--image', `${layout}:${from}`, bundle);
      await change(path.join(bundle, 'rootfs'));
      await run('repack', '--history.created_by', 'COPY rootfs /', '--image', `${layout}:${to}`, bundle);
    };
    /** Has podman store an image of the layout by a name. */
    const load = async (common: readonly string[], tag: string, name: string) => {
      const archive = path.join(await temporaryFolder(), 'image.tar');
      const copy = [
        '--insecure-policy',
        'copy',
        '--quiet',
        `oci:${layout}:${tag}`,
        `oci-archive:${archive}:${name}`,
      ];
      await runProcess(skopeo, copy);
      await runProcess(podman, [...common, 'load', '--quiet', '--input', archive]);
    };
    const at = (reference: string, where = layout) => ({
      handle: core.content.handle({ kind: 'ociLayout', path: where }),
      repository: '',
      reference,
    });
    /** The comparison, and what differs of each path in short. */
    const compared = async (images: ComparedImages) => {
      const found = await answerOf(core, images);
      const { items } = await core.comparison.files(images, { offset: 0, limit: 100, times: true });
      const [platform] = found.platforms;
      return {
        verdict: found.verdict,
        same: found.same,
        layers: platform?.layers.map(({ state }) => state),
        config: platform?.config.flatMap(({ field, left, right }) =>
          field === 'created' ? [] : [`${field} ${left} ${right}`],
        ),
        files: items.map(({ path: name, change, aspects }) => [change, name, ...aspects].join(' ')),
        packages: [
          ...(platform?.packages?.added ?? []),
          ...(platform?.packages?.removed ?? []),
          ...(platform?.packages?.changed ?? []),
        ],
      };
    };

    beforeAll(async () => {
      folder = await temporaryFolder();
      layout = path.join(folder, 'layout');
      core = await testCore();
      await run('init', '--layout', layout);
      await run('new', '--image', `${layout}:empty`);
      await image('empty', 'base', (root) => write(root, TREE));
    });

    test('a file added', async () => {
      await image('base', 'added', (root) => write(root, { 'srv/new.txt': 'new\n' }));
      expect(await compared({ left: at('base'), right: at('added') })).toEqual({
        verdict: 'different',
        same: false,
        layers: ['same', 'onlyRight'],
        config: [],
        files: ['added srv/new.txt'],
        packages: [],
      });
    });

    test('a mode changed', async () => {
      await image('base', 'mode', (root) => chmod(path.join(root, 'usr/bin/app'), 0o755));
      expect(await compared({ left: at('base'), right: at('mode') })).toEqual({
        verdict: 'different',
        same: false,
        layers: ['same', 'onlyRight'],
        config: [],
        files: ['changed usr/bin/app mode'],
        packages: [],
      });
    });

    test('a layer compressed again, with zstd', async () => {
      const other = path.join(folder, 'zstd');
      const compress = ['--dest-compress', '--dest-compress-format', 'zstd'];
      await runProcess(skopeo, [
        ...['--insecure-policy', 'copy', '--quiet', ...compress],
        ...[`oci:${layout}:base`, `oci:${other}:base`],
      ]);
      expect(await compared({ left: at('base'), right: at('base', other) })).toEqual({
        verdict: 'sameContent',
        same: true,
        layers: ['recompressed'],
        config: [],
        files: [],
        packages: [],
      });
    });

    test('only timestamps', async () => {
      const later = BUILT + 3600;
      await image('empty', 'later', (root) => write(root, TREE, later));
      expect(await compared({ left: at('base'), right: at('later') })).toEqual({
        verdict: 'timestamps',
        same: false,
        layers: ['onlyLeft', 'onlyRight'],
        config: [],
        files: Object.keys(TREE).map((name) => `changed ${name} modified`),
        packages: [],
      });
    });

    test('a package upgraded', async () => {
      await image('base', 'upgraded', (root) => write(root, { 'var/lib/dpkg/status': STATUS('7.88.1-10') }));
      expect(await compared({ left: at('base'), right: at('upgraded') })).toEqual({
        verdict: 'different',
        same: false,
        layers: ['same', 'onlyRight'],
        config: [],
        files: ['changed var/lib/dpkg/status size content'],
        packages: [
          { change: 'upgraded', type: 'deb', name: 'curl', left: ['7.88.1-9'], right: ['7.88.1-10'] },
        ],
      });
    });

    test('layers squashed by buildah: the same files, whatever a layer took away again', async () => {
      await image('base', 'kept', (root) =>
        write(root, { 'srv/new.txt': 'new\n', 'srv/gone.txt': 'gone\n' }),
      );
      await image('kept', 'two', (root) =>
        runProcess('rm', [path.join(root, 'srv/gone.txt')]).then(() => undefined),
      );
      // Buildah gives one to every image that has none.
      const search = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
      await run('config', '--config.env', search, '--image', `${layout}:two`);
      const common = await ownPodman();
      await load(common, 'two', 'quay.io/team/two:1');
      const context = path.join(folder, 'squash');
      await write(context, { Containerfile: 'FROM quay.io/team/two:1\n' });
      const build = [
        'build',
        '--isolation',
        'chroot',
        '--squash-all',
        '--identity-label=false',
        '--tag',
        'localhost/squashed',
      ];
      await runProcess(podman, [...common, ...build, context]);
      const other = path.join(folder, 'squashed');
      await runProcess(podman, [...common, 'push', '--quiet', 'localhost/squashed', `oci:${other}:1`]);
      expect(await compared({ left: at('two'), right: at('1', other) })).toEqual({
        verdict: 'sameFiles',
        same: false,
        layers: ['onlyLeft', 'onlyLeft', 'onlyLeft', 'onlyRight'],
        config: [],
        files: [],
        packages: [],
      });
    });

    test('a platform missing in one of two indexes of buildah', async () => {
      const context = path.join(folder, 'platforms');
      await write(context, { app: 'the app\n', Containerfile: 'FROM scratch\nCOPY app /app\n' });
      const common = await ownPodman();
      const other = path.join(folder, 'indexes');
      for (const architecture of ['amd64', 'arm64']) {
        const build = ['build', '--isolation', 'chroot', '--no-cache', '--platform', `linux/${architecture}`];
        await runProcess(podman, [...common, ...build, '--tag', `localhost/${architecture}`, context]);
      }
      const stored = (architecture: string) => `containers-storage:localhost/${architecture}`;
      for (const [tag, images] of Object.entries({ one: ['amd64'], two: ['amd64', 'arm64'] })) {
        await runProcess(podman, [...common, 'manifest', 'create', tag, ...images.map(stored)]);
        await runProcess(podman, [...common, 'manifest', 'push', '--all', tag, `oci:${other}:${tag}`]);
      }
      const found = await answerOf(core, { left: at('two', other), right: at('one', other) });
      expect(found).toMatchObject({ verdict: 'different', same: false, differs: ['platforms'] });
      const stated = found.platforms.map(({ platform, state, verdict }) =>
        [platform?.architecture, state, verdict].join(' '),
      );
      expect(stated.sort()).toEqual(['amd64 both identical', 'arm64 onlyLeft different']);
    });

    test('an image in a container engine beside the layout it came from: its configuration, and the layers it unpacked', async () => {
      const common = await ownPodman();
      const { environment } = await startEngine(podman, common);
      await image('base', 'engine', (root) => write(root, { 'etc/app.conf': 'port = 8080\n' }));
      for (const tag of ['base', 'engine']) await load(common, tag, `quay.io/team/app:${tag}`);
      core = await testCore({ environment: { ...environment, HOME: folder, PATH: '/nowhere' } });
      const engine = (reference: string) => ({
        handle: core.content.handle({ kind: 'engine' }),
        repository: 'quay.io/team/app',
        reference,
      });
      expect(await compared({ left: at('base'), right: engine('base') })).toEqual({
        verdict: 'sameContent',
        same: true,
        layers: ['recompressed'],
        config: [],
        files: [],
        packages: [],
      });
      expect(await compared({ left: at('base'), right: engine('engine') })).toMatchObject({
        verdict: 'different',
        layers: ['recompressed', 'onlyRight'],
        config: [],
        files: ['changed etc/app.conf size content'],
      });
    });
  },
);
