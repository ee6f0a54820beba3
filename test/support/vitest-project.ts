import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startProcess } from './process.ts';
import { countTests } from './results.mjs';
import { temporaryFolder } from './temporary.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** A folder, gone when the test ends, in which Vitest runs with this checkout's packages. @param files text by path in it */
export async function makeVitestProject(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  for (const [name, text] of Object.entries({ 'package.json': '{"type":"module"}', ...files })) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return folder;
}

/** Runs Vitest itself in such a folder, and counts what it reports. */
export async function countTestsIn(folder: string): Promise<ReturnType<typeof countTests>> {
  const report = path.join(folder, 'results.json');
  const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
  const args = ['run', '--root', folder, '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await (await startProcess(process.execPath, [vitest, ...args])).exited;
  return countTests(JSON.parse(await readFile(report, 'utf8')).testResults, code ?? 1);
}
