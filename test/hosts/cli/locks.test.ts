import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { makeImage } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';
import { changes, hostOf, tagsOf } from './documents.ts';
import { storeAccount } from './stored-account.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const settings = z.record(z.string(), z.unknown());
const locked = z.object({
  accounts: z.array(z.object({ readOnly: z.boolean(), protectedTags: z.array(z.string()) })),
});
const deletion = z.looseObject({
  operation: z.string(),
  spared: z.array(z.object({ tag: z.string(), along: z.array(z.string()) })).optional(),
});

async function withAccount() {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  for (const tag of ['v1', 'pr-1', 'pr-2'])
    await push(await makeImage({ name: tag }), registry, 'team/app', tag);
  await storeAccount(cli, registry);
  return { cli, registry, host: hostOf(registry) };
}

test('a registry is locked, its tags are protected, and a command that would change them says so', async () => {
  const { cli, registry, host } = await withAccount();
  expect(await cli.json(locked, ['accounts', 'protect', host, 'v*', 'team/**:stable'])).toEqual({
    accounts: [{ readOnly: false, protectedTags: ['v*', 'team/**:stable'] }],
  });
  expect((await cli.run(['accounts'])).stdout).toContain('protected: v* team/**:stable');
  const refused = await cli.failure(['delete', `${host}/team/app:v1`, '--yes']);
  expect(refused).toMatchObject({ exit: 1, code: 'protectedTag', words: expect.stringContaining('v1') });
  expect(await cli.failure(['retag', `${host}/team/app:pr-1`, 'v1', '--yes'])).toMatchObject({
    code: 'protectedTag',
  });
  const { spared } = await cli.json(deletion, [
    'delete',
    `${host}/team/app:v1`,
    `${host}/team/app:pr-1`,
    '--yes',
  ]);
  expect(spared).toEqual([{ tag: 'v1', along: [] }]);
  expect(await tagsOf(registry, 'team/app')).toEqual(['pr-2', 'v1']);
  expect(await cli.json(locked, ['accounts', 'protect', host, 'v*', '--remove'])).toMatchObject({
    accounts: [{ protectedTags: ['team/**:stable'] }],
  });
  expect(await cli.json(locked, ['accounts', 'lock', host])).toMatchObject({
    accounts: [{ readOnly: true }],
  });
  expect(await cli.failure(['delete', `${host}/team/app:v1`, '--yes'])).toMatchObject({ code: 'readOnly' });
  expect(await cli.failure(['accounts', 'lock', 'nowhere.test'])).toMatchObject({ code: 'accountUnknown' });
});

test('a name that is given must be the right one; scripts are asked for it where that is set; --yes is enough else', async () => {
  const { cli, registry, host } = await withAccount();
  const all = ['delete', `${host}/team/app:*`, '--yes'];
  expect(await cli.failure([...all, '--confirm', 'team/other'])).toMatchObject({
    exit: 1,
    code: 'nameNeeded',
    words: expect.stringContaining('--confirm team/app'),
  });
  await cli.run(['settings', 'typeNameInScripts', 'true']);
  expect(await cli.json(settings, ['settings', 'typeNameInScripts'])).toEqual({ typeNameInScripts: true });
  expect(await cli.failure(all)).toMatchObject({ code: 'nameNeeded' });
  expect(changes(registry)).not.toContain('DELETE');
  // One of several needs no name.
  await cli.json(deletion, ['delete', `${host}/team/app:pr-1`, '--yes']);
  await cli.json(deletion, [...all, '--confirm', 'team/app']);
  expect(await tagsOf(registry, 'team/app')).toEqual([]);
  expect(await cli.failure(['settings', 'typeNameFrom', '0'])).toMatchObject({ exit: 2 });
  expect(await cli.failure(['settings', 'nothing'])).toMatchObject({ exit: 2 });
});

test('an undo that deletes as many tags as a name is asked for takes it by --confirm, like any deletion', async () => {
  const { cli, registry, host } = await withAccount();
  await cli.run(['settings', 'typeNameInScripts', 'true']);
  await cli.run(['settings', 'typeNameFrom', '1']);
  const copied = await cli.run(['copy', `${host}/team/app:pr-1`, `${host}/team/new:1`, '--yes', '--json']);
  expect(copied.stderr).not.toContain('error');
  const history = z.looseObject({ operations: z.array(z.looseObject({ id: z.uuid() })) });
  const [last] = (await cli.json(history, ['operations'])).operations;
  const undo = ['undo', last?.id ?? '', '--yes'];
  expect(await cli.failure(undo)).toMatchObject({
    exit: 1,
    code: 'nameNeeded',
    words: expect.stringContaining('--confirm team/new'),
  });
  expect(await cli.failure([...undo, '--confirm', 'team/app'])).toMatchObject({ code: 'nameNeeded' });
  expect(await tagsOf(registry, 'team/new')).toEqual(['1']);
  const done = z.looseObject({ status: z.literal('done') });
  await cli.json(done, [...undo, '--confirm', 'team/new']);
  expect(await tagsOf(registry, 'team/new')).toEqual([]);
});

test('a dry run by a flag or by the environment shows the plan, by the settings refuses to start it', async () => {
  const { cli, registry, host } = await withAccount();
  const one = ['delete', `${host}/team/app:pr-1`, '--yes', '--json'];
  for (const { args, env } of [
    { args: ['--dry-run', ...one], env: {} },
    { args: one, env: { WHARFINGER_DRY_RUN: '1' } },
  ]) {
    const { code, stdout } = await cli.run(args, { env });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).not.toHaveProperty('operation');
  }
  await cli.run(['settings', 'dryRun', 'true']);
  expect(await cli.failure(one.slice(0, -1))).toMatchObject({ exit: 1, code: 'dryRun' });
  expect(await cli.failure(['operations', 'resume', '--dry-run'])).toMatchObject({ exit: 2 });
  expect(changes(registry)).not.toContain('DELETE');
});

test('gc says what frees the bytes, writes commands, and reads what they print', async () => {
  const { cli, host } = await withAccount();
  const facts = await cli.json(z.looseObject({ way: z.string(), frees: z.array(z.string()) }), [
    'gc',
    host,
    '--plan',
  ]);
  // Another program's embedded registry is collected by that.
  expect(facts).toMatchObject({ way: 'api', frees: ['localCollection'] });
  expect(await cli.failure(['gc', host, '--yes'])).toMatchObject({ code: 'unsupported' });
  const printed = `blob eligible for deletion: sha256:${'0'.repeat(64)}\n0 blobs marked, 1 blobs and 0 manifests eligible for deletion\n`;
  const read = await cli.json(z.looseObject({ unknown: z.int() }), ['gc', host, '--read', '-'], {
    input: printed,
  });
  expect(read).toMatchObject({
    blobs: 1,
    unknown: 1,
    whole: true,
    ran: false,
    known: { count: 0, bytes: 0 },
  });
  expect(await cli.failure(['gc', host, '--read', '-'], { input: 'no output' })).toMatchObject({ exit: 2 });
});
