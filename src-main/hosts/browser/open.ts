import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What leads the browser to an address, while it is there. */
export interface OpenedFile {
  /** Removes it. Safe to repeat. */
  remove(): Promise<void>;
}

/**
 * Asks the system to open an address in the default browser. Nothing is said where it cannot: the address is printed anyway.
 * Never on a machine without a display or in CI.
 *
 * What is given along is the name of a file that only this user can read, and that leads on to the address: every user of the machine
 * sees the arguments of every program, and this address signs in. The file is gone after `lifetime` milliseconds at the latest.
 *
 * @returns undefined where nothing is opened
 */
export async function openThroughFile(
  address: string,
  lifetime: number,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<OpenedFile | undefined> {
  if (environment.CI || !hasDisplay(environment)) return undefined;
  // Made with mode 0700, so that no other user reaches what is in it, whatever its mode.
  const folder = await mkdtemp(join(tmpdir(), 'wharfinger-'));
  const remove = async () => {
    clearTimeout(late);
    await rm(folder, { recursive: true, force: true });
  };
  const late = setTimeout(() => void remove(), lifetime).unref();
  const file = join(folder, 'open.html');
  await writeFile(file, leadingTo(address), { mode: 0o600, flag: 'wx' });
  const [program, args] = opener(file);
  const child = spawn(program, args, { stdio: 'ignore', detached: true, env: environment });
  child.on('error', () => void remove());
  child.unref();
  return { remove };
}

function hasDisplay(environment: NodeJS.ProcessEnv): boolean {
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

function opener(file: string): [string, string[]] {
  if (process.platform === 'darwin') return ['open', [file]];
  if (process.platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', file]];
  return ['xdg-open', [file]];
}

/** @param address of letters, digits and `:/?=._-` only: it needs no escaping */
function leadingTo(address: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url=${address}"><title>Wharfinger</title></head>
<body><a href="${address}">Wharfinger</a></body></html>
`;
}
