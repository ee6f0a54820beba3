import { openCache } from '../../../src-main/data/database/open.ts';
import { FormerPlaces } from '../../../src-main/data/inventory/former-places.ts';
import { schema } from '../../../src-main/data/inventory/schema.ts';
import { makeInventory } from '../../../src-main/data/inventory/tasks.ts';
import { TextIndex } from '../../../src-main/data/inventory/text-index.ts';
import type { Filled } from './content.ts';

/** Repositories written in one transaction. */
const AT_ONCE = 200;

/** Writes what a scan of a registry would have found into the file of an inventory, which no host has open. @returns the seconds of the search's index */
export async function fillFile(
  file: string,
  registry: string,
  repositories: Iterable<Filled>,
): Promise<number> {
  const database = await openCache(file, schema);
  database.script('PRAGMA synchronous = OFF; PRAGMA cache_size = -262144');
  const { changes, rest } = makeInventory(database, new FormerPlaces(database, ''));
  const left = repositories[Symbol.iterator]();
  for (let isDone = false; !isDone; )
    database.transaction(() => {
      for (let count = 0; count < AT_ONCE; count++) {
        const next = left.next();
        if (next.done) {
          isDone = true;
          return;
        }
        const { name, tags, facts } = next.value;
        const place = { registry, repository: name, seen: 1 };
        runThrough(changes.tags({ ...place, tags }));
        runThrough(changes.manifests({ ...place, facts }));
      }
    });
  database.run('UPDATE repositories SET scanned = 1');
  const begun = performance.now();
  runThrough(new TextIndex(database).fill());
  const seconds = (performance.now() - begun) / 1000;
  runThrough(rest());
  database.close();
  return seconds;
}

function runThrough(task: Generator<void, void, void>): void {
  while (!task.next().done);
}
