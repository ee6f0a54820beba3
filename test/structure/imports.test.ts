import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../support/temporary.ts';

// Each looks at a house with a program of its own, several times.
vi.setConfig({ testTimeout: 120_000 });

const root = path.resolve(import.meta.dirname, '../..');

/** A house in which nothing is wrong. */
const HOUSE = {
  'src-renderer/app.ts':
    "import { contract } from '../src-main/contract/index.ts';\nexport const app = contract;",
  'src-main/api/index.ts': "import { core } from '../services/index.ts';\nexport const api = core;",
  'src-main/services/index.ts':
    "import { accounts } from './accounts/index.ts';\nimport { browsing } from './browsing/index.ts';\nexport const core = [accounts, browsing];",
  'src-main/services/accounts/index.ts':
    "import { list } from '../../engine/index.ts';\nexport const accounts = list;",
  'src-main/services/browsing/index.ts': 'export const browsing = 1;',
  'src-main/contract/index.ts':
    "import type { Settings } from '../common/settings.ts';\nexport const contract: Settings = {};",
  'src-main/common/settings.ts': 'export interface Settings {}',
  'src-main/engine/index.ts':
    "export { list } from './reading/list.ts';\nexport { harbor } from './systems/harbor/index.ts';",
  'src-main/engine/reading/list.ts':
    "import { digest } from '../model/digest.ts';\nexport const list = digest;",
  'src-main/engine/model/digest.ts':
    "import { createHash } from 'node:crypto';\nexport const digest = createHash;",
  'src-main/engine/systems/harbor/index.ts': 'export const harbor = 1;',
  'src-main/engine/systems/nexus/index.ts': 'export const nexus = 1;',
};

/** What the lint of imports finds wrong in that house with these lines put into its files. */
async function findings(planted: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = await temporaryFolder();
  const files: Record<string, string> = { ...HOUSE };
  for (const [file, line] of Object.entries(planted)) files[file] = `${line}\n${files[file] ?? ''}`;
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
  const program = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const config = path.join(root, '.dependency-cruiser.mjs');
  const { code, output } = await new Promise<{ code: unknown; output: string }>((resolve) => {
    execFile(
      process.execPath,
      [program, '--config', config, 'src-main', 'src-renderer'],
      { cwd: folder, env: { ...process.env, NO_COLOR: '1' } },
      (error, stdout) => resolve({ code: error ? error.code : 0, output: stdout }),
    );
  });
  const found = [...output.matchAll(/error (.+?): (\S+) → *\s*(\S+)/g)].map((match) =>
    match.slice(1).join(' '),
  );
  expect(code, output).toBe(found.length);
  return found;
}

test('a house in which every import points down passes', async () => {
  expect(await findings({})).toEqual([]);
});

test('imports that point up fail, those of types as well', async () => {
  expect(
    await findings({ 'src-main/engine/reading/list.ts': "import { core } from '../../services/index.ts';" }),
  ).toContain('engine/reading src-main/engine/reading/list.ts src-main/services/index.ts');
  expect(
    await findings({ 'src-main/common/settings.ts': "import type { list } from '../engine/index.ts';" }),
  ).toEqual(['common src-main/common/settings.ts src-main/engine/index.ts']);
});

test('rooms of one layer import each other only as the table lists', async () => {
  expect(
    await findings({
      'src-main/services/browsing/index.ts': "import { accounts } from '../accounts/index.ts';",
    }),
  ).toEqual(['services/browsing src-main/services/browsing/index.ts src-main/services/accounts/index.ts']);
  expect(
    await findings({ 'src-main/engine/systems/harbor/index.ts': "export * from '../nexus/index.ts';" }),
  ).toEqual([
    'engine/systems/* src-main/engine/systems/harbor/index.ts src-main/engine/systems/nexus/index.ts',
  ]);
});

test('Node and packages are imported where the table lists them', async () => {
  expect(await findings({ 'src-renderer/app.ts': "import 'node:fs';" })).toEqual([
    'src-renderer src-renderer/app.ts fs',
  ]);
  expect(await findings({ 'src-main/engine/index.ts': "import 'electron';" })).toEqual([
    'engine/index.ts src-main/engine/index.ts electron',
  ]);
});

test('files that import each other fail, also where it is by types', async () => {
  const found = await findings({
    'src-main/engine/reading/list.ts': "import type { page } from './page.ts';",
    'src-main/engine/reading/page.ts': "import { list } from './list.ts';\nexport const page = list;",
  });
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^circle src-main\/engine\/reading\/(list|page)\.ts /);
});

test('a folder that the table does not list fails', async () => {
  expect(
    await findings({
      'src-main/plugins/index.ts': "import { api } from '../api/index.ts';\nexport default api;",
    }),
  ).toEqual(['no room src-main/plugins/index.ts src-main/api/index.ts']);
});
