import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { isBuilt, stampOf } from '../../../src-main/hosts/launcher/build.mjs';
import { temporaryFolder } from '../../support/temporary.ts';

const FILES = {
  'package.json': '{}',
  'package-lock.json': '{}',
  'vite.config.ts': 'renderer',
  'vite.main.config.ts': 'main',
  'src-main/contract/index.ts': 'contract',
  'src-main/common/index.ts': 'common',
  'src-main/engine/index.ts': 'engine',
  'src-main/hosts/launcher/start.mjs': 'launcher',
  'src-renderer/main.tsx': 'page',
};

async function put(folder: string, path: string, content: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}

async function checkout(): Promise<string> {
  const folder = await temporaryFolder();
  for (const [path, content] of Object.entries(FILES)) await put(folder, path, content);
  return folder;
}

/** Which targets a change of one file makes stale. */
async function staleAfter(path: string): Promise<string[]> {
  const folder = await checkout();
  const targets = ['renderer', 'main', 'desktop-test'] as const;
  const before = targets.map((target) => stampOf(target, folder));
  await put(folder, path, 'changed');
  return targets.filter((target, at) => stampOf(target, folder) !== before[at]);
}

test('each file makes stale what is made from it', async () => {
  expect(await staleAfter('src-main/engine/index.ts')).toEqual(['main', 'desktop-test']);
  expect(await staleAfter('src-main/engine/new.ts')).toEqual(['main', 'desktop-test']);
  expect(await staleAfter('src-main/contract/index.ts')).toEqual(['renderer', 'main', 'desktop-test']);
  expect(await staleAfter('src-main/common/index.ts')).toEqual(['renderer', 'main', 'desktop-test']);
  expect(await staleAfter('src-renderer/main.tsx')).toEqual(['renderer']);
  expect(await staleAfter('vite.config.ts')).toEqual(['renderer']);
  expect(await staleAfter('vite.main.config.ts')).toEqual(['main', 'desktop-test']);
  expect(await staleAfter('package-lock.json')).toEqual(['renderer', 'main', 'desktop-test']);
  expect(await staleAfter('src-main/hosts/launcher/start.mjs')).toEqual([]);
  expect(await staleAfter('test/engine/new.test.ts')).toEqual([]);
});

test('a file that is gone or renamed makes stale, another time does not', async () => {
  const folder = await checkout();
  const before = stampOf('main', folder);
  await utimes(join(folder, 'src-main/engine/index.ts'), 1, 1);
  expect(stampOf('main', folder)).toBe(before);
  await rm(join(folder, 'src-main/engine/index.ts'));
  const without = stampOf('main', folder);
  await put(folder, 'src-main/engine/other.ts', 'engine');
  expect(new Set([before, without, stampOf('main', folder)]).size).toBe(3);
});

test('a target is built when its result is there and its stamp is of these sources', async () => {
  const folder = await checkout();
  expect(isBuilt('renderer', folder)).toBe(false);
  await put(folder, 'dist/renderer/index.html', '');
  expect(isBuilt('renderer', folder)).toBe(false);
  await put(folder, 'dist/.stamps/renderer.json', JSON.stringify({ stamp: stampOf('renderer', folder) }));
  expect(isBuilt('renderer', folder)).toBe(true);
  await rm(join(folder, 'dist/renderer'), { recursive: true });
  expect(isBuilt('renderer', folder)).toBe(false);
});
