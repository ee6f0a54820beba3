import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { makeArtifact, makeImage, type TestManifest } from '../../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { makeSchema1 } from '../../support/schema1.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';
import { changes, digest, failureDocument, hostOf, leftOutDocument, tagsOf } from './documents.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const counts = z.strictObject({
  new: z.int(),
  changed: z.int(),
  same: z.int(),
  kept: z.int(),
  refused: z.int(),
});
const syncDocument = z.strictObject({
  source: z.string(),
  target: z.string(),
  counts,
  copied: z.int(),
  failed: z.array(z.strictObject({ target: z.string(), error: failureDocument })),
  bytesSent: z.int(),
  bytesMounted: z.int(),
  bytesPresent: z.int(),
  seconds: z.number().nonnegative(),
  leftOut: leftOutDocument,
  pruned: z.array(z.string()),
  operation: z.uuid().nullable(),
});
const tally = z.strictObject({ count: z.int(), bytes: z.int() });
const planDocument = z.strictObject({
  source: z.string(),
  target: z.string(),
  repositories: z.int(),
  counts,
  manifests: z.int(),
  attached: z.int(),
  blobs: z.strictObject({ present: tally, mount: tally, send: tally }),
  leftOut: leftOutDocument,
  onlyAtTarget: z.array(z.string()),
  items: z.array(
    z.strictObject({
      source: z.string(),
      target: z.string(),
      verdict: z.enum(['new', 'changed', 'same', 'kept', 'refused']),
      digest: digest.nullable(),
      replaces: digest.nullable(),
      unseen: failureDocument.nullable(),
      attached: z.int(),
      error: failureDocument.nullable(),
    }),
  ),
});

interface Sides {
  cli: CommandLine;
  source: GuardedRegistry;
  target: GuardedRegistry;
  /** `host/…` of either side. */
  from: (path: string) => string;
  to: (path: string) => string;
  images: TestManifest[];
}

/** `team/app` with 1.0, 1.1, 2.0 and latest, `team/tool` and `other/app` with 1.0 each. */
async function setUp(): Promise<Sides> {
  const [cli, source, target] = await Promise.all([
    CommandLine.open(),
    startTestRegistry(),
    startTestRegistry(),
  ]);
  const images = await Promise.all(
    ['a', 'b', 'c'].map((name) => makeImage({ name, layers: { base: 4096, [name]: 512 } })),
  );
  const [one, two, three] = images;
  if (!one || !two || !three) throw new Error('three images');
  await push(one, source, 'team/app', '1.0');
  await push(two, source, 'team/app', '1.1');
  await push(three, source, 'team/app', '2.0');
  await push(three, source, 'team/app', 'latest');
  await push(one, source, 'team/tool', '1.0');
  await push(two, source, 'other/app', '1.0');
  return {
    cli,
    source,
    target,
    images,
    from: (path) => `${hostOf(source)}/${path}`,
    to: (path) => `${hostOf(target)}/${path}`,
  };
}

test('sync brings what patterns choose, each blob once, and then finds all of it the same', async () => {
  const { cli, target, from, to, images } = await setUp();
  const args = ['sync', from('**:*.*'), to('copies'), '--exclude-repositories', 'other/**'];
  const plan = await cli.json(planDocument, [...args, '--plan']);
  expect(plan).toMatchObject({ repositories: 2, counts: { new: 4, same: 0 }, onlyAtTarget: [] });
  expect(plan.items[0]).toEqual({
    source: from('team/app:1.0'),
    target: to('copies/team/app:1.0'),
    verdict: 'new',
    digest: images[0]?.digest,
    replaces: null,
    unseen: null,
    attached: 0,
    error: null,
  });
  const shown = await cli.run([...args, '--plan']);
  expect(shown.stdout).toContain('2 repositories, 4 new');
  expect(await cli.failure(args)).toMatchObject({ exit: 2, code: 'invalidInput' });
  expect(changes(target)).toEqual([]);

  const done = await cli.json(syncDocument, [...args, '--yes']);
  expect(done).toMatchObject({
    counts: { new: 4 },
    copied: 4,
    failed: [],
    pruned: [],
    bytesSent: plan.blobs.send.bytes,
  });
  expect(done.bytesMounted).toBe(plan.blobs.mount.bytes);
  expect(await tagsOf(target, 'copies/team/app')).toEqual(['1.0', '1.1', '2.0']);
  expect(await tagsOf(target, 'copies/team/tool')).toEqual(['1.0']);

  target.clearRequests();
  const again = await cli.run([...args, '--yes']);
  expect(again).toMatchObject({ code: 0, stdout: `${to('copies')}: 0 tags copied, 4 same\n` });
  expect(changes(target)).toEqual([]);
});

