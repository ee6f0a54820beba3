import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { HUB_SIGN_INS, startDockerHub } from '../../support/docker-hub.ts';
import { makeImage } from '../../support/images.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const image = await makeImage();

async function setUp(prepare: (hub: Awaited<ReturnType<typeof startDockerHub>>['hub']) => void) {
  const [cli, started] = await Promise.all([CommandLine.open(), startDockerHub()]);
  prepare(started.hub);
  const authority = join(cli.home, 'authority.pem');
  await writeFile(authority, started.reach.tls.authorities);
  const env = { HTTPS_PROXY: started.reach.proxy.url };
  const { username, password } = HUB_SIGN_INS.person;
  const run = (command: string, ...flags: string[]) =>
    cli.run(['hub', command, ...flags, '--ca', authority, '--username', username, '--password-stdin'], {
      env,
      input: `${password}\n`,
    });
  const json = async (command: string, ...flags: string[]): Promise<unknown> => {
    const { code, stdout, stderr } = await run(command, ...flags, '--json');
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout);
  };
  return { ...started, cli, run, json };
}

test('repositories of the account and its organisations are listed, and one is described by a plan', async () => {
  const { hub, json, run } = await setUp((hub) => {
    hub.push('ann/app', '1', image);
    hub.push('acme/site', '1', image);
  });
  expect(await json('repositories')).toMatchObject({
    host: 'docker.io',
    items: [{ name: 'ann/app', fields: { pulls: 5 } }, { name: 'acme/site' }],
  });
  expect(await json('namespaces')).toMatchObject({
    items: [
      { name: 'ann', fields: { type: 'account', repositories: 1 } },
      { name: 'acme', fields: { type: 'organisation', repositories: 1 } },
    ],
  });
  const change = ['--change', 'ann/app', '--set', 'description=What it is'];
  expect(await run('repositories', ...change, '--plan')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('What it is'),
  });
  expect(hub.repository('ann/app').about.description).toBe('');
  expect(await json('repositories', ...change, '--yes')).toMatchObject({
    changes: [{ act: 'change', fields: ['description'] }],
  });
  expect(hub.repository('ann/app').about.description).toBe('What it is');
  expect(await json('search', 'app')).toMatchObject({ total: 1, results: [{ name: 'ann/app' }] });
  expect(hub.pulls).toBe(0);
});
