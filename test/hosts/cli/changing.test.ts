import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { makeImage, makeMultiPlatform } from '../../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../../support/local-registry.ts';
import { basicAuthorization, plainRequest, push } from '../../support/push.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const deletionDocument = z.strictObject({
  repository: z.string(),
  tagsAlone: z.array(z.strictObject({ tag: z.string(), digest, siblings: z.array(z.string()) })),
  manifests: z.array(
    z.strictObject({
      digest,
      tags: z.array(z.string()),
      indexes: z.array(z.strictObject({ digest, tags: z.array(z.string()) })),
      referrers: z.array(z.strictObject({ digest, artifactType: z.string() })),
    }),
  ),
  alsoRemoved: z.array(z.string()),
  bytesFreed: z.int().nonnegative(),
});
const copyDocument = z.strictObject({
  source: z.string(),
  target: z.string(),
  digest,
  bytesSent: z.int(),
  bytesMounted: z.int(),
  bytesPresent: z.int(),
  seconds: z.number().nonnegative(),
});
const blobCount = z.strictObject({ count: z.int(), bytes: z.int() });
const copyPlanDocument = z.strictObject({
  source: z.string(),
  target: z.string(),
  digest,
  mediaType: z.string(),
  replaces: digest.nullable(),
  unchanged: z.boolean(),
  manifests: z.int(),
  blobs: z.strictObject({ present: blobCount, mount: blobCount, send: blobCount }),
});

function hostOf(registry: GuardedRegistry): string {
  return new URL(registry.url).host;
}

async function tagsOf(registry: GuardedRegistry, repository: string): Promise<string[]> {
  const { status, body } = await plainRequest(registry, `/v2/${repository}/tags/list`);
  return status === 404 ? [] : JSON.parse(body.toString()).tags;
}

/**
 * Methods of the requests that changed something. Finding out whether a registry can delete asks it to delete what cannot
 * exist, which it refuses.
 */
function changes(registry: GuardedRegistry): string[] {
  const done = registry.requests.filter(({ method, status }) => !/^(GET|HEAD)$/.test(method) && status < 400);
  return done.map(({ method }) => method);
}

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
    alsoRemoved: [],
    bytesFreed: 0,
  });
  const both = await cli.json(deletionDocument, ['delete', `${app}:1.0`, `${app}:1.0.1`, '--plan']);
  expect(both.manifests).toEqual([
    { digest: image.digest, tags: ['1.0', '1.0.1'], indexes: [], referrers: [] },
  ]);
  const bytes = [image, ...image.blobs].reduce((sum, part) => sum + part.bytes.length, 0);
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

