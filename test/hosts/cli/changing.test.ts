import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { freedBytes } from '../../../src-main/common/storage.ts';
import { makeImage, makeMultiPlatform } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { plainRequest, push } from '../../support/push.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';
import {
  changes,
  copyDocument,
  digest,
  failureDocument,
  hostOf,
  leftOutDocument,
  tagsOf,
} from './documents.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const deletionDocument = z.strictObject({
  repository: z.string(),
  tagsAlone: z.array(z.strictObject({ tag: z.string(), digest, siblings: z.array(z.string()) })),
  manifests: z.array(
    z.strictObject({
      digest,
      tags: z.array(z.string()),
      indexes: z.array(z.strictObject({ digest, tags: z.array(z.string()) })),
      referrers: z.array(z.strictObject({ digest, artifactType: z.string() })),
      untagged: z.array(digest),
      // Missing where they are not known.
      bytes: z.strictObject({ size: z.int(), own: z.int(), atMost: z.boolean() }).optional(),
    }),
  ),
  aloneBy: z.enum(['name', 'placeholder']),
  alsoRemoved: z.array(z.string()),
  attached: z.strictObject({
    taken: z.boolean(),
    byRegistry: z.boolean(),
    manifests: z.int(),
    tags: z.array(z.string()),
  }),
  blocked: z.array(z.strictObject({ tag: z.string(), error: failureDocument })),
  unseen: z.array(z.string()),
  unread: z.array(z.string()),
  bytesFreed: z.int().nonnegative(),
  bytesInChildren: z.int().nonnegative(),
  bytesAtMost: z.boolean(),
  refilled: z.boolean(),
  garbageCollection: z.enum(['offline', 'online', 'automatic', 'unknown']),
  /** Null where too little of the registry was scanned. */
  inRegistry: freedBytes.nullable(),
});
const blobCount = z.strictObject({ count: z.int(), bytes: z.int() });
const copyPlanDocument = z.strictObject({
  source: z.string(),
  target: z.string(),
  digest,
  sourceDigest: digest,
  mediaType: z.string(),
  replaces: digest.nullable(),
  unseen: failureDocument.nullable(),
  unchanged: z.boolean(),
  manifests: z.int(),
  attached: z.int(),
  blobs: z.strictObject({ present: blobCount, mount: blobCount, send: blobCount }),
  leftOut: leftOutDocument,
});

test('a plan is shown and changes nothing; without a terminal and --yes nothing runs', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  const image = await makeImage();
  await push(image, registry, 'app', '1.0');
  await push(image, registry, 'app', '1.0.1');
  registry.clearRequests();
  const app = `${hostOf(registry)}/app`;
  const alone = await cli.json(deletionDocument, ['delete', `${app}:1.0`, '--plan']);
  expect(alone).toEqual({
    repository: app,
    tagsAlone: [{ tag: '1.0', digest: image.digest, siblings: ['1.0.1'] }],
    manifests: [],
    aloneBy: 'name',
    alsoRemoved: [],
    attached: { taken: false, byRegistry: false, manifests: 0, tags: [] },
    blocked: [],
    unseen: [],
    unread: [],
    bytesFreed: 0,
    bytesInChildren: 0,
    bytesAtMost: false,
    refilled: false,
    garbageCollection: 'online',
    inRegistry: null,
  });
  const both = await cli.json(deletionDocument, ['delete', `${app}:1.0`, `${app}:1.0.1`, '--plan']);
  const bytes = [image, ...image.blobs].reduce((sum, part) => sum + part.bytes.length, 0);
  expect(both.manifests).toEqual([
    {
      digest: image.digest,
      tags: ['1.0', '1.0.1'],
      indexes: [],
      referrers: [],
      untagged: [],
      bytes: { size: bytes, own: bytes, atMost: false },
    },
  ]);
  expect(both.bytesFreed).toBe(bytes);
  const plan = await cli.json(copyPlanDocument, [
    'copy',
    `${app}:1.0`,
    `${hostOf(registry)}/other:2`,
    '--plan',
  ]);
  expect(plan).toMatchObject({ digest: image.digest, replaces: null, unchanged: false });
  for (const args of [
    ['delete', `${app}:1.0`],
    ['retag', `${app}:1.0`, '2.0'],
    ['copy', `${app}:1.0`, `${hostOf(registry)}/other`],
  ]) {
    expect(await cli.failure(args)).toMatchObject({ exit: 2, code: 'invalidInput' });
  }
  expect(changes(registry)).toEqual([]);
  expect(await tagsOf(registry, 'app')).toEqual(['1.0', '1.0.1']);
});

test('delete --yes deletes what the plan says', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  const image = await makeImage();
  for (const tag of ['1', '2', '3']) await push(image, registry, 'app', tag);
  const app = `${hostOf(registry)}/app`;
  const { code, stdout, stderr } = await cli.run(['delete', `${app}:1`, '--yes']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: `Deleted 1 of ${app}\n` });
  expect(stderr).toContain('tag 1 alone');
  expect(await tagsOf(registry, 'app')).toEqual(['2', '3']);
  const done = await cli.json(deletionDocument.extend({ operation: z.uuid() }), [
    'delete',
    `${app}:2`,
    `${app}:3`,
    '--yes',
  ]);
  expect(done.manifests).toMatchObject([{ digest: image.digest }]);
  expect(await tagsOf(registry, 'app')).toEqual([]);
});

