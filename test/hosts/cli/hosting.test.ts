import { once } from 'node:events';
import { statSync } from 'node:fs';
import { chmod, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { ensureBuilt } from '../../../src-main/hosts/launcher/build.mjs';
import { freePort } from '../../support/free-port.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { startServer } from '../../support/server.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);
beforeAll(() => ensureBuilt(['renderer']), BUILD_TIMEOUT_MS);

test('local runs the embedded registry with samples until Ctrl+C', async () => {
  const cli = await CommandLine.open();
  const running = cli.start(['local', '--json']);
  await running.seen('"url"');
  const { accounts } = await cli.json(z.object({ accounts: z.array(z.object({ host: z.string() })) }), [
    'accounts',
  ]);
  const host = accounts[0]?.host ?? '';
  const shape = z.object({ repositories: z.array(z.string()).min(1) });
  expect((await cli.json(shape, ['ls', host])).repositories).toEqual(expect.arrayContaining(['harbour/api']));
  const second = await cli.failure(['local']);
  expect(second).toMatchObject({ exit: 1, code: 'busy' });
  expect(second.words).toContain(host);
  running.interrupt();
  const { code, stdout } = await running.finished;
  expect(code).toBe(0);
  expect(
    z
      .strictObject({ url: z.url(), host: z.literal(host), folder: z.string(), signIn: z.null() })
      .parse(JSON.parse(stdout)).folder,
  ).toContain(cli.home);
  expect(await cli.failure(['ls', host])).toMatchObject({ exit: 1, code: 'connectionRefused' });
});

test('local gc shows its dry run and frees the disk, while the registry runs elsewhere and when it is stopped', async () => {
  const cli = await CommandLine.open();
  const port = String(await freePort());
  const sampling = cli.start(['local', '--json', '--port', port]);
  await sampling.seen('"url"');
  sampling.interrupt();
  await sampling.finished;
  // What was just pushed to this one would have to settle first.
  const running = cli.start(['local', '--json', '--no-samples', '--port', port]);
  await running.seen('"url"');
  const { accounts } = await cli.json(z.object({ accounts: z.array(z.object({ host: z.string() })) }), [
    'accounts',
  ]);
  const host = accounts[0]?.host ?? '';
  const bytes = z.object({ bytes: z.number(), count: z.number() });
  const usage = z.object({
    folder: z.string(),
    disk: z.object({ allocated: z.number() }),
    referenced: bytes,
    orphaned: bytes,
  });
  const before = await cli.json(usage, ['local', 'usage']);
  expect(before.orphaned).toEqual({ count: 0, bytes: 0 });
  expect(before.referenced.count).toBeGreaterThan(50);
  await cli.run(['delete', `${host}/tools/backup:*`, '--yes', '--accept-side-effects']);

  const plan = z.object({ manifests: z.array(z.unknown()), blobs: bytes, bytes: z.number().positive() });
  const deleted = await cli.json(usage, ['local', 'usage']);
  const planned = await cli.json(plan, ['local', 'gc', '--plan', '--untagged']);
  expect(await cli.json(usage, ['local', 'usage'])).toEqual(deleted);
  expect(await cli.failure(['local', 'gc'])).toMatchObject({ exit: 2 });
  const outcome = z.object({
    manifests: z.number(),
    blobs: bytes,
    bytes: z.number(),
    disk: z.object({ before: usage.shape.disk, after: usage.shape.disk }),
    operation: z.uuid().nullable(),
  });
  const done = await cli.json(outcome, ['local', 'gc', '--untagged', '--yes']);
  expect(done).toMatchObject({ bytes: planned.bytes, manifests: planned.manifests.length });
  expect(done.disk.before.allocated - done.disk.after.allocated).toBeGreaterThan(done.bytes);
  expect((await cli.run(['operations'])).stdout).toContain('collect garbage of');

  running.interrupt();
  await running.finished;
  expect((await cli.json(usage, ['local', 'usage'])).disk).toEqual(done.disk.after);
  const nothing = await cli.json(outcome, ['local', 'gc', '--untagged', '--yes']);
  expect(nothing).toMatchObject({ bytes: 0, operation: null, disk: { before: done.disk.after } });
  expect((await cli.run(['local', 'gc', '--plan'])).stdout).toContain('everything in it is needed');
});

