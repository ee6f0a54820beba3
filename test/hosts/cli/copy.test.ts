import { beforeAll, expect, test } from 'vitest';
import { makeArtifact, makeImage, makeMultiPlatform } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { basicAuthorization, plainRequest, push } from '../../support/push.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';
import { changes, copyDocument, hostOf, tagsOf } from './documents.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

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

test('B5: --chunk-size says how much of a blob goes to the target in one request', async () => {
  const [cli, source, target] = await Promise.all([
    CommandLine.open(),
    startTestRegistry(),
    startTestRegistry(),
  ]);
  await push(await makeImage({ layers: { base: 250_000 } }), source, 'app', '1');
  const [from, to] = [`${hostOf(source)}/app`, `${hostOf(target)}/copied`];
  for (const size of ['16', '16 pints', '99KB', '-1MB'])
    expect(await cli.failure(['copy', `${from}:1`, to, '--yes', `--chunk-size=${size}`])).toMatchObject({
      exit: 2,
      code: 'invalidInput',
    });
  await cli.json(copyDocument, ['copy', `${from}:1`, to, '--yes', '--chunk-size', '0.1MB']);
  const sent = (repository: string) =>
    target.requests
      .filter(({ path, headers }) => path.includes(`/v2/${repository}/`) && headers['content-range'])
      .map(({ method, headers }) => [method, headers['content-range']]);
  const pieces = ['0-99999', '100000-199999'];
  expect(sent('copied').slice(0, 2)).toEqual(pieces.map((range) => ['PATCH', range]));
  const synced = `${hostOf(target)}/synced`;
  expect((await cli.run(['sync', from, synced, '--yes', '--chunk-size', '100kb'])).code).toBe(0);
  expect(sent('synced').slice(0, 2)).toEqual(pieces.map((range) => ['PATCH', range]));
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

test('within one registry each side may be another user', async () => {
  const [cli, registry] = await Promise.all([
    CommandLine.open(),
    startTestRegistry({ auth: { kind: 'basic', users: { ann: 'one', bob: 'two' } } }),
  ]);
  const image = await makeImage();
  await push(image, { url: registry.url, authorize: () => basicAuthorization('ann', 'one') }, 'app', '1');
  const flags = ['--source-username', 'ann', '--source-password-stdin', '--target-username', 'bob'];
  const host = hostOf(registry);
  const done = await cli.json(
    copyDocument,
    ['copy', `${host}/app:1`, `${host}/moved:1`, '--yes', ...flags, '--target-password-stdin'],
    { input: 'one\ntwo\n' },
  );
  expect(done).toMatchObject({ digest: image.digest, bytesSent: 0 });
});

test('copy --with-attached takes signatures and referrers along, also later', async () => {
  const [cli, source, target] = await Promise.all([
    CommandLine.open(),
    startTestRegistry(),
    startTestRegistry(),
  ]);
  const image = await makeImage();
  await push(image, source, 'app', '1');
  await push(makeArtifact({ subject: image, content: Buffer.from('sbom') }), source, 'app');
  const signature = makeArtifact({ content: Buffer.from('signature') });
  await push(signature, source, 'app', `${image.digest.replace(':', '-')}.sig`);
  const args = ['copy', `${hostOf(source)}/app:1`, `${hostOf(target)}/app`, '--yes'];
  expect(await cli.json(copyDocument, args)).toMatchObject({ attached: 0 });
  expect(await tagsOf(target, 'app')).toEqual(['1']);
  const done = await cli.json(copyDocument, [...args, '--with-attached']);
  expect(done).toMatchObject({ digest: image.digest, attached: 2 });
  expect(await tagsOf(target, 'app')).toEqual(['1', `${image.digest.replace(':', '-')}.sig`].sort());
  const { body } = await plainRequest(target, `/v2/app/referrers/${image.digest}`);
  expect(JSON.parse(body.toString()).manifests).toHaveLength(1);
  expect(await cli.json(copyDocument, [...args, '--with-attached'])).toMatchObject({
    attached: 0,
    bytesSent: 0,
  });
});

test('copy --platform says what becomes of the digest: another one, or a sparse index', async () => {
  const [cli, source, target] = await Promise.all([
    CommandLine.open(),
    startTestRegistry(),
    startTestRegistry(),
  ]);
  const index = await makeMultiPlatform();
  await push(index, source, 'app', '1');
  const args = ['copy', `${hostOf(source)}/app:1`, `${hostOf(target)}/app`, '--platform', 'linux/amd64'];
  const { stdout } = await cli.run([...args, '--plan']);
  expect(stdout).toMatch(new RegExp(`rewritten.*${index.digest} becomes sha256:`));
  const rewritten = await cli.json(copyDocument, [...args, '--yes']);
  expect(rewritten.digest).not.toBe(index.digest);
  const { body } = await plainRequest(target, '/v2/app/manifests/1', {
    headers: { accept: index.mediaType },
  });
  const { manifests } = JSON.parse(body.toString());
  expect(manifests.map(({ digest }: { digest: string }) => digest)).toEqual([index.children[0]?.digest]);

  // This registry is one that refuses an index whose images are missing: nothing is tagged.
  const sparse = [...args, '--sparse-index'].map((arg) => (arg.endsWith('/app') ? `${arg}:sparse` : arg));
  expect((await cli.run([...sparse, '--plan'])).stdout).toMatch(/keep their digest .* registries may refuse/);
  expect(await cli.failure([...sparse, '--yes'])).toMatchObject({ exit: 1, code: 'notFound' });
  expect(await tagsOf(target, 'app')).toEqual(['1']);
  expect(await cli.failure([...args.slice(0, 3), '--sparse-index', '--yes'])).toMatchObject({ exit: 2 });
  expect(await cli.failure([...args.slice(0, 3), '--platform', 'arm', '--yes'])).toMatchObject({ exit: 2 });
});
