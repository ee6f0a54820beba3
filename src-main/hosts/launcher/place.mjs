import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout that contains this launcher. */
export const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[\\/]$/, '');

/** Ignored by Git; what is in it can be removed at any time. */
export const cache = join(root, '.cache');

/**
 * The Node.js that runs everything after the installation: the one pinned in package-lock.json, whatever is installed.
 *
 * @param {string} [folder] the checkout
 */
export function pinnedNode(folder = root) {
  return join(folder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/**
 * Ends the process with a sentence when the Node.js that runs the launcher is too old for it.
 *
 * @param {string} [version]
 */
export function refuseOldNode(version = process.versions.node) {
  if (Number(version.split('.')[0]) >= 20) return;
  process.stderr.write(`Wharfinger needs Node.js 20 or later; this is ${version}.\n`);
  process.exit(1);
}

/**
 * A JSON file, or undefined where it is missing or does not parse.
 *
 * @param {string} file
 * @returns {unknown}
 */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Whether a module is the program Node.js was started with, and not imported by another.
 *
 * @param {string} moduleUrl its `import.meta.url`
 */
export function isMain(moduleUrl) {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === fileURLToPath(moduleUrl);
}
