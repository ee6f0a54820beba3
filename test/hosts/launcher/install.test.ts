import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { ensureInstalled, whyStale } from '../../../src-main/hosts/launcher/install.mjs';
import { pinnedNode } from '../../../src-main/hosts/launcher/place.mjs';
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

test('a broken lock file is told', async () => {
  const folder = await checkout(LOCKED, INSTALLED);
  await writeFile(join(folder, 'package-lock.json'), '<<<<<<< HEAD');
  expect(() => whyStale(folder)).toThrow('restore it with Git');
});

test('ensureInstalled runs npm ci once, for two that start together, and not again', async () => {
  const folder = await temporaryFolder();
  // Stands for the pinned Node.js: a package of the checkout itself, so that npm needs no registry.
  await mkdir(join(folder, 'vendored/bin'), { recursive: true });
  await writeFile(join(folder, 'vendored/package.json'), JSON.stringify({ name: 'node', version: '24.0.0' }));
  await writeFile(join(folder, 'vendored/bin/node'), '#!/bin/sh\n');
  await chmod(join(folder, 'vendored/bin/node'), 0o755);
  const scripts = { postinstall: 'echo once >> installed.log' };
  const description = { name: 'app', version: '1.0.0', scripts, dependencies: { node: 'file:vendored' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(description));
  const packages = {
    '': description,
    'node_modules/node': { resolved: 'vendored', link: true },
    vendored: { name: 'node', version: '24.0.0' },
  };
  const lock = { name: 'app', version: '1.0.0', lockfileVersion: 3, requires: true, packages };
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));

  expect(whyStale(folder)).toBe('absent');
  await Promise.all([ensureInstalled(folder), ensureInstalled(folder)]);
  expect(whyStale(folder)).toBeUndefined();
  await ensureInstalled(folder);
  expect(await readFile(join(folder, 'installed.log'), 'utf8')).toBe('once\n');
}, 60_000);
