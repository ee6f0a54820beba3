import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { credentialsOf, startHarbor } from '../../support/harbor.ts';
import { describeWithHarbor } from '../../support/harbor-recorded.ts';
import { makeArtifact, makeImage } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { plainRequest, push } from '../../support/push.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';
import { hostOf } from './documents.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const deletion = z.looseObject({ repository: z.string(), operation: z.string() });
const several = z.looseObject({ repositories: z.array(deletion), operation: z.string() });
const shown = z.looseObject({
  id: z.string(),
  kind: z.string(),
  changes: z.array(
    z.looseObject({
      tag: z.string().nullable(),
      before: z.string().nullable(),
      after: z.string().nullable(),
      state: z.string(),
    }),
  ),
});

async function digestOf(registry: { url: string }, repository: string, reference: string) {
  const reply = await plainRequest(registry, `/v2/${repository}/manifests/${reference}`, { method: 'HEAD' });
  return reply.status === 200 ? String(reply.headers['docker-content-digest']) : undefined;
}

test('B8: patterns and digests of several repositories go by one command as one operation, which is undone by its id', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  const [one, two, untagged] = await Promise.all(['one', 'two', 'three'].map((name) => makeImage({ name })));
  if (!one || !two || !untagged) throw new Error('There are images.');
  for (const tag of ['1.0', '1.1', '2.0']) await push(one, registry, 'app', tag);
  await push(untagged, registry, 'app');
  await push(two, registry, 'team/web', 'latest');
  const host = hostOf(registry);
  const references = [`${host}/app:1.*`, `${host}/app@${untagged.digest}`, `${host}/team/web:latest`];
  const missing = [...references, `${host}/nobody:1`, '--yes'];
  expect(await cli.failure(['delete', ...missing])).toMatchObject({ exit: 1, code: 'notFound' });
  expect(await digestOf(registry, 'app', '1.0')).toBe(one.digest);
  const planned = await cli.run(['delete', ...references, '--plan']);
  expect(planned.stdout).toContain('app: 2 tags, 1 manifest');
  const { repositories, operation: id } = await cli.json(several, ['delete', ...references, '--yes']);
  expect(repositories).toMatchObject([
    { repository: `${host}/app`, operation: id },
    { repository: `${host}/team/web`, operation: id },
  ]);
  expect(await digestOf(registry, 'app', '1.0')).toBeUndefined();
  expect(await digestOf(registry, 'app', '1.1')).toBeUndefined();
  expect(await digestOf(registry, 'app', '2.0')).toBe(one.digest);
  expect(await digestOf(registry, 'app', untagged.digest)).toBeUndefined();
  expect(await digestOf(registry, 'team/web', 'latest')).toBeUndefined();

  const told = await cli.json(shown, ['operations', id]);
  expect(told.changes).toMatchObject([
    { tag: '1.0', before: one.digest, after: null, state: 'done' },
    { tag: '1.1', before: one.digest, after: null, state: 'done' },
    { tag: null, before: untagged.digest, after: null, state: 'done' },
    { tag: 'latest', before: two.digest, after: null, state: 'done' },
  ]);
  const { stdout } = await cli.run(['operations', id.slice(0, 8)]);
  expect(stdout).toMatch(/STATE +TAG +BEFORE +AFTER/);
  expect(stdout).toMatch(new RegExp(`done +1\\.0 +${one.digest.slice(0, 19)}`));

  expect(await cli.failure(['undo', id])).toMatchObject({ exit: 2 });
  const restores = z.strictObject({
    operation: z.string(),
    restores: z.array(
      z.strictObject({
        repository: z.string(),
        tag: z.string().nullable(),
        digest: z.string().nullable(),
        possible: z.boolean(),
        state: z.string(),
        now: z.string().nullable(),
        bytesSent: z.int(),
      }),
    ),
  });
  const line = { repository: 'app', possible: true, state: 'restore', now: null, bytesSent: 0 };
  expect(await cli.json(restores, ['undo', id, '--plan'])).toEqual({
    operation: id,
    restores: [
      { ...line, tag: '1.0', digest: one.digest },
      { ...line, tag: '1.1', digest: one.digest },
      { ...line, tag: null, digest: untagged.digest },
      { ...line, repository: 'team/web', tag: 'latest', digest: two.digest },
    ],
  });
  const undo = await cli.run(['undo', id.slice(0, 8), '--plan']);
  expect(undo.stdout).toContain('1.0 -> ');
  expect(await digestOf(registry, 'app', '1.0')).toBeUndefined();
  const back = await cli.json(z.looseObject({ kind: z.string(), undoes: z.string(), status: z.string() }), [
    'undo',
    id,
    '--yes',
  ]);
  expect(back).toMatchObject({ kind: 'restore', undoes: id, status: 'done' });
  for (const reference of ['1.0', '1.1', untagged.digest])
    expect(await digestOf(registry, 'app', reference)).toBeDefined();
  expect(await cli.failure(['undo', id, '--yes'])).toMatchObject({ exit: 1, code: 'unsupported' });
  expect(await digestOf(registry, 'team/web', 'latest')).toBe(two.digest);
});

