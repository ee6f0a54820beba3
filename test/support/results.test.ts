import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startProcess } from './process.ts';
import { countTests } from './results.mjs';
import { temporaryFolder } from './temporary.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Runs Vitest itself on test files made for this, and counts what it reports. */
async function countOf(files: Readonly<Record<string, string>>): Promise<ReturnType<typeof countTests>> {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, 'tests'));
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  for (const [name, text] of Object.entries(files)) {
    const imports = "import { afterAll, beforeAll, describe, expect, test } from 'vitest';\n";
    await writeFile(path.join(folder, 'tests', `${name}.test.js`), imports + text);
  }
  const report = path.join(folder, 'results.json');
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const args = ['run', '--root', folder, '--reporter=json', `--outputFile.json=${report}`];
  const run = await startProcess(process.execPath, [vitest, ...args]);
  const { code } = await run.exited;
  return countTests(JSON.parse(await readFile(report, 'utf8')).testResults, code ?? 1);
}

test('counts tests by what became of them, over files', async () => {
  const counted = await countOf({
    good: "test('one', () => {}); test.skip('two', () => {});",
    bad: "test('three', () => {}); test('four', () => { throw new Error('x'); }); test.todo('five');",
  });
  expect(counted).toMatchObject({ passed: 2, failed: ['four'] });
  expect(counted.skipped.toSorted()).toEqual(['five', 'two']);
});

test.each([
  ['a hook that fails before', "beforeAll(() => { throw new Error('x'); }); test('one', () => {});"],
  ['a hook that fails after', "afterAll(() => { throw new Error('x'); }); test('one', () => {});"],
  ['a file that does not load', "import './nowhere.js'; test('one', () => {});"],
  ['a stray rejection', "test('one', async () => { Promise.reject(new Error('x')); });"],
  ['a file without tests', 'describe.skip; expect;'],
])('%s is one failure', async (_, text) => {
  expect((await countOf({ broken: text })).failed).toEqual([
    expect.stringMatching(/broken\.test\.js$|^no test: /),
  ]);
});

test('a run that reported nothing failed', () => {
  expect(countTests([], 1)).toEqual({ passed: 0, failed: ['no test: Vitest ended with 1'], skipped: [] });
});
