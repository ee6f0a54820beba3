import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { makeImage } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';
import { changes, digest, hostOf, tagsOf } from './documents.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

const line = z.strictObject({
  repository: z.string(),
  tag: z.string(),
  digest: digest.nullable(),
  keep: z.boolean(),
  rule: z.string().nullable(),
  entry: z.string().nullable(),
  reason: z.string(),
});
const document = z.strictObject({
  registry: z.string(),
  rules: z.array(z.strictObject({ name: z.string() })),
  tags: z.array(line),
  manifests: z.array(line.omit({ tag: true, keep: true }).extend({ tags: z.array(z.string()) })),
  bytesFreed: z.int(),
  bytesInChildren: z.int(),
  bytesAtMost: z.boolean(),
  emptied: z.array(z.string()),
  unlooked: z.array(z.strictObject({ repository: z.string(), reason: z.string() })),
  sideEffects: z.array(z.looseObject({ repository: z.string() })),
});

const RULES = `version: 1
rules:
  - name: team
    repositories: ["team/*", "solo"]
    protect: "v*"
    keep:
      - { name: running, inUse: pods.json }
    delete:
      - { name: pull requests, tags: "pr-*" }
`;

async function opened() {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  const images = await Promise.all(['one', 'two', 'three'].map((name) => makeImage({ name })));
  for (const [at, image] of images.entries()) await push(image, registry, 'team/app', `pr-${at + 1}`);
  for (const repository of ['team/app', 'solo'])
    await push(await makeImage({ name: 'kept' }), registry, repository, 'v1');
  const rules = join(cli.home, 'rules.yaml');
  await writeFile(rules, RULES);
  await writeFile(join(cli.home, 'pods.json'), JSON.stringify({ items: [{ image: 'team/app:pr-3' }] }));
  const host = hostOf(registry);
  registry.clearRequests();
  return { cli, registry, host, rules, command: ['cleanup', host, '--rules', rules] };
}

test('a plan names each tag with the rule that decided, and changes nothing; the same goes by --yes, and is undone', async () => {
  const { cli, registry, host, command } = await opened();
  const plan = await cli.json(document, [...command, '--plan']);
  expect(changes(registry)).toEqual([]);
  expect(plan).toMatchObject({ registry: host, rules: [{ name: 'team' }], bytesAtMost: false, emptied: [] });
  expect(
    plan.tags.map(({ repository, tag, keep, rule, entry }) => [repository, tag, keep, rule, entry]),
  ).toEqual(
    expect.arrayContaining([
      ['team/app', 'pr-1', false, 'team', 'pull requests'],
      ['team/app', 'pr-2', false, 'team', 'pull requests'],
      ['team/app', 'pr-3', true, 'team', 'running'],
      ['team/app', 'v1', true, 'team', 'v*'],
      ['solo', 'v1', true, 'team', 'v*'],
    ]),
  );
  expect(plan.manifests).toHaveLength(2);
  const text = await cli.run([...command, '--plan']);
  expect(text.stdout).toMatch(/delete pr-1 \(sha256:\w+\): team: pull requests/);
  expect(text.stdout).toMatch(/keep {3}v1 .*: team: v\*, protected/);
  expect(text.stdout).toMatch(/2 tags go, 3 stay, in 2 repositories/);

  const { operation, ...done } = await cli.json(document.extend({ operation: z.uuid() }), [
    ...command,
    '--yes',
  ]);
  expect(done).toEqual(plan);
  expect(await tagsOf(registry, 'team/app')).toEqual(['pr-3', 'v1']);
  expect((await cli.run(['undo', operation, '--yes'])).code).toBe(0);
  expect(await tagsOf(registry, 'team/app')).toEqual(['pr-1', 'pr-2', 'pr-3', 'v1']);
});

test('one repository alone; --in-use keeps whatever the rules say; nothing to do is no failure', async () => {
  const { cli, registry, host, rules } = await opened();
  const list = join(cli.home, 'images.txt');
  await writeFile(list, 'team/app:pr-1\nteam/app:pr-2\n');
  const command = ['cleanup', `${host}/team/app`, '--rules', rules, '--in-use', list, '--yes'];
  const { operation, tags } = await cli.json(document.extend({ operation: z.null() }), command);
  expect(operation).toBeNull();
  expect(new Set(tags.map(({ repository }) => repository))).toEqual(new Set(['team/app']));
  expect(tags.every(({ keep }) => keep)).toBe(true);
  expect(await tagsOf(registry, 'team/app')).toHaveLength(4);
});

test('rules come from stdin as well, and name files from where the command runs', async () => {
  const { cli, registry, host } = await opened();
  const command = ['cleanup', `${host}/team/app`, '--rules', '-'];
  const input = RULES.replace('pods.json', join(cli.home, 'pods.json'));
  const plan = await cli.json(document, [...command, '--plan'], { input });
  expect(plan.tags.filter(({ keep }) => !keep).map(({ tag }) => tag)).toEqual(['pr-1', 'pr-2']);
  expect(await cli.failure([...command, '--plan'], { input: 'rules: 1' })).toMatchObject({ exit: 2 });
  const { operation } = await cli.json(document.extend({ operation: z.uuid() }), [...command, '--yes'], {
    input,
  });
  expect(await tagsOf(registry, 'team/app')).toEqual(['pr-3', 'v1']);
  const shown = await cli.run(['operations', operation]);
  expect(shown.stdout).toContain('stdin');
});

test('rules that cannot be read, or name a file that is not there, are a wrong usage and say where', async () => {
  const { cli, registry, host, rules, command } = await opened();
  expect(
    await cli.failure(['cleanup', host, '--rules', join(cli.home, 'none.yaml'), '--plan']),
  ).toMatchObject({
    exit: 2,
  });
  expect(await cli.failure(command)).toMatchObject({ exit: 2 });
  await writeFile(rules, RULES.replace('pods.json', 'none.json'));
  expect(await cli.failure([...command, '--plan'])).toMatchObject({ exit: 2, code: 'invalidInput' });
  await writeFile(rules, RULES.replace('tags: "pr-*"', 'tag: "pr-*"'));
  const { exit, code, words } = await cli.failure([...command, '--yes']);
  expect({ exit, code }).toEqual({ exit: 2, code: 'invalidInput' });
  expect(words).toMatch(/Line 9 /);
  expect(changes(registry)).toEqual([]);
});
