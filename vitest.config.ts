import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Tests wait more than they compute: for processes, disks and pages. One worker, as Vitest takes on two cores, leaves one idle. */
const WORKERS = Math.max(2, availableParallelism() - 1);
/** A browser with its app takes more than a core. */
const BROWSERS = 2;
/** Tests run the inventory's threads as they are built. */
const BUILT_THREAD = {
  globalSetup: 'test/support/build-thread.ts',
  execArgv: ['--import', new URL('test/support/built-thread.mjs', import.meta.url).href],
};
/** How long a page may take to show what it should: at a load of 40 on two cores it took half a minute to open. */
const PAGE_TIMEOUT_MS = 60_000;

/**
 * One project per kind of test, so that each runs alone (`npx vitest run --project unit`).
 * No retries anywhere: a test that needs a second try is a defect.
 */
export default defineConfig({
  test: {
    maxWorkers: WORKERS,
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'test/{common,engine,data,services,api,local-registry,hosts,support,soak,structure}/**/*.test.ts',
          ],
          setupFiles: ['test/support/fail-on-rejection.ts'],
          ...BUILT_THREAD,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'renderer',
          include: ['test/renderer/**/*.test.{ts,tsx}'],
          setupFiles: ['test/support/fail-on-rejection.ts'],
        },
      },
      {
        test: {
          name: 'conformance',
          include: ['test/conformance/**/*.test.ts'],
          setupFiles: ['test/support/fail-on-rejection.ts'],
          ...BUILT_THREAD,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          setupFiles: ['test/support/needs-chromium.ts'],
          maxWorkers: BROWSERS,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: PAGE_TIMEOUT_MS } },
        },
      },
      {
        test: {
          name: 'desktop',
          include: ['test/desktop/**/*.test.ts'],
          fileParallelism: false,
          expect: { poll: { timeout: PAGE_TIMEOUT_MS } },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
