import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { peer } from './peers.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');

interface Program {
  readonly file: string;
  /** Beside this process's own environment. */
  readonly env: Readonly<Record<string, string>>;
}

const FONTS_FILE = 'wharfinger-fonts.conf';
/** Nothing reaches the network by itself, and nothing depends on a sandbox, a GPU or a profile. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a headless Chromium; the caller closes it. `CHROMIUM_PATH` chooses one, then the system's is taken, then the one that
 * npm brought along (Linux x64), so that nothing has to be installed.
 */
export async function launchChromium(): Promise<Browser> {
  const { file, env } = await chromiumProgram();
  return chromium.launch({
    executablePath: file,
    args: FLAGS,
    env: { ...definedEnvironment(), ...env },
  });
}

/** Why no browser can be launched here, in words; undefined where one can. */
export function missingChromium(): string | undefined {
  const isPackaged = process.platform === 'linux' && process.arch === 'x64';
  if (process.env.CHROMIUM_PATH || isPackaged || peer('chromium') !== null) return undefined;
  return 'needs chromium, not found on this machine';
}

async function chromiumProgram(): Promise<Program> {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) return { file: chosen, env: {} };
  const installed = peer('chromium');
  return installed === null ? packagedChromium() : { file: installed, env: {} };
}

/** The Chromium of `@sparticuz/chromium`, unpacked once for each version. */
async function packagedChromium(): Promise<Program> {
  const description = path.join(root, 'node_modules/@sparticuz/chromium/package.json');
  const { version } = JSON.parse(await readFile(description, 'utf8')) as { version: string };
  const folder = path.join(root, '.cache', `chromium-${version}`);
  if (!existsSync(folder)) await unpack(folder);
  const file = path.join(folder, 'chromium');
  const env = { FONTCONFIG_FILE: path.join(folder, FONTS_FILE) };
  const libraries = { LD_LIBRARY_PATH: path.join(folder, 'al2023/lib') };
  return { file, env: (await starts(file)) ? env : { ...env, ...libraries } };
}

/**
 * The package unpacks into the temporary folder and takes what lies there for whole. It gets a temporary folder of its own, and
 * what it made is renamed when it is whole. It brings the libraries a bare machine lacks (NSS) only where it believes to run
 * in a certain cloud.
 */
async function unpack(folder: string): Promise<void> {
  await mkdir(path.dirname(folder), { recursive: true });
  const drafts = await mkdtemp(`${folder}-`);
  try {
    await run(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        "await (await import('@sparticuz/chromium')).default.executablePath()",
      ],
      { cwd: root, env: { ...process.env, TMPDIR: drafts, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' } },
    );
    await writeFile(path.join(drafts, FONTS_FILE), fontsBeside(folder));
    await rename(drafts, folder);
  } catch (error) {
    await rm(drafts, { recursive: true, force: true });
    // Another process may have been faster; a folder that is not empty is not replaced.
    if (!existsSync(folder)) throw error;
  }
}

/** Whether the machine has the libraries it needs. */
async function starts(file: string): Promise<boolean> {
  try {
    await run(file, ['--version']);
    return true;
  } catch {
    return false;
  }
}

/** The machine's fonts and the packaged one: without any font Chromium ends at the first letter. */
function fontsBeside(folder: string): string {
  return `<?xml version="1.0"?>
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${path.join(folder, 'fonts')}</dir>
  <cachedir>${path.join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
