/** `npm start -- [--browser] [--desktop] [--port N] [--no-open]`: opens Wharfinger from a checkout. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './build.mjs';
import { become } from './child.mjs';
import { openDesktop } from './desktop.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { ensureInstalled } from './install.mjs';
import { isMain, pinnedNode, refuseOldNode, root } from './place.mjs';
import { runAsCommand, say } from './say.mjs';

const USAGE = `npm start -- [options]
  --browser   serve the app for a browser on this machine, and no window
  --desktop   try again to download Electron, where that failed before
  --port N    the browser host's port (default: 7420, or a free one)
  --no-open   print the address only, do not open the browser`;

/** @typedef {{browser: boolean, desktop: boolean, port: string | undefined, open: boolean}} Choice */

/**
 * @param {readonly string[]} args
 * @returns {Choice | string} the choice, or what is wrong with it
 */
export function choiceOf(args) {
  try {
    const { values } = parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        browser: { type: 'boolean', default: false },
        desktop: { type: 'boolean', default: false },
        port: { type: 'string' },
        open: { type: 'boolean', default: true },
      },
    });
    if (values.port !== undefined && !(/^\d{1,5}$/.test(values.port) && Number(values.port) <= 65_535)) {
      return `--port: ${values.port} is not a port number`;
    }
    return { ...values, port: values.port };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function main() {
  refuseOldNode();
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const choice = choiceOf(args);
  if (typeof choice === 'string') {
    say(`${choice}\n\n${USAGE}`);
    return 2;
  }
  await ensureInstalled();
  await ensureBuilt(['renderer', 'main']);
  if (!choice.browser) {
    const opened = await desktop(choice);
    if (typeof opened === 'number') return opened;
    say(`No desktop window: ${opened}. Serving the same app for your browser.`);
  }
  const hostArgs = [
    ...(choice.port === undefined ? [] : ['--port', choice.port]),
    ...(choice.open ? [] : ['--no-open']),
  ];
  return become(pinnedNode(), [join(root, 'dist', 'main', 'browser.js'), ...hostArgs]);
}

/**
 * @param {Choice} choice
 * @returns {Promise<number | string>} the window's exit code, or why there is none
 */
async function desktop(choice) {
  if (!hasDisplay(process.platform, process.env)) return 'there is no display here';
  if (process.platform === 'linux' && process.getuid?.() === 0) return 'Electron does not run as root';
  const runtime = await electronRuntime({ retry: choice.desktop });
  return 'missing' in runtime ? runtime.missing : openDesktop(runtime.executable, [root]);
}

/**
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 */
export function hasDisplay(platform, env) {
  return platform === 'darwin' || platform === 'win32' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

if (isMain(import.meta.url)) await runAsCommand(main);
