import { execFile } from 'node:child_process';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../../..');
/** Ignored; kept between runs. */
const folder = path.join(root, '.cache/peers');
const INSTALL_TIMEOUT_MS = 10 * 60_000;

/** The newest that the Go module proxy serves is measured; the table names the version. */
const GO_PEERS = {
  crane: 'github.com/google/go-containerregistry/cmd/crane',
  regctl: 'github.com/regclient/regclient/cmd/regctl',
  regsync: 'github.com/regclient/regclient/cmd/regsync',
  oras: 'oras.land/oras/cmd/oras',
} as const;

/** Looked for once, and named so that no one looks again. */
const OCYNC = 'ocync: no package registry has it';

export type ToolName = keyof typeof GO_PEERS | 'skopeo';

export interface Tool {
  readonly name: ToolName;
  readonly file: string;
  readonly version: string;
}

/**
 * Finds skopeo on PATH, and installs the peers written in Go where Go is there.
 *
 * @param wanted those of Go
 * @returns what was found, and why the others are missing
 */
export async function findTools(
  wanted: readonly (keyof typeof GO_PEERS)[] = Object.keys(GO_PEERS) as (keyof typeof GO_PEERS)[],
): Promise<{ tools: Tool[]; missing: string[] }> {
  const tools: Tool[] = [];
  const missing: string[] = [];
  const skopeo = await words('skopeo', ['--version']);
  if (skopeo === null) missing.push('skopeo: not on PATH');
  else tools.push({ name: 'skopeo', file: 'skopeo', version: skopeo.replace('skopeo version ', '') });
  for (const name of wanted) {
    const file = path.join(folder, name);
    const there = (await stat(file).catch(() => null)) !== null;
    const problem = there ? null : await install(name, GO_PEERS[name]);
    if (problem === null) tools.push({ name, file, version: await versionOf(file) });
    else missing.push(`${name}: ${problem}`);
  }
  missing.push(OCYNC);
  return { tools, missing };
}

/** @returns why it could not be installed */
async function install(name: string, module: string): Promise<string | null> {
  if ((await words('go', ['version'])) === null) return 'Go is not on PATH';
  process.stderr.write(`Installing ${name} into .cache/peers…\n`);
  await mkdir(folder, { recursive: true });
  try {
    const env = { ...process.env, GOBIN: folder, GOTOOLCHAIN: 'local' };
    await run('go', ['install', `${module}@latest`], { env, timeout: INSTALL_TIMEOUT_MS });
    return null;
  } catch (error) {
    return String(error).split('\n').slice(0, 3).join(' ');
  }
}

/** As Go wrote it into the program: not every program knows its own. */
async function versionOf(file: string): Promise<string> {
  const built = await words('go', ['version', '-m', file]);
  return /^\s+mod\s+\S+\s+(\S+)/m.exec(built ?? '')?.[1] ?? 'unknown version';
}

async function words(program: string, args: string[]): Promise<string | null> {
  try {
    return (await run(program, args)).stdout.trim();
  } catch {
    return null;
  }
}
