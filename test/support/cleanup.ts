import { afterAll, onTestFinished, TestRunner } from 'vitest';

type Cleanup = () => unknown | Promise<unknown>;

/** Milliseconds for all that a file has to clean up: whole apps with their threads and folders of 50,000 files, on a loaded machine. */
const TIME = 300_000;

const untilFileEnds: Cleanup[] = [];

/** What is left to clean up outside of tests: a program without Vitest, as the one that takes pictures, calls it at its end. */
export async function cleanUp(): Promise<void> {
  const failures: unknown[] = [];
  for (const cleanup of untilFileEnds.splice(0).reverse()) {
    try {
      await cleanup();
    } catch (error) {
      failures.push(error); // the rest is still cleaned up
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `Cleaning up failed: ${failures.join('; ')}`);
}

if (process.env.VITEST) afterAll(cleanUp, TIME);

/**
 * Runs `cleanup` when the running test ends, or, where it is called outside a test (in `beforeAll`, say), when the test file
 * ends. The last one registered runs first. A cleanup that throws fails the test or the file.
 */
export function whenFinished(cleanup: Cleanup): void {
  if (!process.env.VITEST || TestRunner.getCurrentTest() === undefined) untilFileEnds.push(cleanup);
  else onTestFinished(async () => void (await cleanup()));
}
