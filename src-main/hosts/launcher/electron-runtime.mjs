import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runQuietly } from './child.mjs';
import { cache, pinnedNode, readJson, root } from './place.mjs';
import { Interrupted, LaunchError, step } from './say.mjs';

/** A download that receives no byte for this long is given up. */
const STALLED_AFTER_MS = 20_000;
/** After a failed download the next starts do not try again for this long, so that they stay quick. */
const RETRY_AFTER_MS = 24 * 60 * 60 * 1000;
const FAILURE_NOTE = join(cache, 'electron-download-failed.json');

/** @typedef {{executable: string} | {missing: string}} Runtime either Electron's executable or why there is none, in words */

/**
 * Electron's executable. Its npm package carries none: it is downloaded once, within bounds, from Electron's own release page.
 *
 * @param {{retry: boolean}} options `retry`: try the download although it failed a short while ago
 * @returns {Promise<Runtime>}
 */
export async function electronRuntime({ retry }) {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return overriddenRuntime(override);
  const installed = downloaded();
  if (installed) return { executable: installed };
  const failed = retry ? undefined : recentFailure();
  if (failed)
    return {
      missing: `Electron could not be downloaded a short while ago (${failed}); "npm start -- --desktop" tries again`,
    };
  const why = await whyNotDownloaded();
  const executable = downloaded();
  if (executable) return { executable };
  mkdirSync(cache, { recursive: true });
  writeFileSync(FAILURE_NOTE, JSON.stringify({ version: packageVersion(), at: Date.now(), why }));
  return { missing: `Electron could not be downloaded (${why})` };
}

/**
 * Someone's own runtime must be able to run the product: an old one without `node:sqlite` (before Electron 35) cannot.
 *
 * @param {string} folder
 * @returns {Runtime}
 */
function overriddenRuntime(folder) {
  const executable = join(folder, executableName());
  if (!existsSync(executable)) return { missing: `ELECTRON_OVERRIDE_DIST_PATH holds no ${executableName()}` };
  const probe =
    "process.exit(require('node:module').builtinModules.includes('node:sqlite') || process.getBuiltinModule?.('node:sqlite') ? 0 : 1)";
  try {
    execFileSync(executable, ['-e', probe], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: 'ignore',
      timeout: 10_000,
    });
    return { executable };
  } catch {
    return { missing: 'the Electron in ELECTRON_OVERRIDE_DIST_PATH is too old: it has no node:sqlite' };
  }
}

/** @returns {string | undefined} the executable of a whole download of the installed version */
function downloaded() {
  const dist = join(packageFolder(), 'dist');
  try {
    if (readFileSync(join(dist, 'version'), 'utf8').replace(/^v/, '').trim() !== packageVersion())
      return undefined;
    // Written last by Electron's own installer.
    const executable = join(dist, readFileSync(join(packageFolder(), 'path.txt'), 'utf8').trim());
    return existsSync(executable) ? executable : undefined;
  } catch {
    return undefined;
  }
}

/** @returns {Promise<string>} why there is no executable afterwards, if there is none */
async function whyNotDownloaded() {
  // A folder of its own, to see the download grow: the installer itself reports nothing without a terminal.
  const temporary = join(cache, 'electron-download');
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  try {
    await step('Downloading Electron (once, about 120 MB)', (detail) => download(temporary, detail));
    return 'the download left no executable';
  } catch (error) {
    if (error instanceof LaunchError && !(error instanceof Interrupted)) return error.message;
    throw error;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * @param {string} temporary where the download grows
 * @param {(text: string) => void} detail
 */
async function download(temporary, detail) {
  const stalled = new AbortController();
  let size = 0;
  let grewAt = Date.now();
  const watch = setInterval(() => {
    const now = sizeOf(temporary) + sizeOf(join(packageFolder(), 'dist'));
    if (now !== size) grewAt = Date.now();
    size = now;
    if (size > 0) detail(`${Math.round(size / 1e6)} MB`);
    if (Date.now() - grewAt > STALLED_AFTER_MS) stalled.abort();
  }, 1000);
  const env = {
    ...process.env,
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
    ELECTRON_GET_NO_PROGRESS: '1',
  };
  try {
    const installer = join(packageFolder(), 'install.js');
    const { code, output } = await runQuietly(pinnedNode(), [installer], {
      cwd: root,
      env,
      signal: stalled.signal,
    });
    if (code !== 0) throw new LaunchError(reasonIn(output));
  } catch (error) {
    if (stalled.signal.aborted) throw new LaunchError(`nothing came for ${STALLED_AFTER_MS / 1000} s`);
    throw error;
  } finally {
    clearInterval(watch);
  }
}

/**
 * The innermost cause in a stack printed by Node.js, in one short line.
 *
 * @param {string} output
 */
function reasonIn(output) {
  const causes = [...output.matchAll(/^\s*(?:\[?cause\]?: )?(?:[A-Za-z]*Error): (.+)$/gm)].map(
    (match) => match[1],
  );
  return (causes.at(-1) ?? output.split('\n')[0] ?? '').slice(0, 200);
}

/** @returns {string | undefined} */
function recentFailure() {
  const note = readJson(FAILURE_NOTE);
  if (typeof note !== 'object' || note === null) return undefined;
  const { version, at, why } = /** @type {{version?: unknown, at?: unknown, why?: unknown}} */ (note);
  if (version !== packageVersion() || typeof at !== 'number' || typeof why !== 'string') return undefined;
  return Date.now() - at < RETRY_AFTER_MS ? why : undefined;
}

function packageFolder() {
  return dirname(createRequire(join(root, 'package.json')).resolve('electron/package.json'));
}

function packageVersion() {
  const description = readJson(join(packageFolder(), 'package.json'));
  return /** @type {{version: string}} */ (description).version;
}

function executableName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/**
 * Bytes of all files below a folder; files that vanish meanwhile count as nothing.
 *
 * @param {string} folder
 */
function sizeOf(folder) {
  if (!existsSync(folder)) return 0;
  let size = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    size += statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return size;
}
