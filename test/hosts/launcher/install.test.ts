import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { ensureInstalled, whyStale } from '../../../src-main/hosts/launcher/install.mjs';
import { pinnedNode, root } from '../../../src-main/hosts/launcher/place.mjs';
import { type StartedProcess, startProcess } from '../../support/process.ts';
import { temporaryFolder } from '../../support/temporary.ts';

type Packages = Record<string, object>;

const LOCKED: Packages = {
  '': { name: 'app', version: '1.0.0' },
  'node_modules/one': { version: '1.0.0', integrity: 'sha512-one' },
  'node_modules/other-platform': { version: '2.0.0', integrity: 'sha512-two', optional: true },
};
const INSTALLED: Packages = { 'node_modules/one': { version: '1.0.0', integrity: 'sha512-one' } };

async function checkout(locked: Packages, installed: Packages): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(dirname(pinnedNode(folder)), { recursive: true });
  await writeFile(pinnedNode(folder), '#!/bin/sh\n');
  await chmod(pinnedNode(folder), 0o755);
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify({ packages: locked }));
  await writeFile(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
  return folder;
}

test('what is installed as locked is not installed again, whatever the times of the files', async () => {
  expect(whyStale(await checkout(LOCKED, INSTALLED))).toBeUndefined();
});

test.each<[string, Packages, Packages]>([
  [
    'another version',
    { ...LOCKED, 'node_modules/one': { version: '1.0.1', integrity: 'sha512-new' } },
    INSTALLED,
  ],
  [
    'other content',
    { ...LOCKED, 'node_modules/one': { version: '1.0.0', integrity: 'sha512-new' } },
    INSTALLED,
  ],
  ['a package more', { ...LOCKED, 'node_modules/more': { version: '1.0.0' } }, INSTALLED],
  ['a package less', LOCKED, { ...INSTALLED, 'node_modules/gone': { version: '1.0.0' } }],
  [
    'an optional package of another version',
    LOCKED,
    { ...INSTALLED, 'node_modules/other-platform': { version: '1.9.0', integrity: 'sha512-old' } },
  ],
])('%s is stale', async (_name, locked, installed) => {
  expect(whyStale(await checkout(locked, installed))).toBe('stale');
});

test('an interrupted installation counts as none', async () => {
  const [nothing, noNode, halfWritten] = await Promise.all([
    checkout(LOCKED, INSTALLED),
    checkout(LOCKED, INSTALLED),
    checkout(LOCKED, INSTALLED),
  ]);
  await rm(join(nothing, 'node_modules/.package-lock.json'));
  await rm(pinnedNode(noNode));
  await writeFile(join(halfWritten, 'node_modules/.package-lock.json'), '{"packages"');
  expect([nothing, noNode, halfWritten].map((folder) => whyStale(folder))).toEqual([
    'absent',
    'absent',
    'absent',
  ]);
});

test('a broken lock file is reported', async () => {
  const folder = await checkout(LOCKED, INSTALLED);
  await writeFile(join(folder, 'package-lock.json'), '<<<<<<< HEAD');
  expect(() => whyStale(folder)).toThrow('restore it with Git');
});

/** A checkout that npm can install without a registry: its one library, in place of the pinned Node.js, is a folder in it. */
async function installable(postinstall: string): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'vendored/bin'), { recursive: true });
  await writeFile(join(folder, 'vendored/package.json'), JSON.stringify({ name: 'node', version: '24.0.0' }));
  await writeFile(join(folder, 'vendored/bin/node'), '#!/bin/sh\n');
  await chmod(join(folder, 'vendored/bin/node'), 0o755);
  const scripts = { postinstall };
  const description = { name: 'app', version: '1.0.0', scripts, dependencies: { node: 'file:vendored' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(description));
  const packages = {
    '': description,
    'node_modules/node': { resolved: 'vendored', link: true },
    vendored: { name: 'node', version: '24.0.0' },
  };
  const lock = { name: 'app', version: '1.0.0', lockfileVersion: 3, requires: true, packages };
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));
  return folder;
}

test('ensureInstalled runs npm ci once, for two that start together, and not again', async () => {
  const folder = await installable('echo once >> installed.log');
  expect(whyStale(folder)).toBe('absent');
  await Promise.all([ensureInstalled(folder), ensureInstalled(folder)]);
  expect(whyStale(folder)).toBeUndefined();
  await ensureInstalled(folder);
  expect(await readFile(join(folder, 'installed.log'), 'utf8')).toBe('once\n');
}, 60_000);

/** `ensureInstalled` in a process of its own, as `npm start` and `npm test` begin. */
function startInstalling(folder: string): Promise<StartedProcess> {
  const launcher = pathToFileURL(join(root, 'src-main/hosts/launcher/')).href;
  const program = `
    import { ensureInstalled } from '${launcher}install.mjs';
    import { runAsCommand } from '${launcher}say.mjs';
    await runAsCommand(async () => {
      await ensureInstalled(${JSON.stringify(folder)});
      console.log('goes on');
      return 0;
    });`;
  return startProcess(process.execPath, ['--input-type=module', '--eval', program]);
}

test('B11: Ctrl+C while installing ends it with all it has started; nothing is done and nothing goes on', async () => {
  const folder = await installable(
    `node -e "fs.writeFileSync('began', String(process.pid)); setInterval(() => {}, 1000)"`,
  );
  const running = await startInstalling(folder);
  const began = () => readFile(join(folder, 'began'), 'utf8').catch(() => '');
  await expect.poll(began, { timeout: 30_000 }).toMatch(/^\d+$/);
  const id = Number(await began());
  process.kill(running.pid, 'SIGINT');
  expect(await running.exited).toEqual({ code: 130, signal: null });
  expect(running.output()).toMatch(/^Installing the libraries.*…\nInterrupted\.\n$/);
  await expect.poll(() => isAlive(id), { timeout: 30_000 }).toBe(false);
  expect(existsSync(join(folder, '.cache/install.lock'))).toBe(false);
}, 60_000);

test('B11: an installation that failed is never done', async () => {
  const running = await startInstalling(await installable('echo no such thing >&2; exit 7'));
  expect(await running.exited).toEqual({ code: 1, signal: null });
  expect(running.output()).toContain('npm ci failed:');
  expect(running.output()).toContain('no such thing');
  expect(running.output()).not.toMatch(/done|goes on/);
}, 60_000);

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}
