import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { makeCertificates } from '../../support/certificates.ts';
import { makeImage } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { type Oddity, startOddRegistry } from '../../support/odd-registry.ts';
import { push } from '../../support/push.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';
import { changes, hostOf, tagsOf } from './documents.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

/** What a test stores of an account beside its address. */
interface Stored {
  readonly verify?: boolean;
  readonly username?: string;
}

/** A command line with one account whose password is in a keychain that does not answer. */
async function withAccount(url: string, { verify = true, username = 'ann' }: Stored = {}) {
  const cli = await CommandLine.open();
  const account = {
    id: randomUUID(),
    name: 'stored',
    url,
    signIn: { kind: 'password', username },
    tls: { verify },
    proxy: { kind: 'system' },
    readOnly: false,
    repositories: [],
    keychainFields: ['password'],
  };
  await mkdir(join(cli.home, 'wharfinger'));
  await writeFile(join(cli.home, 'wharfinger', 'settings.json'), JSON.stringify({ accounts: [account] }));
  return cli;
}

/** Asks for a sign-in as `ann`, and keeps what was sent. */
const basic: Oddity = async ({ headers }, ordinary) =>
  headers.authorization === `Basic ${Buffer.from('ann:pa55').toString('base64')}`
    ? await ordinary()
    : { status: 401, headers: { 'www-authenticate': 'Basic realm="test"' } };

const SIGN_IN = ['--username', 'ann', '--password-stdin'];
const warned = z.object({ warnings: z.array(z.object({ code: z.string(), message: z.string() })) });

test('B7: a sign-in by flags needs no keychain, though an account is stored; nor does none at all', async () => {
  const registry = await startOddRegistry(basic);
  const cli = await withAccount(registry.url);
  expect(await cli.failure(['ls', registry.host])).toMatchObject({ code: 'keychainUnavailable' });
  expect(await cli.run(['ls', registry.host, ...SIGN_IN], { input: 'pa55' })).toMatchObject({ code: 0 });
  expect(await cli.failure(['ls', registry.host, '--anonymous'])).toMatchObject({ code: 'unauthorized' });
  expect(registry.seen.at(-1)?.headers.authorization).toBeUndefined();
  expect(await cli.failure(['ls', registry.host, '--anonymous', ...SIGN_IN])).toMatchObject({ exit: 2 });
});

test('B7: --ca and --verify verify, though "do not verify" is stored; nothing is sent where that fails', async () => {
  const [tls, others] = await Promise.all([makeCertificates(), makeCertificates()]);
  const registry = await startOddRegistry(basic, { tls: tls.server });
  const cli = await withAccount(registry.url, { verify: false });
  const [own, other] = [join(cli.home, 'own.pem'), join(cli.home, 'other.pem')];
  await Promise.all([writeFile(own, tls.authority), writeFile(other, others.authority)]);
  for (const flags of [['--ca', other], ['--verify']]) {
    const refused = await cli.failure(['ls', registry.host, ...SIGN_IN, ...flags], { input: 'pa55' });
    expect(refused).toMatchObject({ exit: 1, code: 'tlsUntrusted' });
  }
  expect(registry.seen).toEqual([]);
  const trusted = await cli.run(['ls', registry.host, ...SIGN_IN, '--ca', own, '--json'], { input: 'pa55' });
  expect(trusted).toMatchObject({ code: 0, stderr: '' });

  // As it is stored: said each time, and to programs in the one document.
  const people = await cli.run(['ls', registry.host, ...SIGN_IN], { input: 'pa55' });
  expect(people.stderr).toMatch(/^wharfinger: The certificate of 127\.0\.0\.1:\d+ is not verified: .+\n$/);
  const programs = await cli.run(['ls', registry.host, ...SIGN_IN, '--json'], { input: 'pa55' });
  expect(warned.parse(JSON.parse(programs.stderr)).warnings).toMatchObject([{ code: 'unverified' }]);
  const wrong = await cli.run(['ls', registry.host, ...SIGN_IN, '--json'], { input: 'wrong' });
  expect(JSON.parse(wrong.stderr)).toMatchObject({
    error: { code: 'unauthorized' },
    warnings: [{ code: 'unverified' }],
  });
  expect(await cli.failure(['ls', registry.host, '--insecure', '--ca', own])).toMatchObject({ exit: 2 });
});

test('B7: --https asks by https on localhost as well', async () => {
  const registry = await startTestRegistry();
  const cli = await CommandLine.open();
  expect(await cli.failure(['ls', hostOf(registry), '--https'])).toMatchObject({
    exit: 1,
    code: 'tlsFailed',
  });
  expect(registry.requests).toEqual([]);
});

test('B7: operations resume goes on with what Ctrl+C left, and takes the flags that are not kept', async () => {
  const tls = await makeCertificates();
  const source = await startOddRegistry(basic, { tls: tls.server });
  const [target, cli] = await Promise.all([startTestRegistry(), CommandLine.open()]);
  await push(await makeImage(), source.behind, 'app', '1');
  const release = source.behind.inject({
    when: { method: 'GET', path: /\/blobs\// },
    kind: 'stall',
    afterBytes: 10,
  });
  const ca = join(cli.home, 'ca.pem');
  await writeFile(ca, tls.authority);
  const flags = ['--source-ca', ca, '--source-username', 'ann', '--source-password-stdin'];
  const copy = ['copy', `${source.host}/app:1`, `${hostOf(target)}/app`, '--yes', ...flags];
  const copying = cli.start(copy, { input: 'pa55' });
  await expect.poll(() => changes(target).length, { timeout: 30_000 }).toBeGreaterThan(0);
  copying.interrupt();
  const { code, stderr } = await copying.finished;
  expect(code).toBe(130);
  expect(stderr).toMatch(/Continue with: wharfinger operations resume [0-9a-f-]{36}/);
  release();

  // The flags were not kept: a registry of an authority that no one trusts.
  expect((await cli.run(['operations', 'resume'])).code).toBe(1);
  const shared = ['operations', 'resume', '--username', 'ann', '--password-stdin'];
  expect(await cli.failure(shared, { input: 'pa55' })).toMatchObject({ exit: 2 });
  const done = await cli.run(['operations', 'resume', ...flags], { input: 'pa55' });
  expect(done).toMatchObject({ code: 0, stdout: expect.stringMatching(/copy .*: done\n$/) });
  expect(await tagsOf(target, 'app')).toEqual(['1']);
});
