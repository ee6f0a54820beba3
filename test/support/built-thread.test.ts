import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { temporaryFolder } from './temporary.ts';

test('threads of databases run what was built, and not the sources', async () => {
  const built = await temporaryFolder();
  await writeFile(
    path.join(built, 'inventory.js'),
    "import { parentPort } from 'node:worker_threads'; parentPort.postMessage('built');",
  );
  const worker = new Worker(new URL('../../src-main/data/inventory/worker.ts', import.meta.url), {
    env: { ...process.env, WHARFINGER_TEST_THREAD: built },
  });
  expect(await once(worker, 'message')).toEqual(['built']);
  await once(worker, 'exit');
});
