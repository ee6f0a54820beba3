import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makeImage, type TestManifest } from '../../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../../support/local-registry.ts';
import { plainRequest, push } from '../../support/push.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';
import { copyDocument, hostOf, tagsOf } from './documents.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const error = z.strictObject({
  code: z.string(),
  message: z.string(),
  reason: z.string().nullable(),
  object: z.string().nullable(),
});
const operation = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['copy', 'sync', 'retag', 'delete', 'restore']),
  what: z.string(),
  status: z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'paused', 'interrupted']),
  started: z.iso.datetime(),
  ended: z.iso.datetime().nullable(),
  progress: z.strictObject({
    steps: z.strictObject({ done: z.int(), total: z.int() }),
    bytes: z.strictObject({ done: z.int(), total: z.int() }),
    bytesSent: z.int(),
    bytesMounted: z.int(),
    bytesPresent: z.int(),
  }),
  error: error.nullable(),
});
const list = z.strictObject({ operations: z.array(operation) });
const item = z.strictObject({
  source: z.string(),
  target: z.string(),
  state: z.enum(['waiting', 'done', 'failed']),
  error: error.nullable(),
});
const change = z.strictObject({
  repository: z.string().nullable(),
  tag: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  state: z.enum(['waiting', 'done', 'failed', 'leftAlone']),
  error: error.nullable(),
});
const shownOperation = operation.extend({ items: z.array(item), changes: z.array(change) });

/** Bytes of the large layer, and after how many of them its source says nothing more. */
const LARGE = 3_000_000;
const STALL = 1_500_000;

/**
 * `app` with the tags 1 and 2, small ones, and 3 with a large layer that stops in the middle; `release` lets it through.
 */
async function setUp() {
  const folder = await temporaryFolder();
  const [cli, source, target] = await Promise.all([
    CommandLine.open(),
    startTestRegistry(),
    startTestRegistry({ folder }),
  ]);
  const images = await Promise.all([
    makeImage({ name: 'one', layers: { base: 2000, one: 1000 } }),
    makeImage({ name: 'two', layers: { base: 2000, two: 1000 } }),
    makeImage({ name: 'three', layers: { base: 2000, three: LARGE } }),
  ]);
  for (const [at, image] of images.entries()) await push(image, source, 'app', `${at + 1}`);
  const large = images[2]?.blobs.find(({ bytes }) => bytes.length >= LARGE);
  if (!large) throw new Error('no large layer');
  const release = source.inject({
    kind: 'stall',
    afterBytes: STALL,
    when: { method: 'GET', path: new RegExp(large.digest) },
  });
  return { cli, source, target, images, large, release, uploads: join(folder, 'uploads') };
}

/** Bytes of the largest upload under way at a registry. */
async function arrived(uploads: string): Promise<number> {
  const sizes = await Promise.all(
    (await readdir(uploads)).map(async (name) => (await stat(join(uploads, name))).size),
  );
  return Math.max(0, ...sizes);
}

async function has(registry: GuardedRegistry, { digest }: { digest: string }): Promise<boolean> {
  return (await plainRequest(registry, `/v2/app/blobs/${digest}`, { method: 'HEAD' })).status === 200;
}

/** Waits until these tags and blobs are there and about all of the large layer that can be. */
async function untilHalf(
  target: GuardedRegistry,
  uploads: string,
  tags: readonly string[],
  image: TestManifest | undefined,
): Promise<void> {
  const small = image?.blobs.filter(({ bytes }) => bytes.length < LARGE) ?? [];
  const state = async () => ({
    tags: await tagsOf(target, 'app'),
    small: await Promise.all(small.map((blob) => has(target, blob))),
    half: (await arrived(uploads)) > STALL * 0.9,
  });
  await expect.poll(state, { timeout: 30_000 }).toEqual({ tags, small: small.map(() => true), half: true });
}

/** Body bytes of the requests that wrote something, and where they went. */
function sent(registry: GuardedRegistry): { bytes: number; paths: string[] } {
  const writing = registry.requests.filter(({ method }) => method !== 'GET' && method !== 'HEAD');
  return {
    bytes: writing.reduce((sum, { requestBytes }) => sum + requestBytes, 0),
    paths: writing.map(({ method, path }) => `${method} ${decodeURIComponent(path)}`),
  };
}

