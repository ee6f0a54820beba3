import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';

/** Folders of `src-main/data` with a thread. */
const THREADS = ['inventory', 'audit'];

/** Once for all test files: builds the threads for `built-thread.mjs`. */
export default async function buildThread(): Promise<() => Promise<void>> {
  const outDir = await mkdtemp(path.join(tmpdir(), 'wharfinger-thread-'));
  for (const name of THREADS)
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        ssr: path.resolve(import.meta.dirname, `../../src-main/data/${name}/worker.ts`),
        outDir,
        emptyOutDir: false,
        target: 'node24',
        rolldownOptions: { output: { entryFileNames: `${name}.js`, codeSplitting: false } },
      },
      ssr: { noExternal: true },
    });
  process.env.WHARFINGER_TEST_THREAD = outDir;
  return () => rm(outDir, { recursive: true, force: true });
}
