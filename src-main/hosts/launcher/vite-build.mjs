/**
 * Builds one target with Vite, run by build.mjs under the pinned Node.js. The result takes the old one's place only when it is
 * whole, so that a failed build leaves what was there.
 */
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from './place.mjs';

const target = process.argv[2];
if (target !== 'renderer' && target !== 'main' && target !== 'desktop-test') {
  throw new Error('usage: vite-build.mjs renderer|main|desktop-test');
}

const building = join(root, 'dist', '.building', target);
rmSync(building, { recursive: true, force: true });
mkdirSync(building, { recursive: true });

/**
 * @param {string} configFile
 * @param {string} mode
 * @param {boolean} emptyOutDir
 */
const make = (configFile, mode, emptyOutDir) =>
  build({
    ...(target !== 'renderer' && { root }),
    configFile: join(root, configFile),
    mode,
    logLevel: 'warn',
    build: { outDir: building, emptyOutDir },
  });

if (target === 'renderer') {
  await make('vite.config.ts', 'production', true);
} else {
  await make('vite.main.config.ts', target === 'main' ? 'production' : 'desktop-test', true);
  if (target === 'main')
    for (const mode of ['start', 'program', 'late']) await make('vite.main.config.ts', mode, false);
  await make('vite.main.config.ts', 'preload', false);
}

const place = join(root, 'dist', target);
rmSync(place, { recursive: true, force: true });
renameSync(building, place);
// What V8 compiled of the code before.
if (target === 'main') rmSync(join(root, 'dist', 'compile-cache'), { recursive: true, force: true });
