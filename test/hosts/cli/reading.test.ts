import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { version } from '../../../package.json' with { type: 'json' };
import { seedSamples } from '../../../src-main/local-registry/index.ts';
import { freePort } from '../../support/free-port.ts';
import { amd64, arm64, makeArtifact, makeImage, makeIndex } from '../../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { startServer } from '../../support/server.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const platforms = z.array(z.string().regex(/^\w+\/\w+(\/\w+)?$/));
const tagsDocument = z.strictObject({
  repository: z.string(),
  tags: z.array(
    z.strictObject({
      name: z.string(),
      digest,
      mediaType: z.string(),
      size: z.int().positive(),
      created: z.iso.datetime().nullable(),
      platforms,
    }),
  ),
});
const inspectDocument = z.strictObject({
  reference: z.string(),
  digest,
  mediaType: z.string(),
  kind: z.string(),
  artifactType: z.string().nullable(),
  size: z.int().positive(),
  created: z.string().nullable(),
  annotations: z.record(z.string(), z.string()),
  platforms,
  entries: z.array(z.object({ digest, platform: z.string().nullable() })).nullable(),
  referrers: z.array(z.object({ digest, artifactType: z.string().nullable() })).nullable(),
  platform: z.string().nullable(),
  config: z.object({ digest, platform: z.object({ os: z.string(), architecture: z.string() }) }).nullable(),
  layers: z.array(
    z.strictObject({ digest, size: z.int(), mediaType: z.string(), createdBy: z.string().nullable() }),
  ),
});

function hostOf(registry: GuardedRegistry): string {
  return new URL(registry.url).host;
}

test('what V8 compiled is kept in the folder of the user, for each command that was run; a spoilt file does no harm', async () => {
  const cli = await CommandLine.open();
  const folder = join(cli.home, 'wharfinger', 'compile-cache');
  const labels = async (): Promise<unknown[]> => {
    const files = await readdir(folder);
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'latin1')));
    return texts.map((text) => JSON.parse(text.slice(0, text.indexOf('\n'))).commands);
  };
  await cli.run(['--version']);
  await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' });
  await cli.run(['accounts']);
  expect(await labels()).toEqual([['accounts']]);
  await cli.run(['operations']);
  expect(await labels()).toEqual([['accounts', 'operations']]);

  const [file = ''] = await readdir(folder);
  const kept = await readFile(join(folder, file));
  kept.writeUint8(kept.at(-100) === 0 ? 1 : 0, kept.length - 100);
  await writeFile(join(folder, file), kept);
  expect(await cli.run(['accounts', '--json'])).toMatchObject({ code: 0, stderr: '' });
  expect(await labels()).toEqual([['accounts']]);
});

