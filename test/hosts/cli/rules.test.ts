import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { makeImage } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';
import { digest, hostOf, tagsOf } from './documents.ts';
import { storeAccount } from './stored-account.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const rulesOf = (tags: string) => `version: 1
rules:
  - name: team
    repositories: "**"
    protect: stable
    keep:
      - { name: running, inUse: images.txt }
    delete:
      - { name: some, tags: "${tags}" }
`;

const saved = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  version: z.int(),
  digest,
  created: z.iso.datetime(),
  changed: z.iso.datetime(),
  schedule: z
    .strictObject({
      hours: z.int(),
      deletes: z.boolean(),
      atMost: z.int(),
      kubeconfig: z.string().optional(),
    })
    .nullable(),
  lastRun: z.null(),
});
const versions = z.strictObject({
  name: z.string(),
  versions: z.array(z.strictObject({ version: z.int(), digest, saved: z.iso.datetime() })),
});

test('the schema of files of rules is the published one', async () => {
  const cli = await CommandLine.open();
  const { code, stdout } = await cli.run(['rules', 'schema']);
  expect(code).toBe(0);
  const published = join(import.meta.dirname, '../../../src-main/common/cleanup-rules.schema.json');
  expect(JSON.parse(stdout)).toEqual(JSON.parse(await readFile(published, 'utf8')));
});

async function opened() {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  for (const tag of ['pr-1', 'pr-2', 'tmp-1', 'stable'])
    await push(await makeImage({ name: tag }), registry, 'team/app', tag);
  const host = hostOf(registry);
  const file = join(cli.home, 'rules.yaml');
  await writeFile(file, rulesOf('pr-*'));
  await storeAccount(cli, registry);
  return { cli, registry, host, file };
}

test('rules are saved in versions, listed, shown, restored and removed', async () => {
  const { cli, host, file } = await opened();
  expect(await cli.json(saved, ['rules', 'save', host, 'Nightly', file])).toMatchObject({
    name: 'Nightly',
    version: 1,
    schedule: null,
  });
  await writeFile(file, rulesOf('tmp-*'));
  const second = await cli.json(saved, [
    ...['rules', 'save', host, 'nightly', file],
    ...['--every', '24', '--delete', '--at-most', '5'],
  ]);
  expect(second).toMatchObject({
    name: 'Nightly',
    version: 2,
    schedule: { hours: 24, deletes: true, atMost: 5 },
  });
  const list = await cli.json(z.strictObject({ rules: z.array(saved) }), ['rules', host]);
  expect(list.rules).toEqual([second]);
  expect((await cli.run(['rules', host])).stdout).toMatch(
    /Nightly +2 +\S+ \S+ +every 24 hours, deletes up to 5 tags/,
  );
  expect((await cli.run(['rules', 'show', host, 'nightly'])).stdout).toBe(rulesOf('tmp-*'));
  expect((await cli.run(['rules', 'show', host, 'nightly', '--at', '1'])).stdout).toBe(rulesOf('pr-*'));

  const cluster = ['--kubeconfig', 'other config'];
  const asking = await cli.json(saved, ['rules', 'save', host, 'nightly', file, ...cluster]);
  const kubeconfig = join(process.cwd(), 'other config');
  expect(asking).toMatchObject({ version: 2, schedule: { ...second.schedule, kubeconfig } });
  expect((await cli.run(['rules', host])).stdout).toContain(`deletes up to 5 tags, by ${kubeconfig}`);
  await cli.json(saved, ['rules', 'save', host, 'nightly', file, '--kubeconfig', '']);

  // The schedule stays: what they say is what is restored.
  const third = await cli.json(saved, ['rules', 'restore', host, 'nightly', '1']);
  expect(third).toMatchObject({ version: 3, schedule: second.schedule });
  const all = await cli.json(versions, ['rules', 'versions', host, 'nightly']);
  expect(all.versions.map(({ version }) => version)).toEqual([3, 2, 1]);
  expect(all.versions[0]?.digest).toBe(all.versions[2]?.digest);
  expect(await cli.json(saved, ['rules', 'save', host, 'nightly', file, '--every', 'never'])).toMatchObject({
    version: 4,
    schedule: null,
  });

  expect(await cli.failure(['rules', 'remove', host, 'nightly'])).toMatchObject({ exit: 2 });
  expect((await cli.run(['rules', 'remove', host, 'nightly', '--yes'])).code).toBe(0);
  expect(await cli.failure(['rules', 'show', host, 'nightly'])).toMatchObject({ exit: 1, code: 'notFound' });
});

test('saved rules are planned and run as the ones of that version; files that they name are looked for where one is', async () => {
  const { cli, registry, host, file } = await opened();
  await cli.run(['rules', 'save', host, 'Nightly', file]);
  const command = ['cleanup', host, '--saved', 'nightly'];
  expect(await cli.failure([...command, '--plan'])).toMatchObject({ exit: 2, code: 'invalidInput' });
  await writeFile(file, rulesOf('pr-*').replace('images.txt', join(cli.home, 'images.txt')));
  await writeFile(join(cli.home, 'images.txt'), `${host}/team/app:pr-2\n`);
  await cli.run(['rules', 'save', host, 'Nightly', file]);
  const done = await cli.json(z.looseObject({ operation: z.uuid() }), [...command, '--yes']);
  expect(await tagsOf(registry, 'team/app')).toEqual(['pr-2', 'stable', 'tmp-1']);
  expect((await cli.run(['audit', '--json', '--kind', 'cleanup'])).stdout).toMatch(
    /"rules":\{[^}]*"version":2/,
  );
  expect((await cli.run(['undo', done.operation, '--yes'])).code).toBe(0);
});

test('what cannot be meant is a wrong usage, and nothing is saved', async () => {
  const { cli, host, file } = await opened();
  const save = ['rules', 'save', host, 'nightly', file];
  for (const wrong of [
    ['--every', 'never', '--delete'],
    ['--delete'],
    ['--every', '0'],
    ['--every', 'daily'],
    ['--every', '24', '--at-most', '0'],
  ])
    expect(await cli.failure([...save, ...wrong]), wrong.join(' ')).toMatchObject({ exit: 2 });
  await writeFile(file, rulesOf('pr-*').replace('tags:', 'tag:'));
  expect(await cli.failure(save)).toMatchObject({ exit: 2, code: 'invalidInput' });
  expect(await cli.failure(['cleanup', host, '--plan'])).toMatchObject({ exit: 2 });
  expect(await cli.failure(['cleanup', host, '--rules', file, '--saved', 'x', '--plan'])).toMatchObject({
    exit: 2,
  });
  expect(await cli.json(z.strictObject({ rules: z.array(saved) }), ['rules', host])).toEqual({ rules: [] });
  expect(await cli.failure(['rules', 'unknown.test'])).toMatchObject({ exit: 1, code: 'accountUnknown' });
});

test('rules of another product are printed as a file, with a warning for what is not the same', async () => {
  const { cli, host } = await opened();
  const policy = join(cli.home, 'policy.json');
  await writeFile(policy, JSON.stringify({ enabled: true, cadence: '1d', keep_n: 5, name_regex: '.*' }));
  const { code, stdout, stderr } = await cli.run(['rules', 'import', 'gitlab', policy, '--for', 'team']);
  expect(code).toBe(0);
  expect(stderr).toContain('schedule, not imported: 1d');
  const file = join(cli.home, 'imported.yaml');
  await writeFile(file, stdout);
  expect((await cli.run(['rules', 'save', host, 'imported', file])).code).toBe(0);
  expect(await cli.failure(['rules', 'import', 'harbor', policy])).toMatchObject({ exit: 2 });
});
