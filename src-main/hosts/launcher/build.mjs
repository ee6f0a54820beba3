import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runQuietly } from './child.mjs';
import { ensureInstalled } from './install.mjs';
import { alone } from './lock.mjs';
import { isMain, pinnedNode, readJson, refuseOldNode, root } from './place.mjs';
import { LaunchError, runAsCommand, step } from './say.mjs';

/** @typedef {'renderer' | 'main' | 'desktop-test'} Target */

/**
 * What each target is made from, and the file that shows it is there. `desktop-test` is `main` for a runtime without
 * `node:sqlite`; it is for tests and never shipped.
 *
 * @type {Record<Target, {sources: readonly string[], result: string}>}
 */
const TARGETS = {
  renderer: {
    sources: ['src-renderer', 'src-main/contract', 'src-main/common', 'vite.config.ts'],
    result: 'index.html',
  },
  main: { sources: ['src-main', 'vite.main.config.ts'], result: 'cli.js' },
  'desktop-test': { sources: ['src-main', 'vite.main.config.ts'], result: 'electron.cjs' },
};
/** A change of a library, of the version or of how things are built builds everything again. */
const COMMON_SOURCES = ['package.json', 'package-lock.json', 'src-main/hosts/launcher/vite-build.mjs'];
const NOT_BUILT = new Set(['src-main/hosts/launcher']);

/**
 * Builds what is missing or older than its sources into dist/. Sources are compared by content: a branch switched to and back,
 * or a fresh checkout over a kept dist/, builds nothing.
 *
 * @param {readonly Target[]} targets
 * @param {{force?: boolean, folder?: string}} [options]
 */
export async function ensureBuilt(targets, { force = false, folder = root } = {}) {
  if (!force && targets.every((target) => isBuilt(target, folder))) return;
  await alone(join(folder, '.cache', 'build.lock'), async () => {
    for (const target of targets) {
      if (!force && isBuilt(target, folder)) continue;
      // Before the build: a file saved meanwhile makes the next start build again.
      const stamp = stampOf(target, folder);
      rmSync(stampFile(target, folder), { force: true });
      await step(`Building ${target}`, async () => {
        const worker = fileURLToPath(new URL('vite-build.mjs', import.meta.url));
        const { code, output } = await runQuietly(pinnedNode(folder), [worker, target], { cwd: folder });
        if (code !== 0) throw new LaunchError(`Building ${target} failed:\n${output}`);
      });
      mkdirSync(dirname(stampFile(target, folder)), { recursive: true });
      writeFileSync(stampFile(target, folder), JSON.stringify({ stamp }));
    }
  });
}

/**
 * @param {Target} target
 * @param {string} folder
 */
export function isBuilt(target, folder) {
  if (!existsSync(join(folder, 'dist', target, TARGETS[target].result))) return false;
  const kept = readJson(stampFile(target, folder));
  return (
    typeof kept === 'object' && kept !== null && 'stamp' in kept && kept.stamp === stampOf(target, folder)
  );
}

/**
 * @param {Target} target
 * @param {string} folder
 */
function stampFile(target, folder) {
  return join(folder, 'dist', '.stamps', `${target}.json`);
}

/**
 * One hash over the names and contents of a target's sources.
 *
 * @param {Target} target
 * @param {string} folder
 */
export function stampOf(target, folder) {
  const hash = createHash('sha256');
  for (const path of [...TARGETS[target].sources, ...COMMON_SOURCES].flatMap((source) =>
    filesOf(source, folder),
  )) {
    const content = readFileSync(join(folder, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * The files at a path, sorted; none where it does not exist.
 *
 * @param {string} path
 * @param {string} folder
 * @returns {string[]}
 */
function filesOf(path, folder) {
  const found = statSync(join(folder, path), { throwIfNoEntry: false });
  if (!found || NOT_BUILT.has(path)) return [];
  if (!found.isDirectory()) return [path];
  const names = readdirSync(join(folder, path)).sort();
  return names.flatMap((name) => filesOf(`${path}/${name}`, folder));
}

/** `npm run build [-- --force] [-- --desktop-test]` */
async function main() {
  refuseOldNode();
  const { values } = parseArgs({
    options: {
      force: { type: 'boolean', default: false },
      'desktop-test': { type: 'boolean', default: false },
    },
  });
  await ensureInstalled();
  await ensureBuilt(
    ['renderer', 'main', ...(values['desktop-test'] ? /** @type {const} */ (['desktop-test']) : [])],
    {
      force: values.force,
    },
  );
  return 0;
}

if (isMain(import.meta.url)) await runAsCommand(main);
