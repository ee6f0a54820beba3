import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { credentialsOf, type Role, startHarbor } from '../../support/harbor.ts';
import { describeWithHarbor } from '../../support/harbor-recorded.ts';
import { makeImage } from '../../support/images.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

async function setUp(role: Role) {
  const [cli, harbor] = await Promise.all([CommandLine.open(), startHarbor()]);
  const credentials = credentialsOf(role);
  const signIn = ['--username', credentials?.username ?? '', '--password-stdin'];
  const run = (command = '', ...flags: string[]) =>
    cli.run(['harbor', command, harbor.host, ...flags, ...signIn], { input: `${credentials?.password}\n` });
  const json = async <T>(schema: z.ZodType<T>, command = '', ...flags: string[]): Promise<T> => {
    const { code, stdout, stderr } = await run(command, ...flags, '--json');
    expect(code, stderr).toBe(0);
    return schema.parse(JSON.parse(stdout));
  };
  const imageCommand = (command: string, image: string, ...flags: string[]) =>
    cli.run(['harbor', command, `${harbor.host}/${image}`, ...flags, ...signIn], {
      input: `${credentials?.password}\n`,
    });
  return { cli, harbor, run, json, imageCommand };
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

  test('an image is scanned, its findings are shown and compared, and the exit code says whether they matter', async () => {
    const { harbor, imageCommand } = await setUp('projectAdmin');
    const [one, two] = [await makeImage({ name: 'one' }), await makeImage({ name: 'two' })];
    harbor.content.push(one, '1.0');
    harbor.content.push(two, '2.0');
    const image = (command: string, ...flags: string[]) => imageCommand(command, 'team/web:1.0', ...flags);
    harbor.scans.report(two.digest, ({ severity }) => severity === 'Low');
    harbor.scans.looks = 1;
    expect(await image('vulnerabilities')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('scan --wait'),
    });
    const scan = await image('scan', '--wait');
    expect(scan, scan.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('CVE-2022-0001') });
    const compared = await image('vulnerabilities', '--against', '2.0', '--fail-on', 'high', '--json');
    expect(compared, compared.stderr).toMatchObject({ code: 3 });
    const { findings } = z
      .looseObject({ findings: z.array(z.looseObject({ severity: z.string(), change: z.string() })) })
      .parse(JSON.parse(compared.stdout));
    expect(findings.map(({ severity, change }) => [severity, change])).toEqual([
      ['critical', 'added'],
      ['high', 'added'],
      ['medium', 'added'],
      ['low', 'same'],
    ]);
    const fixable = await image('vulnerabilities', '--fixable', '--severity', 'high');
    expect(fixable.stdout).not.toContain('CVE-2023-1234');
  });

  test('labels of an image are given by a plan, and only those that there are', async () => {
    const { harbor, imageCommand } = await setUp('developer');
    harbor.content.push(await makeImage({ name: 'one' }), '1.0');
    const label = (...flags: string[]) => imageCommand('label', 'team/web:1.0', ...flags);
    expect(await label('--add', 'nosuch', '--yes')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('nosuch'),
    });
    expect(await label('--add', 'release', '--yes')).toMatchObject({ code: 0 });
    expect(JSON.parse((await label('--json')).stdout)).toMatchObject({ labels: ['release'] });
  });

  test('who may not is told why, before anything is asked of Harbor', async () => {
    const { run } = await setUp('developer');
    const refused = await run('labels', '--create', 'mine', '--yes');
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('administrators of the registry'),
    });
  });

  test("an endpoint's password comes from a file, never from the command line, and is in no output", async () => {
    const { cli, json, run } = await setUp('administrator');
    const change = ['endpoints', '--change', 'second', '--set', 'user=copier', '--set'];
    expect(await run(...change, 'password=open', '--plan')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('@FILE'),
    });
    const file = join(cli.home, 'password');
    await writeFile(file, 'eight more staples\n');
    const plan = await run(...change, `password=@${file}`, '--plan');
    expect(plan).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('password: a new one, not shown'),
    });
    const { operation, changes } = await json(changed, ...change, `password=@${file}`, '--yes');
    expect(changes).toMatchObject([{ act: 'change', fields: ['user', 'password'] }]);
    const { stdout } = await cli.run(['operations', operation, '--json']);
    expect(stdout + plan.stdout + JSON.stringify(changes)).not.toContain('staples');
  });

  test('only a sync that is saved is handed over, and those that are saved are named', async () => {
    const { run } = await setUp('administrator');
    expect(await run('replication', '--from-sync', 'nightly', '--plan')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('No saved sync nightly. Saved are: none.'),
    });
  });
});
