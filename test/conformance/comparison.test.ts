import { chmod, mkdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Comparison, FileDifference } from '../../src-main/common/comparison.ts';
import type { ComparedImages, Core } from '../../src-main/services/index.ts';
import { testCore } from '../services/support/core.ts';
import { built } from '../support/compared.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { describeWithPeer } from '../support/peers.ts';
import { runProcess } from '../support/process.ts';
import { push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';

const PAGE = { offset: 0, limit: 1000 };

async function answerOf(core: Core, images: ComparedImages, packages = false): Promise<Comparison> {
  for await (const step of core.comparison.compare(images, { files: true, packages }))
    if (step.kind === 'compared') return step.comparison;
  throw new Error('It ended without an answer.');
}

/** `change path` of what `diff` sees: neither rights nor times. */
const seenByDiff = (rows: readonly FileDifference[]) =>
  rows
    .filter(({ change, aspects }) => change !== 'changed' || aspects.some((aspect) => SEEN.has(aspect)))
    .map(({ path: at, change }) => `${change} ${at}`)
    .sort();
const SEEN: ReadonlySet<string> = new Set(['type', 'content', 'link']);

/** The same of `diff -rq`; of what is on one side only all that is in it. */
async function diffed(left: string, right: string): Promise<string[]> {
  const output = await runProcess('sh', [
    '-c',
    'diff -rq --no-dereference "$0" "$1"; [ $? -le 1 ]',
    left,
    right,
  ]);
  const rows: string[] = [];
  for (const line of output.split('\n')) {
    const [, folder = '', name = ''] = /^Only in (.+): (.+)$/.exec(line) ?? [];
    const [, changed] = /^(?:Files|Symbolic links) (.+?) and .+ differ$/.exec(line) ?? [];
    const [, typed] = /^File (.+?) is a .+ while file .+$/.exec(line) ?? [];
    const differs = changed ?? typed;
    if (differs !== undefined) rows.push(`changed ${path.relative(left, differs)}`);
    if (name === '') continue;
    const side = folder === left || folder.startsWith(`${left}/`) ? left : right;
    const found = await runProcess('find', [
      path.join(folder, name),
      '!',
      '-type',
      'd',
      '-o',
      '-type',
      'd',
      '-empty',
    ]);
    for (const at of found.trim().split('\n'))
      rows.push(`${side === left ? 'removed' : 'added'} ${path.relative(side, at)}`);
  }
  return rows.sort();
}

describeWithPeer('umoci', 'images that umoci made', ({ umoci }) => {
  test('their files differ as diff -rq says of what umoci unpacks of them', async () => {
    const folder = await temporaryFolder();
    const layout = path.join(folder, 'layout');
    const run = async (...args: readonly string[]) => await runProcess(umoci, args);
    const unpack = async (tag: string, bundle: string) => {
      await run('unpack', '--rootless', '--image', `${layout}:${tag}`, path.join(folder, bundle));
      return path.join(folder, bundle, 'rootfs');
    };
    const repack = async (tag: string, bundle: string) =>
      await run('repack', '--image', `${layout}:${tag}`, path.join(folder, bundle));
    await run('init', '--layout', layout);
    await run('new', '--image', `${layout}:empty`);
    const base = await unpack('empty', 'base');
    for (const name of ['etc/app/conf.d', 'usr/lib/app', 'var/empty', 'usr/share/doc'])
      await mkdir(path.join(base, name), { recursive: true });
    for (const name of [
      'etc/app/app.conf',
      'etc/app/conf.d/10',
      'usr/lib/app/lib',
      'usr/lib/app/mode',
      'usr/share/doc/one',
      'usr/share/doc/two',
      'etc/touched',
      'etc/becomes',
    ])
      await writeFile(path.join(base, name), `content of ${name}\n`);
    await symlink('app.conf', path.join(base, 'etc/app/link'));
    await repack('base', 'base');

    const left = await unpack('base', 'left');
    await writeFile(path.join(left, 'etc/app/app.conf'), 'left\n');
    await writeFile(path.join(left, 'etc/only-left'), 'x');
    await rm(path.join(left, 'usr/share/doc/two'));
    await repack('left', 'left');

    const right = await unpack('base', 'right');
    await writeFile(path.join(right, 'etc/app/app.conf'), 'right\n');
    await rm(path.join(right, 'usr/share/doc'), { recursive: true });
    await mkdir(path.join(right, 'srv/new/deep'), { recursive: true });
    await writeFile(path.join(right, 'srv/new/deep/file'), 'new');
    await rm(path.join(right, 'etc/app/link'));
    await symlink('conf.d/10', path.join(right, 'etc/app/link'));
    await chmod(path.join(right, 'usr/lib/app/mode'), 0o600);
    await utimes(path.join(right, 'etc/touched'), 1_700_000_000, 1_700_000_000);
    await rm(path.join(right, 'etc/becomes'));
    await mkdir(path.join(right, 'etc/becomes'));
    await writeFile(path.join(right, 'etc/becomes/a'), 'directory');
    await repack('right', 'right');

    const core = await testCore();
    const place = core.content.handle({ kind: 'ociLayout', path: layout });
    const at = (reference: string) => ({ handle: place, repository: '', reference });
    const images = { left: at('left'), right: at('right') };
    const { verdict, platforms } = await answerOf(core, images);
    expect(verdict).toBe('different');
    expect(platforms[0]?.layers.map(({ state }) => state)).toEqual(['same', 'onlyLeft', 'onlyRight']);
    const { items } = await core.comparison.files(images, { ...PAGE, times: true });
    const expected = await diffed(await unpack('left', 'one'), await unpack('right', 'two'));
    expect(expected.length).toBeGreaterThan(5);
    // What is in a directory that came in the place of a file is in it for us, and part of the change for diff.
    expect(seenByDiff(items).filter((row) => row !== 'added etc/becomes/a')).toEqual(expected);
    const others = items.filter(({ path: name }) => name === 'usr/lib/app/mode' || name === 'etc/touched');
    expect(others.map(({ path: name, aspects }) => `${name} ${aspects}`)).toEqual([
      'etc/touched modified',
      'usr/lib/app/mode mode',
    ]);
  }, 120_000);
});

describeWithPeer(['dpkg', 'dpkg-query'], 'packages of Debian', ({ dpkg, 'dpkg-query': query }) => {
  test('they differ as dpkg-query says of both, and are upgraded or downgraded as dpkg compares their versions', async () => {
    const versions = [
      {
        apt: '2.6.1',
        bash: '5.2.15-2+b7',
        curl: '7.88.1-10',
        epoch: '1:1.0',
        rev: '1.0',
        gone: '1',
        tilde: '2.0~rc1-1',
      },
      {
        apt: '2.6.1',
        bash: '5.2.15-2+b2',
        curl: '7.88.1-10+deb12u5',
        epoch: '2.0',
        rev: '1.0-1',
        fresh: '3',
        tilde: '2.0-1',
      },
    ];
    const folder = await temporaryFolder();
    const statuses = versions.map((packages) =>
      Object.entries(packages)
        .map(
          ([name, version]) =>
            `Package: ${name}\nStatus: install ok installed\nMaintainer: T <t@example.test>\nArchitecture: amd64\nVersion: ${version}\nDescription: ${name}\n`,
        )
        .join('\n'),
    );
    const lists = await Promise.all(
      statuses.map(async (status, at) => {
        const admin = path.join(folder, String(at));
        await mkdir(path.join(admin, 'info'), { recursive: true });
        await mkdir(path.join(admin, 'updates'));
        await writeFile(path.join(admin, 'status'), status);
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a format of dpkg-query
        const format = '${Package} ${Version}\\n';
        const output = await runProcess(query, [`--admindir=${admin}`, '-W', `--showformat=${format}`]);
        return new Map(
          output
            .trim()
            .split('\n')
            .map((line) => line.split(' ') as [string, string]),
        );
      }),
    );
    const [one, other] = lists as [Map<string, string>, Map<string, string>];
    const newer = async (left: string, right: string) =>
      await runProcess(dpkg, ['--compare-versions', left, 'lt', right]).then(
        () => true,
        () => false,
      );
    const expected: string[] = [];
    for (const name of new Set([...one.keys(), ...other.keys()])) {
      const [left, right] = [one.get(name), other.get(name)];
      if (left === right) continue;
      const change =
        left === undefined
          ? 'added'
          : right === undefined
            ? 'removed'
            : (await newer(left, right))
              ? 'upgraded'
              : 'downgraded';
      expected.push(`${change} ${name} ${left ?? ''} ${right ?? ''}`);
    }

    const [core, registry] = await Promise.all([testCore(), startTestRegistry()]);
    for (const [at, status] of statuses.entries())
      await push(
        built({ layers: [[{ name: 'var/lib/dpkg/status', content: status }]] }),
        registry,
        'app',
        `v${at}`,
      );
    const handle = await core.accounts.forHost(registry.url);
    const imageAt = (reference: string) => ({ handle, repository: 'app', reference });
    const { platforms } = await answerOf(core, { left: imageAt('v0'), right: imageAt('v1') }, true);
    const { added = [], removed = [], changed = [], read } = platforms[0]?.packages ?? {};
    const found = [...added, ...removed, ...changed].map(
      ({ change, name, left, right }) => `${change} ${name} ${left.join()} ${right.join()}`,
    );
    expect(found.sort()).toEqual(expected.sort());
    expect(read?.same).toBe(1);
  });
});