test('where a tag cannot go alone, --yes is not enough and the other tags are named', async () => {
  const registry = await startTestRegistry({ limits: { deleteByTag: false } });
  const cli = await CommandLine.open();
  const image = await makeImage();
  for (const tag of ['1.0', 'latest', 'stable']) await push(image, registry, 'app', tag);
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

test('delete takes tags of one repository: no digest, no bare repository, no two places', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  registry.expectOnly();
  const host = hostOf(registry);
  const cases = [
    [`${host}/app`],
    [`${host}/app@sha256:${'0'.repeat(64)}`],
    [`${host}/app:1`, `${host}/other:1`],
    [`${host}/app:1`, `127.0.0.1:1/app:1`],
  ];
  const failures = await Promise.all(
    cases.map((references) => cli.failure(['delete', ...references, '--yes'])),
  );
  expect(failures.map(({ exit }) => exit)).toEqual([2, 2, 2, 2]);
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

test('copy sends an image to another registry, each side with its own sign-in', async () => {
  const users = (name: string) => ({ kind: 'basic' as const, users: { [name]: `${name}-pa55` } });
  const [cli, source, target] = await Promise.all([
    CommandLine.open(),
    startTestRegistry(),
    startTestRegistry({ auth: users('bob') }),
  ]);
  const index = await makeMultiPlatform();
  await push(index, source, 'team/app', '1.0');
  const from = `${hostOf(source)}/team/app:1.0`;
  const to = `${hostOf(target)}/mirror/app`;
  const access = ['--target-username', 'bob', '--target-password-stdin'];
  const denied = await cli.failure(['copy', from, to, '--yes']);
  expect(denied).toMatchObject({ exit: 1, code: 'unauthorized' });
  const done = await cli.json(copyDocument, ['copy', from, to, '--yes', ...access], { input: 'bob-pa55\n' });
  expect(done).toMatchObject({ source: from, target: `${to}:1.0`, digest: index.digest, bytesMounted: 0 });
  expect(done.bytesSent).toBeGreaterThan(0);
  const repeated = await cli.json(copyDocument, ['copy', from, to, '--yes', ...access], {
    input: 'bob-pa55\n',
  });
  expect(repeated.bytesSent).toBe(0);
});

test('both secrets of a copy come as two lines of standard input', async () => {
  const [cli, source, target] = await Promise.all([
    CommandLine.open(),
    startTestRegistry({ auth: { kind: 'basic', users: { ann: 'one' } } }),
    startTestRegistry({ auth: { kind: 'basic', users: { bob: 'two' } } }),
  ]);
  const flags = ['source', 'target'].flatMap((side, at) => [
    `--${side}-username`,
    at === 0 ? 'ann' : 'bob',
    `--${side}-password-stdin`,
  ]);
  const args = ['copy', `${hostOf(source)}/app:1`, `${hostOf(target)}/app`, '--yes', ...flags];
  // Signed in: there is just no such image.
  expect(await cli.failure(args, { input: 'one\ntwo\n' })).toMatchObject({ exit: 1, code: 'notFound' });
  expect(await cli.failure(args, { input: 'two\none\n' })).toMatchObject({ exit: 1, code: 'unauthorized' });
  expect(await cli.failure(args, { input: 'one\n' })).toMatchObject({ exit: 2, code: 'invalidInput' });
});

test('Ctrl+C cancels a copy: exit 130, no tag on the target', async () => {
  const [cli, source, target] = await Promise.all([
    CommandLine.open(),
    startTestRegistry(),
    startTestRegistry(),
  ]);
  await push(await makeImage(), source, 'app', '1.0');
  source.inject({ when: { method: 'GET', path: /\/blobs\// }, kind: 'stall', afterBytes: 10 });
  const copying = cli.start([
    'copy',
    `${hostOf(source)}/app:1.0`,
    `${hostOf(target)}/app`,
    '--yes',
    '--json',
  ]);
  await expect.poll(() => changes(target).length, { timeout: 15_000 }).toBeGreaterThan(0);
  copying.interrupt();
  const { code, stdout, stderr } = await copying.finished;
  expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  expect(JSON.parse(stderr).error.code).toBe('cancelled');
  expect(await tagsOf(target, 'app')).toEqual([]);
});

test('Ctrl+C while asking a registry exits with 130', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  registry.inject({ when: { path: /_catalog/ }, kind: 'stall', afterBytes: 1 });
  const listing = cli.start(['ls', hostOf(registry)]);
  await expect.poll(() => registry.requests.length, { timeout: 15_000 }).toBeGreaterThan(0);
  listing.interrupt();
  expect(await listing.finished).toMatchObject({ code: 130, stdout: '' });
});

test('flags of a copy without a side count for both; a sign-in only where both are one registry', async () => {
  const [cli, one, other] = await Promise.all([
    CommandLine.open(),
    startTestRegistry({ auth: { kind: 'basic', users: { ann: 'one' } } }),
    startTestRegistry(),
  ]);
  const image = await makeImage();
  const authorize = () => basicAuthorization('ann', 'one');
  await push(image, { url: one.url, authorize }, 'app', '1');
  const access = ['--plain-http', '--username', 'ann', '--password-stdin', '--yes'];
  const app = `${hostOf(one)}/app`;
  const within = await cli.json(copyDocument, ['copy', `${app}:1`, `${hostOf(one)}/moved:1`, ...access], {
    input: 'one\n',
  });
  expect(within).toMatchObject({ digest: image.digest, bytesSent: 0 });
  other.clearRequests();
  const across = ['copy', `${app}:1`, `${hostOf(other)}/app:1`, ...access];
  expect(await cli.failure(across, { input: 'one\n' })).toMatchObject({ exit: 2, code: 'invalidInput' });
  expect(other.requests).toEqual([]);
});
