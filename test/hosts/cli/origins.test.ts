import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { makeImage } from '../../support/images.ts';
import { startOddRegistry } from '../../support/odd-registry.ts';
import { push } from '../../support/push.ts';
import { startServer } from '../../support/server.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const BASIC = `Basic ${Buffer.from('ann:p').toString('base64')}`;
const SIGN_IN = ['--username', 'ann', '--password-stdin'];

/** A registry whose token service is on another host, as of a GitLab of one's own. */
async function startDivided() {
  const service = await startServer({
    'GET /jwt/auth': ({ headers }) =>
      headers.authorization === BASIC ? { body: { token: 'good' } } : { status: 401 },
  });
  const registry = await startOddRegistry(async ({ headers }, ordinary) =>
    headers.authorization === 'Bearer good'
      ? await ordinary()
      : {
          status: 401,
          headers: {
            'www-authenticate': `Bearer realm="${service.url}/jwt/auth",service="container_registry"`,
          },
        },
  );
  await push(await makeImage(), registry.behind, 'a/b', 'v1');
  return { service, place: `${registry.host}/a/b` };
}

test('B3: the host that a registry names for its tokens is approved for a command, or for good; the refusal says how', async () => {
  const { service, place } = await startDivided();
  const cli = await CommandLine.open();
  const refused = await cli.failure(['tags', place, ...SIGN_IN], { input: 'p' });
  expect(refused).toMatchObject({ exit: 1, code: 'addressRefused' });
  expect(refused.words).toContain(`--approve ${service.host}`);
  expect(refused.words).toContain(`wharfinger approve ${service.host}`);
  expect(service.seen).toEqual([]);

  const once = await cli.run(['tags', place, ...SIGN_IN, '--approve', service.host], { input: 'p' });
  expect(once).toMatchObject({ code: 0, stdout: expect.stringContaining('v1') });
  expect(await cli.failure(['tags', place, ...SIGN_IN], { input: 'p' })).toMatchObject({
    code: 'addressRefused',
  });

  expect(await cli.run(['approve', service.host, 'storage.test'])).toMatchObject({
    code: 0,
    stdout: `${service.host}\nstorage.test\n`,
  });
  expect(await cli.run(['tags', place, ...SIGN_IN], { input: 'p' })).toMatchObject({ code: 0 });
  expect(await cli.run(['approve', service.host, '--remove'])).toMatchObject({ stdout: 'storage.test\n' });
  expect(await cli.run(['approve', '--json'])).toMatchObject({
    stdout: expect.stringContaining('"storage.test"'),
  });
  expect(await cli.failure(['approve', 'http://x/'])).toMatchObject({ exit: 2, code: 'invalidInput' });
});

test('B3: what no one may approve is not offered', async () => {
  const registry = await startServer({
    'GET *': {
      status: 401,
      headers: { 'www-authenticate': 'Bearer realm="http://169.254.169.254/token",service="x"' },
    },
  });
  const cli = await CommandLine.open();
  const refused = await cli.failure(['tags', `${registry.host}/a/b`]);
  expect(refused.code).toBe('addressRefused');
  expect(refused.words).not.toContain('approve');
});

test("B6: Docker's and Podman's files: the repository decides, and what cannot be read is reported", async () => {
  const registry = await startOddRegistry(async ({ headers }, ordinary) =>
    headers.authorization === BASIC
      ? await ordinary()
      : { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } },
  );
  await push(await makeImage(), registry.behind, 'a/b', 'v1');
  const cli = await CommandLine.open();
  const write = async (folder: string, name: string, content: string) => {
    await mkdir(join(cli.home, folder), { recursive: true });
    await writeFile(join(cli.home, folder, name), content);
  };
  const env = {
    DOCKER_CONFIG: join(cli.home, 'docker'),
    REGISTRY_AUTH_FILE: join(cli.home, 'podman/auth.json'),
  };
  await write('docker', 'config.json', '{"auths":');
  const auth = (pair: string) => ({ auth: Buffer.from(pair).toString('base64') });
  await write(
    'podman',
    'auth.json',
    JSON.stringify({
      auths: { [`${registry.host}/other`]: auth('eve:x'), [`${registry.host}/a`]: auth('ann:p') },
    }),
  );
  expect(await cli.run(['tags', `${registry.host}/a/b`], { env })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('v1'),
    stderr: expect.stringContaining('config.json is not a valid configuration of Docker'),
  });
  for (const command of ['digest', 'manifest', 'config', 'referrers', 'inspect'])
    expect([command, (await cli.run([command, `${registry.host}/a/b:v1`], { env })).code]).toEqual([
      command,
      0,
    ]);
  const sent = registry.seen.map(({ headers }) => headers.authorization);
  expect(new Set(sent)).toEqual(new Set([undefined, BASIC]));
});