describe('after kill -9', () => {
  test('the same copy goes on: blobs that are there are not sent again, a part of one neither', async () => {
    const { cli, source, target, images, large, release, uploads } = await setUp();
    const args = ['copy', `${hostOf(source)}/app:3`, `${hostOf(target)}/app`, '--yes'];
    const copying = cli.start(args);
    await untilHalf(target, uploads, [], images[2]);
    copying.kill();
    expect((await copying.finished).code).toBeNull();
    release();
    // What was on its way when it died has been written by now.
    await expect
      .poll(() => target.requests.some(({ method, status }) => method === 'PUT' && status === 0))
      .toBe(true);
    const part = await arrived(uploads);
    target.clearRequests();

    const done = await cli.json(copyDocument, args);
    expect(done).toMatchObject({ digest: images[2]?.digest, bytesSent: large.bytes.length - part });
    const { bytes, paths } = sent(target);
    expect(paths).toEqual([
      expect.stringMatching(new RegExp(`^PUT /v2/app/blobs/uploads/.*${large.digest}`)),
      'PUT /v2/app/manifests/3',
    ]);
    expect(bytes).toBe(large.bytes.length - part + (images[2]?.bytes.length ?? 0));
    expect(await tagsOf(target, 'app')).toEqual(['3']);
  });

  test('operations resume goes on with a sync; its finished tags are not touched', async () => {
    const { cli, source, target, images, large, release, uploads } = await setUp();
    const syncing = cli.start(['sync', `${hostOf(source)}/app`, `${hostOf(target)}/app`, '--yes']);
    await untilHalf(target, uploads, ['1', '2'], images[2]);
    // Told to the journal before the program dies; the tags alone do not say so.
    const first = async () => (await cli.json(list, ['operations'])).operations[0];
    const { id = '' } = (await first()) ?? {};
    const state = async () =>
      (await cli.json(shownOperation, ['operations', id])).items.map((each) => each.state);
    await expect.poll(state, { timeout: 30_000 }).toEqual(['done', 'done', 'waiting']);
    syncing.kill();
    await syncing.finished;
    expect(await first()).toMatchObject({ kind: 'sync', status: 'interrupted' });
    expect(await tagsOf(target, 'app')).toEqual(['1', '2']);
    release();
    await expect
      .poll(() => target.requests.some(({ method, status }) => method === 'PUT' && status === 0))
      .toBe(true);
    const part = await arrived(uploads);
    target.clearRequests();

    const { operations } = await cli.json(list, ['operations', 'resume']);
    expect(operations).toMatchObject([{ id, status: 'done', progress: { steps: { done: 3, total: 3 } } }]);
    const { bytes, paths } = sent(target);
    expect(paths).toEqual([
      expect.stringMatching(new RegExp(`^PUT /v2/app/blobs/uploads/.*${large.digest}`)),
      'PUT /v2/app/manifests/3',
    ]);
    expect(bytes).toBe(large.bytes.length - part + (images[2]?.bytes.length ?? 0));
    expect(await tagsOf(target, 'app')).toEqual(['1', '2', '3']);
    expect((await cli.run(['operations', 'resume'])).stdout).toBe('Nothing to resume.\n');
  });
});

test('Ctrl+C ends a sync with 130; it can be gone on with', async () => {
  const { cli, source, target, images, release, uploads } = await setUp();
  const syncing = cli.start(['sync', `${hostOf(source)}/app`, `${hostOf(target)}/app`, '--yes']);
  await untilHalf(target, uploads, ['1', '2'], images[2]);
  syncing.interrupt();
  const { code, stdout, stderr } = await syncing.finished;
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  const id = /wharfinger operations resume (\S+)/.exec(stderr)?.[1] ?? '';
  const shown = await cli.json(shownOperation, ['operations', id.slice(0, 8)]);
  expect(shown).toMatchObject({
    id,
    status: 'paused',
    what: `sync ${hostOf(source)} to ${hostOf(target)}: 3 tags in app`,
    items: [
      { target: `${hostOf(target)}/app:1`, state: 'done' },
      { target: `${hostOf(target)}/app:2`, state: 'done' },
      { source: `${hostOf(source)}/app:3`, target: `${hostOf(target)}/app:3`, state: 'waiting', error: null },
    ],
  });
  release();
  expect((await cli.run(['operations', 'resume', id])).stdout).toMatch(/3 tags in app: done\n$/);
  expect(await tagsOf(target, 'app')).toEqual(['1', '2', '3']);
});

test('an operation is seen and cancelled from another terminal; resuming it pauses at Ctrl+C', async () => {
  const { cli, source, target, images, release, uploads } = await setUp();
  const copying = cli.start(['copy', `${hostOf(source)}/app:3`, `${hostOf(target)}/app`, '--yes']);
  await untilHalf(target, uploads, [], images[2]);
  const { operations } = await cli.json(list, ['operations']);
  expect(operations).toMatchObject([{ kind: 'copy', status: 'running', ended: null }]);
  const id = operations[0]?.id ?? '';
  expect(await cli.failure(['operations', 'resume', id])).toMatchObject({ exit: 1, code: 'busy' });
  expect(await cli.json(operation, ['operations', 'cancel', id])).toMatchObject({ id, status: 'cancelled' });
  expect((await copying.finished).code).toBe(130);

  const resuming = cli.start(['operations', 'resume', id]);
  await expect
    .poll(async () => (await cli.json(operation.loose(), ['operations', id])).status, { timeout: 30_000 })
    .toBe('running');
  resuming.interrupt();
  expect((await resuming.finished).code).toBe(130);
  const { stdout } = await cli.run(['operations', '--limit', '1']);
  expect(stdout).toMatch(/^ID +STARTED +STATUS +PROGRESS +WHAT\n[0-9a-f]{8} .* paused .* copy /);
  release();
  expect((await cli.json(list, ['operations', 'resume'])).operations).toMatchObject([{ id, status: 'done' }]);
  expect(await tagsOf(target, 'app')).toEqual(['3']);
  expect(await cli.failure(['operations', 'cancel', id])).toMatchObject({ exit: 1, code: 'conflict' });
});

test('what goes wrong with an operation that is named', async () => {
  const cli = await CommandLine.open();
  expect(await cli.json(list, ['operations'])).toEqual({ operations: [] });
  const cases = [
    [['operations', 'no'], 2, 'invalidInput'],
    [['operations', 'cancel', '01234567'], 1, 'operationUnknown'],
    [['operations', 'resume', '01234567'], 1, 'operationUnknown'],
    [['operations', '--limit', '501'], 2, 'invalidInput'],
  ] as const;
  for (const [args, exit, code] of cases) expect(await cli.failure(args)).toMatchObject({ exit, code });
});
