import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { peer } from './peers.ts';
import { temporaryFolder } from './temporary.ts';

afterEach(() => void vi.unstubAllEnvs());

test.skipIf(process.platform === 'win32')('finds an executable file on PATH only', async () => {
  const folder = await temporaryFolder();
  const file = path.join(folder, 'skopeo');
  vi.stubEnv('PATH', folder);
  expect(peer('skopeo')).toBeNull();
  await writeFile(file, '#!/bin/sh\n');
  expect(peer('skopeo')).toBeNull();
  await chmod(file, 0o755);
  expect(peer('skopeo')).toBe(file);
});

test.skipIf(process.platform !== 'linux')(
  'takes the Electron runtime that ELECTRON_OVERRIDE_DIST_PATH names first',
  async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, 'electron');
    await writeFile(file, '#!/bin/sh\n', { mode: 0o755 });
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', folder);
    expect(peer('electron')).toBe(file);
  },
);
