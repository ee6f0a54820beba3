import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { ensureBuilt } from '../../../src-main/hosts/launcher/build.mjs';
import { startTestRegistry } from '../../support/local-registry.ts';
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
    z.strictObject({ url: z.url(), host: z.literal(host), folder: z.string() }).parse(JSON.parse(stdout))
      .folder,
  ).toContain(cli.home);
  expect(await cli.failure(['ls', host])).toMatchObject({ exit: 1, code: 'connectionRefused' });
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
