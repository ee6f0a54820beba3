import { beforeAll, expect, test } from 'vitest';
import { makeImage } from '../../support/images.ts';
import { NEXUS_USERS, startNexus } from '../../support/nexus.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const image = await makeImage();

async function setUp(who: keyof typeof NEXUS_USERS) {
  const [cli, { nexus, server }] = await Promise.all([CommandLine.open(), startNexus()]);
  nexus.add('docker-hosted');
  nexus.add('by-port', 'hosted', { docker: { httpPort: 8082, pathEnabled: false } });
  nexus.push('docker-hosted/team/app', '1', image);
  const { username, password } = NEXUS_USERS[who];
  const run = (command: string, ...flags: string[]) =>
    cli.run(['nexus', command, server.host, ...flags, '--username', username, '--password-stdin'], {
      input: `${password}\n`,
    });
  const json = async (command: string, ...flags: string[]): Promise<unknown> => {
    const { code, stdout, stderr } = await run(command, ...flags, '--json');
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout);
  };
  return { cli, nexus, server, run, json };
}

test('repositories with where each is reached, places of bytes, policies and health are listed for scripts', async () => {
  const { json, server } = await setUp('administrator');
  const { hostname } = new URL(server.url);
  expect(await json('repositories')).toMatchObject({
    kind: 'repository',
    items: [
      { name: 'docker-hosted', fields: { type: 'hosted', url: `${server.url}/docker-hosted` } },
      { name: 'by-port', fields: { url: `http://${hostname}:8082` } },
    ],
  });
  expect(await json('blobstores')).toMatchObject({ items: [{ name: 'default', fields: { used: 3456 } }] });
  expect(await json('policies')).toMatchObject({ items: [{ name: 'old', fields: { downloadedDays: 30 } }] });
  expect(await json('info')).toMatchObject({ health: [{ healthy: false, reason: 'full' }], readOnly: false });
});

test('a task is planned, run to its end and in the record; the plan alone runs nothing', async () => {
  const { cli, json, nexus, run } = await setUp('administrator');
  nexus.quick = true;
  expect(await json('tasks')).toMatchObject({ items: [{ name: 'Unused' }, { name: 'Compact' }, {}] });
  const plan = await run('tasks', '--run', 'Unused', '--plan');
  expect(plan).toMatchObject({ code: 0, stdout: expect.stringContaining('Unused') });
  expect(nexus.tasks.find(({ id }) => id === 'a')?.lastRun).toBe('2026-01-02T03:04:05.678+0000');
  const ended = await json('tasks', '--run', 'Unused', '--yes');
  expect(ended).toMatchObject({ job: 'task', of: 'a', run: { state: 'done' } });
  expect(await json('tasks', '--runs', 'Unused')).toMatchObject({ runs: [{ state: 'done' }] });
  const operation = String((ended as { operation: string }).operation);
  expect(await cli.run(['operations', operation])).toMatchObject({
    stdout: expect.stringContaining('Unused'),
  });
});

test('a task that runs is stopped by a plan, and one that has ended is not', async () => {
  const { json, nexus, run } = await setUp('administrator');
  const task = nexus.tasks.find(({ id }) => id === 'a');
  if (!task) throw new Error('There is no such task.');
  const over = ((await json('tasks', '--runs', 'Unused')) as { runs: { id: string }[] }).runs[0]?.id ?? '';
  expect(await run('tasks', '--stop', over, '--yes')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('has ended already'),
  });
  task.currentState = 'RUNNING';
  const { runs } = (await json('tasks', '--runs', 'Unused')) as { runs: { id: string; state: string }[] };
  expect(runs).toMatchObject([{ state: 'running' }]);
  expect(await json('tasks', '--stop', runs[0]?.id ?? '', '--yes')).toMatchObject({
    run: { state: 'stopped' },
  });
});

test('who is no administrator is told so, and what to do', async () => {
  const { run } = await setUp('deployer');
  const refused = await run('tasks');
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('nx-tasks') });
});

test('a copy into a proxy repository ends with its plan, and says why', async () => {
  const { cli, nexus, server } = await setUp('administrator');
  nexus.add('docker-proxy', 'proxy');
  const { username, password } = NEXUS_USERS.administrator;
  const from = `${server.host}/docker-hosted/team/app:1`;
  const access = ['--username', username, '--password-stdin'];
  for (const way of ['--plan', '--yes']) {
    const { code, stderr } = await cli.run(
      ['copy', from, `${server.host}/docker-proxy/app:1`, way, ...access],
      {
        input: `${password}\n`,
      },
    );
    expect(code).not.toBe(0);
    expect(stderr).toContain('a cache of another registry');
  }
  expect(server.lines().filter((line) => /^(?:POST|PUT|PATCH) /.test(line))).toEqual([]);
});