test('versions, names, new tags only; tags that moved are reported before they are overwritten', async () => {
  const { cli, source, target, from, to, images } = await setUp();
  const [one, two, three] = images as [TestManifest, TestManifest, TestManifest];
  await push(one, source, 'team/app', '1.0.9');
  await push(two, source, 'team/app', 'v1.1.0');
  await push(three, source, 'other/app', '2.0.0-rc.1');
  const args = [
    'sync',
    hostOf(source),
    hostOf(target),
    '--repositories',
    '*/app',
    '--rename',
    'all/{namespace}',
  ];
  const versions = [...args, '--versions', '>=1.1 <2', '--yes'];
  expect(await cli.failure([...args, '--versions', 'one', '--yes'])).toMatchObject({
    exit: 2,
    code: 'invalidInput',
  });
  expect((await cli.json(syncDocument, [...versions])).copied).toBe(2);
  expect(await tagsOf(target, 'all/team')).toEqual(['1.1', 'v1.1.0']);
  expect(await tagsOf(target, 'all/other')).toEqual([]);

  await push(three, source, 'team/app', 'v1.1.0');
  expect(await cli.json(syncDocument, [...versions, '--new-only'])).toMatchObject({
    counts: { kept: 1, same: 1, changed: 0 },
    copied: 0,
  });
  const shown = await cli.run([...args, '--versions', '>=1.1 <2', '--plan']);
  expect(shown.stdout).toContain(`changed: ${to('all/team:v1.1.0')} moves away from ${two.digest}`);
  expect(await cli.json(syncDocument, versions)).toMatchObject({
    counts: { changed: 1, same: 1 },
    copied: 1,
  });
  expect(await cli.failure(['sync', from('team/nothing'), to('x'), '--yes'])).toMatchObject({
    exit: 1,
    code: 'notFound',
  });
});

test('a tag that is refused or fails is reported by name and exits with 1; the others are copied, and nothing is pruned', async () => {
  const { cli, source, target, from, to, images } = await setUp();
  const [one] = images as [TestManifest];
  const schema1 = makeSchema1('team/app', 'old');
  await source.storage.putManifest('team/app', 'old', schema1.mediaType, schema1.bytes);
  await push(one, target, 'app', 'extra');
  target.inject({ kind: 'status', status: 403, when: { method: 'PUT', path: /manifests\/1\.1$/ } });
  const args = ['sync', from('team/app'), to('app'), '--prune', '--yes'];
  const { code, stdout, stderr } = await cli.run([...args, '--json']);
  expect(code).toBe(1);
  const done = syncDocument.parse(JSON.parse(stdout));
  expect(done).toMatchObject({ counts: { new: 4, refused: 1 }, copied: 3, pruned: [] });
  expect(done.failed).toMatchObject([
    { target: to('app:old'), error: { code: 'unsupported' } },
    { target: to('app:1.1'), error: { code: 'denied' } },
  ]);
  expect(JSON.parse(stderr).error).toMatchObject({ code: 'unsupported', message: '2 of 5 tags failed.' });
  expect(await tagsOf(target, 'app')).toEqual(['1.0', '2.0', 'extra', 'latest']);
  // For people the same, in words.
  const words = await cli.run(args);
  expect(words.stdout).toContain(`failed: ${to('app:1.1')}: `);
  expect(words.stderr).toContain('Nothing is pruned');
  target.clearFaults();
  expect((await cli.json(syncDocument, [...args, '--exclude-tags', 'old'])).copied).toBe(1);
});

test('a registry out of reach ends it: every tag is reported as failed', async () => {
  const { cli, target, from, to } = await setUp();
  target.inject({ kind: 'status', status: 401, when: { method: 'POST' } });
  const { code, stdout } = await cli.run(['sync', from('team/app'), to('app'), '--yes', '--json']);
  const { copied, failed } = syncDocument.parse(JSON.parse(stdout));
  expect({ code, copied }).toEqual({ code: 1, copied: 0 });
  expect(failed.map((each) => each.error.code)).toEqual(Array(4).fill('unauthorized'));
});

