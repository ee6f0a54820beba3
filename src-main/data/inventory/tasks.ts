import type { FoundPlaces } from '../../common/registry.ts';
import { openCache } from '../database/open.ts';
import type { Room } from '../database/tasks.ts';
import { FormerPlaces } from './former-places.ts';
import { Places } from './places.ts';
import { schema } from './schema.ts';
import { search } from './search.ts';
import { TextIndex } from './text-index.ts';

/** Files that the thread opens. */
export interface InventoryFiles {
  inventory: string;
  /** What earlier versions kept places in. */
  former: string;
}

export type InventoryTasks = Awaited<ReturnType<typeof openInventory>>['questions'] &
  Awaited<ReturnType<typeof openInventory>>['changes'];

/** What is known of registries without asking them, and can be had again; each method of `changes` and `questions` is a task. */
export async function openInventory(files: InventoryFiles) {
  const database = await openCache(files.inventory, schema);
  const former = new FormerPlaces(database, files.former);
  former.begin();
  const places = new Places(database, former);
  const index = new TextIndex(database);
  return {
    questions: {
      *search(question: { text: string; limit: number }): Generator<void, FoundPlaces, void> {
        const found = yield* search(database, index, question);
        return { ...found, waiting: found.waiting + former.waiting() };
      },
    },
    changes: {
      repositories: places.repositories.bind(places),
      tags: places.tags.bind(places),
      endRepositories: places.endRepositories.bind(places),
      endTags: places.endTags.bind(places),
      removeTags: places.removeTags.bind(places),
      forget: places.forget.bind(places),
    },
    *rest() {
      yield* former.takeOver();
      yield* index.fill();
    },
    close() {
      former.close();
      database.close();
    },
  } satisfies Room;
}
