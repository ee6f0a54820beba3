import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';

/** Fills a home's inventory with a million tags, in a process of its own. @returns the seconds of the index for the search */
export async function fillInventory(home: string): Promise<number> {
  const program = path.join(import.meta.dirname, 'fill.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', program, home]);
  return Number(stdout);
}

/** The registry of registry.ts, in a thread of its own. */
export async function startRegistry(): Promise<{ url: string; close(): Promise<unknown> }> {
  const worker = new Worker(new URL('./registry.ts', import.meta.url));
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
  });
  return { url: `http://127.0.0.1:${port}`, close: () => worker.terminate() };
}
