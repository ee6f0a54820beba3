import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { auditEntry, auditVerification } from '../../../src-main/common/audit.ts';
import { makeImage } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';
import { hostOf } from './documents.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

async function setUp() {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  const image = await makeImage();
  await push(image, registry, 'team/app', '1');
  const host = hostOf(registry);
  await cli.run(['retag', `${host}/team/app:1`, 'stable', '--yes']);
  await cli.run(['delete', `${host}/team/app:stable`, '--yes']);
  return { cli, host, image };
}

/** What is printed with --json: strictly an entry a line. */
async function lines(cli: CommandLine, ...flags: readonly string[]) {
  const { code, stdout, stderr } = await cli.run(['audit', '--json', ...flags]);
  if (code !== 0) throw new Error(stderr);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => z.strictObject(auditEntry.shape).parse(JSON.parse(line)));
}

test('audit lists the latest changes, and prints all entries as JSON lines or CSV, narrowed as asked for', async () => {
  const { cli, host, image } = await setUp();
  const { stdout } = await cli.run(['audit']);
  expect(stdout).toMatch(/^ *# +WHEN +WHO +RESULT +WHAT\n/);
  expect(stdout).toMatch(new RegExp(`done +delete ${host}/team/app: stable\n.*done +retag `));
  const entries = await lines(cli);
  expect(entries.map(({ sequence, kind, event, app }) => [sequence, kind, event, app])).toEqual([
    [1, 'retag', 'started', 'cli'],
    [2, 'retag', 'changes', 'cli'],
    [3, 'retag', 'done', 'cli'],
    [4, 'delete', 'started', 'cli'],
    [5, 'delete', 'changes', 'cli'],
    [6, 'delete', 'done', 'cli'],
  ]);
  expect(await lines(cli, '--kind', 'retag', '--registry', host)).toEqual(entries.slice(0, 3));
  expect(await lines(cli, '--text', image.digest, '--kind', 'delete')).toEqual(entries.slice(3));
  expect(await lines(cli, '--until', '2020-01-01')).toEqual([]);
  expect(await lines(cli, '--since', entries[5]?.at ?? '')).toContainEqual(entries[5]);
  expect(await lines(cli, '--registry', 'elsewhere.test')).toEqual([]);
  const csv = await cli.run(['audit', '--csv', '--kind', 'delete']);
  const rows = csv.stdout.trimEnd().split('\n');
  expect(rows).toHaveLength(4);
  expect(rows[2]).toContain(`,team/app,stable,${image.digest},,`);
  expect(await cli.failure(['audit', '--since', 'yesterday'])).toMatchObject({ exit: 2 });
  expect(await cli.failure(['audit', '--csv'])).toMatchObject({ exit: 2 });
});

test('audit verify ends with 1 where an entry was changed, or one that was noted elsewhere is gone', async () => {
  const { cli } = await setUp();
  const { head, noted, problemCount } = await cli.json(z.strictObject(auditVerification.shape), [
    'audit',
    'verify',
  ]);
  expect(problemCount).toBe(0);
  expect(noted).toMatchObject(head ?? {});
  const { code, stdout } = await cli.run(['audit', 'verify', '--head', `${head?.sequence}:${head?.hash}`]);
  expect(code).toBe(0);
  expect(stdout).toContain(`Head: 6:${head?.hash}\n`);
  const elsewhere = await cli.run(['audit', 'verify', '--head', `6:${'0'.repeat(64)}`]);
  expect(elsewhere.code).toBe(1);
  expect(elsewhere.stdout).toContain('Entry 6 was noted elsewhere');
  const database = new DatabaseSync(join(cli.home, 'wharfinger/wharfinger.db'));
  database.exec("DROP TRIGGER audit_keeps_words; UPDATE audit SET who = 'somebody else' WHERE id = 4");
  database.close();
  const changed = await cli.run(['audit', 'verify']);
  expect(changed).toMatchObject({ code: 1, stdout: expect.stringContaining('Entry 4 was changed') });
  expect(changed.stderr).toContain('1 entry');
});
