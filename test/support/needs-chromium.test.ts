import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { countTests } from './results.mjs';
import { countTestsIn, makeVitestProject } from './vitest-project.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Runs one test that needs a browser on a machine of another kind, where none is installed. */
async function runWithout(arch: string, ci: string): Promise<ReturnType<typeof countTests>> {
  const folder = await makeVitestProject({
    'page.test.js': "import { test } from 'vitest'; test('opens a page', () => {});",
  });
  await mkdir(path.join(folder, 'empty'));
  await writeFile(
    path.join(folder, 'machine.js'),
    `Object.defineProperty(process, 'arch', { value: '${arch}' }); process.env.PATH = '${path.join(folder, 'empty')}'; process.env.CHROMIUM_PATH = ''; process.env.CI = '${ci}';`,
  );
  const setupFiles = [path.join(folder, 'machine.js'), path.join(import.meta.dirname, 'needs-chromium.ts')];
  await writeFile(
    path.join(folder, 'vitest.config.js'),
    `export default { test: { include: ['*.test.js'], setupFiles: ${JSON.stringify(setupFiles)} } };`,
  );
  return await countTestsIn(folder);
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
