import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { syncDefinition } from '../../../src-main/common/transfer.ts';
import { settingsFor, testCore } from '../../services/support/core.ts';
import { credentialsOf, startHarbor } from '../../support/harbor.ts';
import { describeWithHarbor } from '../../support/harbor-recorded.ts';
import { makeImage } from '../../support/images.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const RULES = `version: 1
rules:
  - name: releases
    repositories: "team/web"
    delete:
      - { name: old, tags: "0.*" }
`;

/** A home in which rules of a Harbor and a sync from it were saved, as a window saves them. */
async function setUp() {
  const [cli, harbor] = await Promise.all([CommandLine.open(), startHarbor()]);
  const { username = '', password = '' } = credentialsOf('administrator') ?? {};
  const core = await testCore({ home: join(cli.home, 'wharfinger') });
  const signIn = { kind: 'password', username } as const;
  const { id: accountId } = await core.accounts.add(settingsFor(harbor.url, { signIn }), { password });
  const mirror = await core.accounts.add(settingsFor('https://mirror.example', { name: 'Mirror' }), {});
  core.cleanup.save({ accountId, name: 'Releases', text: RULES, schedule: null });
  const definition = syncDefinition.parse({
    ...{ source: accountId, target: mirror.id },
    ...{ repositories: ['team/web'], versions: '>=1.0.0' },
  });
  core.transfers.save({ name: 'Nightly', definition });
  await core.close();
  const run = (command: string, ...flags: string[]) =>
    cli.run(['harbor', command, harbor.host, ...flags, '--username', username, '--password-stdin'], {
      input: `${password}\n`,
    });
  return { cli, harbor, run };
}

describeWithHarbor('what was saved, and a Harbor', () => {
  test('a saved sync becomes a rule by a plan, which names what the rule does otherwise', async () => {
    const { cli, harbor, run } = await setUp();
    const wanted = ['--from-sync', 'Nightly', '--rule-name', 'nightly'];
    const plan = await run('replication', ...wanted, '--plan');
    expect(plan, plan.stderr).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/create \w+.* nightly/),
    });
    expect(plan.stdout).toContain('>=1.0.0');
    const posted = () => harbor.seen.filter(({ method }) => method === 'POST').map(({ url }) => url);
    expect(posted()).toEqual([]);
    const done = await run('replication', ...wanted, '--yes');
    expect(done, done.stderr).toMatchObject({ code: 0 });
    expect(posted()).toEqual(['/api/v2.0/registries', '/api/v2.0/replication/policies']);
    const { stdout } = await cli.run(['operations']);
    expect(stdout).toContain('create endpoint mirror.example and 1 more at ');
  });

  test("a project's retention stands beside saved rules, as words and as JSON, and nothing is deleted", async () => {
    const { harbor, run } = await setUp();
    harbor.content.push(await makeImage({ name: 'web' }), '0.9');
    harbor.content.alone = true;
    harbor.managed.retention.retained = { 'a/b/c': 'web', '| v1 ': '| 0.9' };
    const compare = ['--project', 'team', '--compare', 'Releases'];
    const words = await run('retention', ...compare);
    expect(words, words.stderr).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/both +team\/web:0\.9 +delete.*old/),
    });
    const json = await run('retention', ...compare, '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      project: 'team',
      rules: 'Releases',
      counts: { both: 1 },
    });
    expect(Object.keys(harbor.content.tags())).toEqual(['0.9']);
    expect(await run('retention', '--compare', 'Releases')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--project'),
    });
  });
});
