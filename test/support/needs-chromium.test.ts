import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { startProcess } from './process.ts';
import { countTests } from './results.mjs';
import { temporaryFolder } from './temporary.ts';

vi.setConfig({ testTimeout: 60_000 });
const root = path.resolve(import.meta.dirname, '../..');

/** Runs one test that needs a browser on a machine of another kind, where none is installed. */
async function runWithout(arch: string, ci: string): Promise<ReturnType<typeof countTests>> {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, 'empty'));
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  await writeFile(path.join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(
    path.join(folder, 'machine.js'),
    `Object.defineProperty(process, 'arch', { value: '${arch}' }); process.env.PATH = '${path.join(folder, 'empty')}'; process.env.CHROMIUM_PATH = ''; process.env.CI = '${ci}';`,
  );
  const setupFiles = [path.join(folder, 'machine.js'), path.join(import.meta.dirname, 'needs-chromium.ts')];
  await writeFile(
    path.join(folder, 'vitest.config.js'),
    `export default { test: { include: ['*.test.js'], setupFiles: ${JSON.stringify(setupFiles)} } };`,
  );
  await writeFile(
    path.join(folder, 'page.test.js'),
    "import { test } from 'vitest'; test('opens a page', () => {});",
  );
  const report = path.join(folder, 'results.json');
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const args = ['run', '--root', folder, '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await (await startProcess(process.execPath, [vitest, ...args])).exited;
  return countTests(JSON.parse(await readFile(report, 'utf8')).testResults, code ?? 1);
}

test.runIf(process.platform === 'linux')(
  'B11: without a browser tests that need one are skipped by name, where the packaged one does not run; with CI=true they fail',
  async () => {
    const passed = { passed: 1, failed: [], skipped: [] };
    expect(await runWithout('x64', '')).toEqual(passed);
    expect(await runWithout('arm64', '')).toEqual({ passed: 0, failed: [], skipped: ['opens a page'] });
    expect(await runWithout('arm64', 'true')).toEqual({ passed: 0, failed: ['opens a page'], skipped: [] });
  },
);