test('where a tag cannot go alone and nothing can be pushed, --yes is not enough and the other tags are named', async () => {
  const registry = await startTestRegistry({ limits: { deleteByTag: false } });
  const cli = await CommandLine.open();
  const image = await makeImage();
  for (const tag of ['1.0', 'latest', 'stable']) await push(image, registry, 'app', tag);
  registry.inject({ kind: 'status', status: 403, when: { method: 'POST' } });
  const app = `${hostOf(registry)}/app`;
  const refused = await cli.failure(['delete', `${app}:1.0`, '--yes']);
  expect(refused).toMatchObject({ exit: 1, code: 'consentNeeded' });
  expect(refused.words).toContain('--accept-side-effects');
  expect(refused.words).toMatch(/latest, stable/);
  expect(await cli.failure(['delete', `${app}:1.0`, '--accept-side-effects'])).toMatchObject({ exit: 2 });
  expect(await tagsOf(registry, 'app')).toEqual(['1.0', 'latest', 'stable']);
  const { code } = await cli.run(['delete', `${app}:1.0`, '--yes', '--accept-side-effects']);
  expect(code).toBe(0);
  expect(await tagsOf(registry, 'app')).toEqual([]);
});

test('delete takes tags, patterns and digests: no bare repository, no tag with a digest, nothing that is not there', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  await push(await makeImage(), registry, 'app', '1.0');
  registry.clearRequests();
  const host = hostOf(registry);
  const nothing = `sha256:${'0'.repeat(64)}`;
  const cases = [
    [`${host}/app`],
    [`${host}/app:1.0@${nothing}`],
    [`${host}/app:*/x`],
    [`${host}/app:2.*`],
    [`${host}/app@${nothing}`],
  ];
  const failures = await Promise.all(
    cases.map((references) => cli.failure(['delete', ...references, '--yes'])),
  );
  expect(failures.map(({ exit }) => exit)).toEqual([2, 2, 2, 1, 1]);
  expect(changes(registry)).toEqual([]);
});

test('retag keeps the bytes and can be repeated', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  const index = await makeMultiPlatform();
  await push(index, registry, 'app', '1.0');
  const app = `${hostOf(registry)}/app`;
  const done = await cli.json(copyDocument, ['retag', `${app}:1.0`, 'stable', '--yes']);
  expect(done).toMatchObject({
    source: `${app}:1.0`,
    target: `${app}:stable`,
    digest: index.digest,
    bytesSent: 0,
  });
  registry.clearRequests();
  const again = await cli.json(copyDocument, ['retag', `${app}:1.0`, 'stable', '--yes']);
  expect(again.digest).toBe(index.digest);
  expect(changes(registry)).toEqual([]);
  const { headers } = await plainRequest(registry, '/v2/app/manifests/stable', {
    method: 'HEAD',
    headers: { accept: index.mediaType },
  });
  expect(headers['docker-content-digest']).toBe(index.digest);
});

test('undo takes a retag and an overwriting copy back, after showing what moves', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  const [index, image] = [await makeMultiPlatform(), await makeImage()];
  await push(index, registry, 'app', 'stable');
  await push(image, registry, 'app', '1.0');
  const app = `${hostOf(registry)}/app`;
  const digestOf = async (tag: string) =>
    (await plainRequest(registry, `/v2/app/manifests/${tag}`, { method: 'HEAD' })).headers[
      'docker-content-digest'
    ];
  const retagged = await cli.json(copyDocument, ['retag', `${app}:1.0`, 'stable', '--yes']);
  const added = await cli.json(copyDocument, [
    'copy',
    `${app}:1.0`,
    `${hostOf(registry)}/other:new`,
    '--yes',
  ]);
  const shown = await cli.run(['undo', retagged.operation ?? '', '--plan']);
  expect(shown.stdout).toContain(`Put back in ${app}\n  stable -> `);
  expect(await digestOf('stable')).toBe(image.digest);
  expect(await cli.failure(['undo', retagged.operation ?? ''])).toMatchObject({ exit: 2 });
  const undone = await cli.run(['undo', retagged.operation ?? '', '--yes']);
  expect(undone.stdout).toContain(`restore ${app}: stable: done`);
  expect(await digestOf('stable')).toBe(index.digest);
  const removed = await cli.run(['undo', added.operation ?? '', '--yes']);
  expect(removed).toMatchObject({ code: 0, stderr: expect.stringContaining('new is deleted: it was new') });
  const left = await plainRequest(registry, '/v2/other/manifests/new', { method: 'HEAD' });
  expect(left.status).toBe(404);
});

test('Ctrl+C while asking a registry exits with 130', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  registry.inject({ when: { path: /_catalog/ }, kind: 'stall', afterBytes: 1 });
  const listing = cli.start(['ls', hostOf(registry)]);
  await expect.poll(() => registry.requests.length, { timeout: 15_000 }).toBeGreaterThan(0);
  listing.interrupt();
  expect(await listing.finished).toMatchObject({ code: 130, stdout: '' });
});