test('trash shows what is kept of which operation, and is emptied of content, or of all', async () => {
  const [cli, registry, image] = await Promise.all([CommandLine.open(), startTestRegistry(), makeImage()]);
  await push(image, registry, 'app', '1');
  const { operation } = await cli.json(deletion, [
    'delete',
    `${hostOf(registry)}/app:1`,
    '--keep-content',
    '--yes',
  ]);
  const usage = z.looseObject({
    operations: z.int(),
    manifests: z.int(),
    bytes: z.int(),
    content: z.strictObject({ folder: z.string(), bytes: z.int() }),
  });
  const listed = usage.extend({ entries: z.array(z.looseObject({ id: z.string(), content: z.int() })) });
  const content = image.bytes.length + image.blobs.reduce((sum, { bytes }) => sum + bytes.length, 0);
  expect(await cli.json(listed, ['trash'])).toMatchObject({
    operations: 1,
    manifests: 1,
    content: { bytes: content },
    entries: [{ id: operation, content }],
  });
  expect((await cli.run(['trash'])).stdout).toContain(operation.slice(0, 8));
  expect(await cli.failure(['trash', 'empty'])).toMatchObject({ exit: 2 });
  const emptied = await cli.json(usage, ['trash', 'empty', '--content', '--yes']);
  expect(emptied).toMatchObject({ manifests: 1, content: { bytes: 0 } });
  expect(await cli.json(usage, ['trash', 'empty', '--yes'])).toMatchObject({ operations: 0, manifests: 0 });
});

test('B8: --with-attached takes the signatures along, without it they are offered; * means no signatures by itself', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  const image = await makeImage();
  const report = makeArtifact({ subject: image, content: Buffer.from('report') });
  const cosign = `sha256-${image.digest.slice('sha256:'.length)}.sig`;
  await push(image, registry, 'app', '1');
  await push(report, registry, 'app');
  await push(await makeImage({ name: 'signature' }), registry, 'app', cosign);
  const host = hostOf(registry);
  const offered = await cli.run(['delete', `${host}/app:*`, '--plan']);
  expect(offered.stdout).toContain('--with-attached');
  expect(offered.stdout).not.toContain('NOT ASKED FOR');
  const { code } = await cli.run(['delete', `${host}/app:*`, '--with-attached', '--yes']);
  expect(code).toBe(0);
  for (const reference of ['1', report.digest, cosign])
    expect(await digestOf(registry, 'app', reference)).toBeUndefined();
});