test('--version and --help answer at once, a wrong usage exits with 2', async () => {
  const cli = await CommandLine.open();
  expect(await cli.run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  const help = await cli.run(['--help']);
  expect(help.code).toBe(0);
  for (const command of 'ls tags inspect copy sync operations retag delete login logout accounts local serve'.split(
    ' ',
  )) {
    expect(help.stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  }
  for (const wrong of [[], ['nonsense'], ['ls'], ['ls', '--nonsense', 'a'], ['serve', '--port', 'x']]) {
    const { code, stdout, stderr } = await cli.run(wrong);
    expect([wrong, code, stdout]).toEqual([wrong, 2, '']);
    expect(stderr).not.toBe('');
  }
  expect(await cli.failure(['ls'])).toMatchObject({ exit: 2, code: 'invalidInput' });
  expect(await cli.failure(['ls', 'a', '--nonsense'])).toMatchObject({ exit: 2, code: 'invalidInput' });
});

test('ls prints one name a line, --json one document', async () => {
  const [cli, registry] = await Promise.all([
    CommandLine.open(),
    startTestRegistry({ limits: { maxPage: 2 } }),
  ]);
  await seedSamples(registry);
  const shape = z.strictObject({
    host: z.string(),
    listing: z.literal('complete'),
    repositories: z.array(z.string()),
  });
  const { repositories } = await cli.json(shape, ['ls', hostOf(registry)]);
  expect(repositories.length).toBeGreaterThan(2);
  const { code, stdout, stderr } = await cli.run(['ls', hostOf(registry)]);
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${repositories.join('\n')}\n`, stderr: '' });
});

test('B1: ls reports names that cannot be used, and does not call the list complete', async () => {
  const cli = await CommandLine.open();
  const repositories = ['good', 'Upper/Case', 'end-'];
  const registry = await startServer({
    'GET /v2/': { body: {} },
    'GET /v2/_catalog': { body: { repositories } },
  });
  const text = await cli.run(['ls', registry.host]);
  expect(text).toMatchObject({ code: 0, stdout: 'good\n' });
  expect(text.stderr).toContain('Upper/Case, end-');
  const { stdout } = await cli.run(['ls', registry.host, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    listing: 'incomplete',
    repositories: ['good'],
    unusable: [{ name: 'Upper/Case' }, { name: 'end-' }],
  });
});

test('ls of a registry that does not list says so and exits with 1', async () => {
  const [cli, registry] = await Promise.all([
    CommandLine.open(),
    startTestRegistry({ limits: { catalog: false } }),
  ]);
  expect(await cli.failure(['ls', hostOf(registry)])).toMatchObject({ exit: 1, code: 'denied' });
});

test('tags has the documented shape and the unique bytes of all platforms', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  const images = await Promise.all([
    makeImage({ platform: amd64, layers: { base: 2048, one: 512 } }),
    makeImage({ platform: arm64, layers: { base: 2048, two: 512 } }),
  ]);
  const index = makeIndex(images.map((manifest, at) => ({ manifest, platform: at === 0 ? amd64 : arm64 })));
  await push(index, registry, 'team/app', '1.0');
  await push(index, registry, 'team/app', 'latest');
  const { repository, tags } = await cli.json(tagsDocument, ['tags', `${hostOf(registry)}/team/app`]);
  expect(repository).toBe(`${hostOf(registry)}/team/app`);
  expect(tags.map(({ name }) => name)).toEqual(['1.0', 'latest']);
  const content = new Map(
    [index, ...images, ...images.flatMap(({ blobs }) => blobs)].map((b) => [b.digest, b.bytes.length]),
  );
  const size = [...content.values()].reduce((sum, bytes) => sum + bytes, 0);
  expect(tags[0]).toMatchObject({ digest: index.digest, size, platforms: ['linux/amd64', 'linux/arm64/v8'] });

  const { stdout } = await cli.run(['tags', `${hostOf(registry)}/team/app`]);
  const [header, first, second] = stdout.split('\n');
  expect(header).toMatch(/^TAG +DIGEST +SIZE +CREATED +PLATFORMS$/);
  expect(first).toContain('1.0 ');
  expect(second?.indexOf('sha256:')).toBe(header?.indexOf('DIGEST'));
});

test('a tag that cannot be read is reported beside the others and exits with 1', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  const image = await makeImage();
  await push(image, registry, 'app', 'good');
  await registry.storage.putManifest('app', 'broken', image.mediaType, Buffer.from('{"schemaVersion":2}'));
  const { code, stdout, stderr } = await cli.run(['tags', `${hostOf(registry)}/app`, '--json']);
  expect(code).toBe(1);
  const { tags } = JSON.parse(stdout);
  expect(tags).toMatchObject([
    { name: 'broken', error: { code: 'invalidResponse' } },
    { name: 'good', digest: image.digest },
  ]);
  expect(JSON.parse(stderr).error.code).toBe('invalidResponse');
});

test('inspect shows an image, one platform of an index, and an artifact without config', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  const [one, two] = await Promise.all([
    makeImage({ platform: amd64, layers: { base: 2048, one: 512 } }),
    makeImage({ platform: arm64, layers: { base: 2048, two: 512 } }),
  ]);
  const index = makeIndex([
    { manifest: one, platform: amd64 },
    { manifest: two, platform: arm64 },
  ]);
  await push(index, registry, 'app', '1.0');
  const reference = `${hostOf(registry)}/app:1.0`;
  const arm = await cli.json(inspectDocument, ['inspect', reference, '--platform', 'linux/arm64/v8']);
  expect(arm).toMatchObject({
    reference,
    digest: index.digest,
    mediaType: index.mediaType,
    platform: 'linux/arm64/v8',
  });
  expect(arm.platforms).toEqual(['linux/amd64', 'linux/arm64/v8']);
  expect(arm.config?.platform.architecture).toBe('arm64');
  expect(arm.layers.map((layer) => layer.createdBy)).toEqual([
    expect.stringContaining('files/base'),
    expect.stringContaining('files/two'),
  ]);
  const single = await cli.json(inspectDocument, ['inspect', `${hostOf(registry)}/app@${one.digest}`]);
  expect(single).toMatchObject({ digest: one.digest, platform: 'linux/amd64' });

  const artifact = makeArtifact();
  await push(artifact, registry, 'app', 'policy');
  expect(await cli.json(inspectDocument, ['inspect', `${hostOf(registry)}/app:policy`])).toMatchObject({
    digest: artifact.digest,
    config: null,
  });
  expect(await cli.failure(['inspect', reference, '--platform', 'windows/amd64'])).toMatchObject({ exit: 2 });
});

test('what the user gave wrongly exits with 2, what happened with 1, each with its code', async () => {
  const [cli, registry, dead] = await Promise.all([CommandLine.open(), startTestRegistry(), freePort()]);
  const host = hostOf(registry);
  const empty = join(cli.home, 'empty.pem');
  await writeFile(empty, '\n');
  const cases: [string[], number, string][] = [
    [['inspect', `${host}/App:1`], 2, 'invalidReference'],
    [['inspect', `${host}/app@sha256:12`], 2, 'invalidDigest'],
    [['inspect', `${host}/app`], 2, 'invalidInput'],
    [['tags', `${host}/app:1`], 2, 'invalidInput'],
    [['ls', 'http://user:pa55@host'], 2, 'invalidAddress'],
    [['ls', host, '--ca', '/nonexistent'], 2, 'certificateFile'],
    [['ls', host, '--ca', cli.home], 2, 'certificateFile'],
    [['ls', host, '--ca', empty], 2, 'certificateFile'],
    [['ls', host, '--password-stdin'], 2, 'invalidInput'],
    [['ls', host, '--cert', 'a'], 2, 'invalidInput'],
    [['ls', host, '--plain-http', '--insecure'], 2, 'invalidInput'],
    [['ls', `127.0.0.1:${dead}`], 1, 'connectionRefused'],
    [['inspect', `${host}/none:1`], 1, 'notFound'],
    [['tags', `${host}/none`], 1, 'notFound'],
  ];
  const failures = await Promise.all(cases.map(([args]) => cli.failure(args)));
  expect(failures.map(({ exit, code }, at) => [cases[at]?.[0], exit, code])).toEqual(cases);
  expect(failures.map(({ words }) => words).join()).not.toContain('pa55');
  // For people it is one line.
  const { code, stderr } = await cli.run(['ls', `127.0.0.1:${dead}`]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^wharfinger: The registry refused the connection\. .+\n$/);
});

test('a password comes by standard input and shows up nowhere', async () => {
  const registry = await startTestRegistry({ auth: { kind: 'basic', users: { ann: 'pa55 wörd' } } });
  const cli = await CommandLine.open();
  const access = ['--username', 'ann', '--password-stdin'];
  const { code } = await cli.run(['ls', hostOf(registry), ...access], { input: 'pa55 wörd\n' });
  expect(code).toBe(0);
  const wrong = await cli.run(['ls', hostOf(registry), ...access, '--json'], { input: 'wrong-pa55' });
  expect(wrong.code).toBe(1);
  expect(JSON.parse(wrong.stderr).error.code).toBe('unauthorized');
  expect(wrong.stderr).not.toContain('wrong-pa55');
  expect(await cli.failure(['ls', hostOf(registry)])).toMatchObject({ exit: 1, code: 'unauthorized' });
});

test('a settings file that does not parse is kept aside, and each command says so until it was dealt with', async () => {
  const cli = await CommandLine.open();
  const folder = join(cli.home, 'wharfinger');
  await mkdir(folder);
  await writeFile(join(folder, 'settings.json'), '{"settings":');
  const { code, stderr } = await cli.run(['accounts']);
  const keptAs =
    /^wharfinger: The settings file could not be read .+ is kept as (\S+): /.exec(stderr)?.[1] ?? '';
  expect(code).toBe(0);
  expect(await readFile(keptAs, 'utf8')).toBe('{"settings":');
  const again = await cli.run(['accounts', '--json']);
  expect(JSON.parse(again.stderr)).toEqual({
    warnings: [{ code: 'settingsKeptAside', message: expect.stringContaining(keptAs) }],
  });
  await rm(keptAs);
  expect(await cli.run(['accounts', '--json'])).toMatchObject({ code: 0, stderr: '' });
});