test('--prune deletes what only the target has, after the transfer and by a plan of its own', async () => {
  const { cli, target, from, to, images } = await setUp();
  const [one] = images as [TestManifest];
  const own = await makeImage({ name: 'own' });
  await push(own, target, 'app', 'gone');
  await push(one, target, 'app', 'old-name');
  const args = ['sync', from('team/app'), to('app')];
  expect((await cli.json(planDocument, [...args, '--plan'])).onlyAtTarget).toEqual([]);
  const plan = await cli.json(planDocument, [...args, '--prune', '--plan']);
  expect(plan.onlyAtTarget).toEqual([to('app:gone'), to('app:old-name')]);
  // The names that are not selected are none of its business.
  expect(
    (await cli.json(planDocument, [...args, '--tags', '*.*', '--prune', '--plan'])).onlyAtTarget,
  ).toEqual([]);
  expect((await cli.json(syncDocument, [...args, '--yes'])).pruned).toEqual([]);

  const done = await cli.run([...args, '--prune', '--yes']);
  expect(done.code).toBe(0);
  expect(done.stderr).toMatch(/tag old-name alone .* under 1\.0/);
  expect(done.stdout).toContain(`deleted: ${to('app:gone')}\n`);
  expect(await tagsOf(target, 'app')).toEqual(['1.0', '1.1', '2.0', 'latest']);
});

test('B8: pruning on a registry that deletes by digest only leaves the other tags of the digest', async () => {
  const { cli, target, from, to, images } = await setUp();
  const [one] = images as [TestManifest];
  target.setLimits({ deleteByTag: false });
  await push(one, target, 'app', 'old-name');
  const args = ['sync', from('team/app:1.*'), to('app'), '--tags', 'old*', '--prune', '--yes'];
  expect(await cli.json(syncDocument, args)).toMatchObject({ copied: 2, pruned: [to('app:old-name')] });
  expect(await tagsOf(target, 'app')).toEqual(['1.0', '1.1']);
});

test('B8: a prune never takes along what the same sync found there, whatever consent is given', async () => {
  const { cli, target, from, to, images } = await setUp();
  const [one] = images as [TestManifest];
  await push(await makeImage({ name: 'own' }), target, 'app', 'gone');
  await push(one, target, 'app', 'old-name');
  const args = ['sync', from('team/app'), to('app'), '--yes'];
  await cli.json(syncDocument, args);
  // Neither by its name nor by a placeholder: a tag goes with its digest only.
  target.setLimits({ deleteByTag: false });
  target.inject({ kind: 'status', status: 403, when: { method: 'PUT' } });
  target.inject({ kind: 'status', status: 403, when: { method: 'POST' } });
  const { code, stdout, stderr } = await cli.run([...args, '--prune', '--accept-side-effects']);
  expect([code, stderr]).toEqual([0, expect.stringContaining(`${to('app:old-name')} stays: `)]);
  expect(stdout).toContain('deleted: ');
  expect(await tagsOf(target, 'app')).toEqual(['1.0', '1.1', '2.0', 'latest', 'old-name']);
});

test('a source repository without tags prunes nothing', async () => {
  const { cli, target, from, images } = await setUp();
  const [one] = images as [TestManifest];
  await push(one, target, 'team/mistyped', '1.0');
  const args = [
    'sync',
    from('team/app'),
    hostOf(target),
    '--repositories',
    'team/mistyped',
    '--prune',
    '--yes',
  ];
  expect(await cli.json(syncDocument, args)).toMatchObject({ copied: 4, pruned: [] });
  expect(await tagsOf(target, 'team/mistyped')).toEqual(['1.0']);
});

test('sync --with-attached takes signatures along; within one registry nothing is sent', async () => {
  const { cli, source, from, images } = await setUp();
  const [one] = images as [TestManifest];
  await push(makeArtifact({ subject: one, content: Buffer.from('sbom') }), source, 'team/app');
  const args = ['sync', from('team/app:1.*'), from('moved'), '--with-attached', '--yes'];
  const done = await cli.json(syncDocument, args);
  expect(done).toMatchObject({ copied: 2, bytesSent: 0 });
  expect(done.bytesMounted).toBeGreaterThan(0);
  const { attached } = await cli.json(planDocument, [
    'sync',
    from('team/app:1.*'),
    from('again'),
    '--with-attached',
    '--plan',
  ]);
  expect(attached).toBe(1);
});