describeWithHarbor('on Harbor, replayed', () => {
  test('B9: the plan says where deleted tags are listed again, for the project is a cache', async () => {
    const [cli, harbor, image] = await Promise.all([CommandLine.open(), startHarbor(), makeImage()]);
    harbor.content.push(image, '1.0', 'latest');
    harbor.content.caches = true;
    const credentials = credentialsOf('projectAdmin');
    const { code, stdout } = await cli.run(
      ['delete', `${harbor.host}/team/web:1.0`, '--plan', '--username', 'padmin', '--password-stdin'],
      { input: `${credentials?.password}\n` },
    );
    expect(code).toBe(0);
    expect(stdout).toContain('a cache of another registry');
  });

  test('B8: the plan says that its bytes are an upper bound, and that reading what goes counts as a pull', async () => {
    const [cli, harbor, image] = await Promise.all([CommandLine.open(), startHarbor(), makeImage()]);
    harbor.content.push(image, '1.0');
    harbor.content.push(await makeImage({ name: 'other' }), '2.0');
    const { code, stdout } = await cli.run(
      ['delete', `${harbor.host}/team/web:1.0`, '--plan', '--username', 'padmin', '--password-stdin'],
      { input: `${credentialsOf('projectAdmin')?.password}\n` },
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/frees up to [\d.]+ \w+ on the registry/);
    expect(stdout).toContain('counts that as a pull');
    expect(harbor.pulls()).toBe(0);
  });
});

const whole = z.looseObject({
  registry: z.string(),
  repositories: z.array(
    z.looseObject({
      repository: z.string(),
      manifests: z.array(z.strictObject({ digest: z.string(), tags: z.array(z.string()) })),
      bytesFreed: z.number(),
    }),
  ),
  garbageCollection: z.string(),
});

test('whole repositories and namespaces: the plan names what goes of each, they go as one operation, and come back as one', async () => {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  const [one, two] = [await makeImage({ name: 'one' }), await makeImage({ name: 'two' })];
  await push(one, registry, 'team/app', '1.0');
  await push(one, registry, 'team/app', 'latest');
  await push(two, registry, 'team/web', 'latest');
  await push(two, registry, 'teamwork', 'latest');
  const host = hostOf(registry);
  const planned = await cli.json(whole, ['delete', `${host}/team/**`, '--plan']);
  expect(planned).toMatchObject({
    registry: host,
    repositories: [
      { repository: `${host}/team/app`, manifests: [{ digest: one.digest, tags: ['1.0', 'latest'] }] },
      { repository: `${host}/team/web`, manifests: [{ digest: two.digest, tags: ['latest'] }] },
    ],
  });
  const { stdout } = await cli.run(['delete', `${host}/team/**`, '--plan']);
  expect(stdout).toContain('team/app: 2 tags, 1 manifest');
  expect(await digestOf(registry, 'team/app', '1.0')).toBe(one.digest);
  expect(await cli.failure(['delete', `${host}/nobody/**`, '--plan'])).toMatchObject({ code: 'notFound' });
  expect(await cli.failure(['delete', '--repository', `${host}/team/app:1.0`, '--plan'])).toMatchObject({
    exit: 2,
  });

  const only = await cli.json(whole.extend({ operation: z.string() }), [
    'delete',
    '--repository',
    `${host}/team/app`,
    '--yes',
  ]);
  expect(await digestOf(registry, 'team/app', 'latest')).toBeUndefined();
  expect(await digestOf(registry, 'team/web', 'latest')).toBe(two.digest);
  const both = await cli.json(whole.extend({ operation: z.string() }), [
    'delete',
    `${host}/team/**`,
    '--yes',
  ]);
  expect(both.repositories.map(({ repository }) => repository)).toEqual([`${host}/team/web`]);
  expect(await digestOf(registry, 'team/web', 'latest')).toBeUndefined();
  expect(await digestOf(registry, 'teamwork', 'latest')).toBe(two.digest);
  for (const { operation } of [both, only])
    expect((await cli.run(['undo', operation, '--yes'])).code).toBe(0);
  expect(await digestOf(registry, 'team/web', 'latest')).toBe(two.digest);
  for (const tag of ['1.0', 'latest']) expect(await digestOf(registry, 'team/app', tag)).toBe(one.digest);
});
