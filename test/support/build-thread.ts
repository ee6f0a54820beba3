import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';

/** Once for all test files: builds the inventory's thread for `built-thread.mjs`. */
export default async function buildThread(): Promise<() => Promise<void>> {
  const outDir = await mkdtemp(path.join(tmpdir(), 'wharfinger-thread-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: path.resolve(import.meta.dirname, '../../src-main/data/inventory/worker.ts'),
      outDir,
      target: 'node24',
      rolldownOptions: { output: { entryFileNames: 'worker.js', codeSplitting: false } },
    },
    ssr: { noExternal: true },
  });
  process.env.WHARFINGER_TEST_THREAD = path.join(outDir, 'worker.js');
  return () => rm(outDir, { recursive: true, force: true });
}
