import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { runQuietly } from './child.mjs';
import { alone } from './lock.mjs';
import { pinnedNode, readJson, root } from './place.mjs';
import { LaunchError, step } from './say.mjs';

/**
 * @typedef {{version?: string, integrity?: string, resolved?: string, link?: boolean, optional?: boolean, peer?: boolean,
 *   devOptional?: boolean}} LockedPackage
 */

/**
 * Installs the locked libraries with `npm ci` when node_modules is missing, incomplete or made from another lock file.
 * Asks nothing; says what it does on stderr.
 *
 * @param {string} [folder] the checkout
 */
export async function ensureInstalled(folder = root) {
  if (!whyStale(folder)) return;
  await alone(join(folder, '.cache', 'install.lock'), async () => {
    // Another process may have installed while this one waited.
    const why = whyStale(folder);
    if (why) await install(folder, why);
  });
}

/**
 * @param {string} folder
 * @param {'absent' | 'stale'} why
 */
async function install(folder, why) {
  const doing =
    why === 'absent'
      ? 'Installing the libraries (once, a minute or two)'
      : 'Installing the libraries again: package-lock.json has changed';
  const { program, args } = npm();
  await step(doing, async () => {
    const { code, output } = await runQuietly(
      program,
      [...args, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'],
      {
        cwd: folder,
        shell: program.endsWith('.cmd'),
      },
    );
    if (code !== 0) throw new LaunchError(`npm ci failed:\n${output}`);
    if (whyStale(folder)) throw new LaunchError(`npm ci ended but left node_modules incomplete:\n${output}`);
  });
}

/** npm as it was started, or the one on the PATH. */
function npm() {
  const running = process.env.npm_execpath;
  if (running?.endsWith('npm-cli.js')) return { program: process.execPath, args: [running] };
  return { program: process.platform === 'win32' ? 'npm.cmd' : 'npm', args: [] };
}

/**
 * Whether node_modules answers to package-lock.json. Both lock files are compared by content and not by time: a branch switched
 * to and back, a restored backup or a copied folder must not install again, and a changed version must.
 *
 * npm writes node_modules/.package-lock.json last, so an interrupted installation has none.
 *
 * @param {string} folder
 * @returns {'absent' | 'stale' | undefined}
 */
export function whyStale(folder) {
  const installed = packagesOf(join(folder, 'node_modules', '.package-lock.json'));
  if (!installed || !isExecutable(pinnedNode(folder))) return 'absent';
  const locked = packagesOf(join(folder, 'package-lock.json'));
  if (!locked)
    throw new LaunchError(`${join(folder, 'package-lock.json')} is missing or broken: restore it with Git.`);
  for (const [path, wanted] of Object.entries(locked)) {
    if (path === '') continue; // the project itself, never in the hidden lock file
    const found = installed[path];
    // Optional packages of other platforms are not installed.
    if (!found && !(wanted.optional || wanted.devOptional)) return 'stale';
    if (found && (found.version !== wanted.version || found.integrity !== wanted.integrity)) return 'stale';
  }
  return Object.keys(installed).every((path) => path in locked) ? undefined : 'stale';
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined}
 */
function packagesOf(file) {
  const content = readJson(file);
  if (typeof content !== 'object' || content === null || !('packages' in content)) return undefined;
  return /** @type {Record<string, LockedPackage>} */ (content.packages);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
