/** Fills the inventory of a home (its first argument) with all that names.ts and content.ts name, and prints the seconds that its search index took. */
import path from 'node:path';
import { type Filled, filledRepository } from './content.ts';
import { fillFile } from './fill-file.ts';
import { ACCOUNT, REPOSITORIES } from './names.ts';

const [home = ''] = process.argv.slice(2);
console.log(await fillFile(path.join(home, 'inventory.db'), ACCOUNT, all()));

function* all(): Generator<Filled, void, void> {
  for (let number = 0; number < REPOSITORIES; number++) yield filledRepository(number);
}
