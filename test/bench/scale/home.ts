import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { openCache } from '../../../src-main/data/database/open.ts';
import { FormerPlaces } from '../../../src-main/data/inventory/former-places.ts';
import { schema } from '../../../src-main/data/inventory/schema.ts';
import { makeInventory } from '../../../src-main/data/inventory/tasks.ts';
import { TextIndex } from '../../../src-main/data/inventory/text-index.ts';
import { REPOSITORIES, repositoryName, tagNames } from './names.ts';

/** Account of what was seen. */
const ACCOUNT = '6f1c7f0e-0b5c-4d5e-9a53-0a4b5f0e2d11';

/** Fills a home's inventory with a million tags that were seen, all in the index. @returns the seconds of the index */
export async function seeMillion(home: string): Promise<number> {
  const database = await openCache(path.join(home, 'inventory.db'), schema);
  try {
    const { changes } = makeInventory(database, new FormerPlaces(database, ''));
    for (let number = 0; number < REPOSITORIES; number++) {
      const tags = tagNames(number).map((name) => ({ name }));
      runThrough(changes.tags({ registry: ACCOUNT, repository: repositoryName(number), tags, seen: 1 }));
    }
    const begun = performance.now();
    runThrough(new TextIndex(database).fill());
    return (performance.now() - begun) / 1000;
  } finally {
    database.close();
  }
}

function runThrough(task: Generator<void, void, void>): void {
  while (!task.next().done);
}

/** The registry of registry.ts, in a thread of its own. */
export async function startRegistry(): Promise<{ url: string; close(): Promise<unknown> }> {
  const worker = new Worker(new URL('./registry.ts', import.meta.url));
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
  });
  return { url: `http://127.0.0.1:${port}`, close: () => worker.terminate() };
}
