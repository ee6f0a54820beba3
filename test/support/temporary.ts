import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { whenFinished } from './cleanup.ts';

/** Makes an empty folder that is removed with all it holds when the test, or outside a test the file, ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wharfinger-test-'));
  whenFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
