/** Fills the inventory of a home (its first argument) with all that names.ts and content.ts name, and prints the seconds that its search index took. */
import path from 'node:path';
import { openCache } from '../../../src-main/data/database/open.ts';
import { FormerPlaces } from '../../../src-main/data/inventory/former-places.ts';
import { schema } from '../../../src-main/data/inventory/schema.ts';
import { makeInventory } from '../../../src-main/data/inventory/tasks.ts';
import { TextIndex } from '../../../src-main/data/inventory/text-index.ts';
import { filledRepository } from './content.ts';
import { ACCOUNT, REPOSITORIES } from './names.ts';

/** Repositories written in one transaction. */
const AT_ONCE = 200;

const [home = ''] = process.argv.slice(2);
const database = await openCache(path.join(home, 'inventory.db'), schema);
database.script('PRAGMA synchronous = OFF; PRAGMA cache_size = -262144');
const { changes, rest } = makeInventory(database, new FormerPlaces(database, ''));
for (let begin = 0; begin < REPOSITORIES; begin += AT_ONCE) {
  database.transaction(() => {
    for (let number = begin; number < begin + AT_ONCE; number++) {
      const { name, tags, facts } = filledRepository(number);
      const place = { registry: ACCOUNT, repository: name, seen: 1 };
      runThrough(changes.tags({ ...place, tags }));
      runThrough(changes.manifests({ ...place, facts }));
    }
  });
}
database.run('UPDATE repositories SET scanned = 1');
const begun = performance.now();
runThrough(new TextIndex(database).fill());
const seconds = (performance.now() - begun) / 1000;
runThrough(rest());
database.close();
console.log(seconds);

function runThrough(task: Generator<void, void, void>): void {
  while (!task.next().done);
}
