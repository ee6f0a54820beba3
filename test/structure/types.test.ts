import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { whenFinished } from '../support/cleanup.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** Names that only a page, only Node, or both have. */
const PLANTED = `export const ofPage = document.title;
export const ofNode = process.pid;
export const ofBoth = new URL('http://registry.test');
`;

/** The names that a file of the project does not find. */
async function missing(project: string): Promise<string[]> {
  // Inside the checkout, so that the types of its packages are found.
  await mkdir(path.join(root, '.cache'), { recursive: true });
  const folder = await mkdtemp(path.join(root, '.cache/planted-'));
  whenFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(path.join(folder, 'planted.ts'), PLANTED);
  const options = { incremental: false, tsBuildInfoFile: null };
  const config = {
    extends: path.join(root, project),
    compilerOptions: options,
    include: ['planted.ts'],
    exclude: [],
  };
  await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify(config));
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      ['node_modules/typescript/bin/tsc', '-p', folder],
      { cwd: root },
      (_, stdout) => resolve(stdout),
    );
  });
  return [...output.matchAll(/Cannot find name '(\w+)'/g)].map(([, name]) => name ?? '');
}

test('code of the main side sees no page, code of the page no Node, what both share neither', async () => {
  expect(await missing('src-main/tsconfig.json')).toEqual(['document']);
  expect(await missing('src-renderer/tsconfig.json')).toEqual(['process']);
  expect(await missing('src-main/tsconfig.shared.json')).toEqual(['document', 'process', 'URL']);
});
