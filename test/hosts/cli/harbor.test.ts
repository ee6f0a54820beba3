import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { credentialsOf, type Role, startHarbor } from '../../support/harbor.ts';
import { describeWithHarbor } from '../../support/harbor-recorded.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

async function setUp(role: Role) {
  const [cli, harbor] = await Promise.all([CommandLine.open(), startHarbor()]);
  const credentials = credentialsOf(role);
  const run = (command: string, ...flags: string[]) =>
    cli.run(
      [
        'harbor',
        command,
        harbor.host,
        ...flags,
        '--username',
        credentials?.username ?? '',
        '--password-stdin',
      ],
      { input: `${credentials?.password}\n` },
    );
  const json = async <T>(schema: z.ZodType<T>, command: string, ...flags: string[]): Promise<T> => {
    const { code, stdout, stderr } = await run(command, ...flags, '--json');
    expect(code, stderr).toBe(0);
    return schema.parse(JSON.parse(stdout));
  };
  return { cli, harbor, run, json };
}

const listed = z.looseObject({
  kind: z.string(),
  items: z.array(z.looseObject({ id: z.string(), name: z.string(), fields: z.looseObject({}) })),
});
const changed = z.looseObject({
  changes: z.array(z.looseObject({ act: z.string(), fields: z.array(z.string()) })),
  operation: z.string(),
  secrets: z.array(z.strictObject({ name: z.string(), secret: z.string() })),
});

describeWithHarbor('harbor', () => {
  test('projects are listed, made by a plan, changed and deleted; the plan alone changes nothing', async () => {
    const { harbor, json, run } = await setUp('administrator');
    const before = (await json(listed, 'projects')).items.map(({ name }) => name);
    expect(before).toContain('library');
    const plan = await run('projects', '--create', 'fresh', '--set', 'public=true', '--plan');
    expect(plan).toMatchObject({ code: 0, stdout: expect.stringContaining('create project fresh') });
    expect(harbor.managed.projects.has('fresh')).toBe(false);
    const made = await json(changed, 'projects', '--create', 'fresh', '--set', 'public=true', '--yes');
    expect(made.changes).toMatchObject([{ act: 'create', fields: ['public'] }]);
    const change = await json(changed, 'projects', '--change', 'fresh', '--set', 'public=false', '--yes');
    expect(change.changes).toMatchObject([{ act: 'change', fields: ['public'] }]);
    await json(changed, 'projects', '--delete', 'fresh', '--yes');
    expect(harbor.managed.projects.has('fresh')).toBe(false);
  });

  test('a field that there is not is no change, and the fields that there are are named', async () => {
    const { run } = await setUp('administrator');
    expect(await run('projects', '--create', 'x', '--set', 'colour=red', '--plan')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('sets no field'),
    });
  });

  test("a robot's secret is in the result, and the operation is in the record without it", async () => {
    const { cli, json } = await setUp('projectAdmin');
    const permissions = 'permissions=team/repository:pull';
    const { secrets, operation } = await json(
      changed,
      'robots',
      ...['--project', 'team', '--create', 'ci', '--set', permissions, '--yes'],
    );
    expect(secrets).toMatchObject([{ name: 'robot$team+ci' }]);
    const { stdout } = await cli.run(['operations', operation]);
    expect(stdout).not.toContain(secrets[0]?.secret);
  });

  test('who may not is told why, before anything is asked of Harbor', async () => {
    const { run } = await setUp('developer');
    const refused = await run('labels', '--create', 'mine', '--yes');
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('administrators of the registry'),
    });
  });
});
