import { expect, test } from 'vitest';
import { countTests } from './results.mjs';
import { countTestsIn, makeVitestProject } from './vitest-project.ts';

/** Runs Vitest itself on test files made for this, and counts what it reports. */
async function countOf(files: Readonly<Record<string, string>>): Promise<ReturnType<typeof countTests>> {
  const imports = "import { afterAll, beforeAll, describe, expect, test } from 'vitest';\n";
  const written = Object.entries(files).map(([name, text]) => [`tests/${name}.test.js`, imports + text]);
  return await countTestsIn(await makeVitestProject(Object.fromEntries(written)));
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