test('S11: local asks for a sign-in if a flag says so, and shows the password when asked', async () => {
  const cli = await CommandLine.open();
  const running = cli.start(['local', '--json', '--no-samples', '--sign-in', '--show-password']);
  await running.seen('"url"');
  const { accounts } = await cli.json(z.object({ accounts: z.array(z.object({ host: z.string() })) }), [
    'accounts',
  ]);
  const host = accounts[0]?.host ?? '';
  running.interrupt();
  const { stdout } = await running.finished;
  const shape = z.object({ signIn: z.strictObject({ username: z.string(), password: z.string().min(20) }) });
  const { signIn } = shape.parse(JSON.parse(stdout));

  const again = cli.start(['local', '--no-samples']);
  await again.seen('Ctrl+C ends it');
  const anonymous = await cli.failure(['ls', host, '--username', 'wharfinger', '--password-stdin'], {
    input: 'wrong',
  });
  expect(anonymous).toMatchObject({ exit: 1, code: 'unauthorized' });
  again.interrupt();
  const { stderr } = await again.finished;
  expect(stderr).toContain('--show-password');
  expect(stderr).not.toContain(signIn.password);
});

test('S11: what is kept can be read by its owner only, whatever the mode of the folder', async () => {
  const cli = await CommandLine.open();
  await chmod(cli.home, 0o755);
  const running = cli.start(['local', '--json']);
  await running.seen('"url"');
  const entries = await readdir(cli.home, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  expect(files.map((file) => basename(file))).toEqual(
    expect.arrayContaining(['settings.json', 'wharfinger.db', 'wharfinger.db-wal', 'identity']),
  );
  // One that is written anew has another name until then.
  const modes = files.flatMap((file) => {
    const found = statSync(file, { throwIfNoEntry: false });
    return found ? [{ file, mode: found.mode & 0o777 }] : [];
  });
  expect(modes.filter(({ mode }) => mode !== 0o600)).toEqual([]);
  running.interrupt();
  await running.finished;
});

test('serve serves the app for a browser until Ctrl+C', async () => {
  const cli = await CommandLine.open();
  const running = cli.start(['serve', '--port', '0', '--no-open']);
  await running.seen('Wharfinger is at ');
  const other = cli.start(['serve', '--port', '0', '--no-open']);
  await other.seen('Wharfinger is at ');
  for (const host of [running, other]) {
    host.interrupt();
    const { code, stdout, stderr } = await host.finished;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Wharfinger is at http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}\n$/);
  }
});

test('without a keychain login keeps nothing and says so; logout of an unknown host fails', async () => {
  const registry = await startTestRegistry({ auth: { kind: 'basic', users: { ann: 'pa55' } } });
  const cli = await CommandLine.open();
  const { host } = new URL(registry.url);
  const args = ['login', host, '--username', 'ann', '--password-stdin'];
  const refused = await cli.failure(args, { input: 'pa55' });
  expect(refused).toMatchObject({ exit: 1, code: 'keychainUnavailable' });
  expect(refused.words).not.toContain('pa55');
  expect(await cli.json(z.strictObject({ accounts: z.array(z.never()) }), ['accounts'])).toEqual({
    accounts: [],
  });
  expect(await cli.failure(['logout', host])).toMatchObject({ exit: 1, code: 'accountUnknown' });
});

test('B10: local takes the port it is given, or says which one it could not have', async () => {
  const [cli, squatter] = await Promise.all([
    CommandLine.open(),
    startServer({ 'GET /v2/': { status: 404 } }),
  ]);
  const taken = Number(squatter.host.split(':')[1]);
  const refused = await cli.failure(['local', '--no-samples', '--port', String(taken)]);
  expect(refused).toMatchObject({ exit: 1, code: 'busy' });
  expect(refused.words).toContain(String(taken));

  const port = await freePort();
  const first = cli.start(['local', '--no-samples', '--port', String(port)]);
  await first.seen(`Local registry is at http://127.0.0.1:${port}\n`);
  first.interrupt();
  await first.finished;

  // The usual port by now; another program takes it.
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  const second = cli.start(['local', '--no-samples']);
  await second.seen('Ctrl+C ends it');
  second.interrupt();
  other.close();
  expect((await second.finished).stderr).toContain(`Port ${port} is taken by another program`);
});
