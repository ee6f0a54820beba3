import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { root } from '../../../src-main/hosts/launcher/place.mjs';

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({ integrity: z.string().optional(), resolved: z.string().optional() }),
  ),
});

test('S6: package-lock.json vouches for the bytes of every package, those for other platforms too, and names no server', async () => {
  const { packages } = lockFile.parse(JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')));
  const { '': _, ...libraries } = packages;
  expect(Object.keys(libraries).length).toBeGreaterThan(100);
  const unproven = Object.entries(libraries).filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
  expect(unproven.map(([name]) => name)).toEqual([]);
  expect(Object.values(libraries).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});
