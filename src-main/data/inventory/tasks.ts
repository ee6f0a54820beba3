import type { FoundPlaces } from '../../common/registry.ts';
import type { Database } from '../database/database.ts';
import { openCache } from '../database/open.ts';
import type { Room } from '../database/tasks.ts';
import { FormerPlaces } from './former-places.ts';
import { Holdings } from './holdings.ts';
import { Manifests } from './manifests.ts';
import { Places } from './places.ts';
import { Scans } from './scans.ts';
import { schema } from './schema.ts';
import { search } from './search.ts';
import { Settling } from './settling.ts';
import { summaries } from './summaries.ts';
import { Sums } from './sums.ts';
import { TextIndex } from './text-index.ts';
import { known, namespaces, repositories, type Scope, summary } from './totals.ts';

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
  const inventory = makeInventory(database, former);
  return {
    ...inventory,
    *rest() {
      yield* former.takeOver();
      yield* inventory.rest();
    },
    close() {
      former.close();
      database.close();
    },
  } satisfies Room;
}

/** The tasks on an open database. */
export function makeInventory(database: Database, former: FormerPlaces) {
  const holdings = new Holdings(database);
  const settling = new Settling(database, holdings);
  const sums = new Sums(database);
  const places = new Places(database, former, settling);
  const manifests = new Manifests(database, holdings, places);
  const scans = new Scans(database);
  const index = new TextIndex(database);
  function* settle(): Generator<void, void, void> {
    yield* sums.settle();
    yield* settling.settle();
  }
  /** With what follows from it. */
  function change<Input>(work: (input: Input) => Generator<void, void, void>) {
    return function* (input: Input): Generator<void, void, void> {
      yield* work(input);
      yield* settle();
    };
  }
  /** Of what is settled. */
  function question<Input, Output>(ask: (on: Database, input: Input) => Generator<void, Output, void>) {
    return function* (input: Input): Generator<void, Output, void> {
      yield* settle();
      return yield* ask(database, input);
    };
  }
  /** The same of one that takes a slice. */
  function shortQuestion<Input, Output>(ask: (input: Input) => Output) {
    return function* (input: Input): Generator<void, Output, void> {
      yield* settle();
      return ask(input);
    };
  }
  return {
    questions: {
      *search(asked: { text: string; limit: number }): Generator<void, FoundPlaces, void> {
        const found = yield* search(database, index, asked);
        return { ...found, waiting: found.waiting + former.waiting() };
      },
      summaries: question(summaries),
      factsKnown: manifests.factsKnown.bind(manifests),
      scans: shortQuestion(scans.scans.bind(scans)),
      leftOfScan: shortQuestion(scans.leftOfScan.bind(scans)),
      summary: question(summary),
      known: shortQuestion((scope: Scope) => known(database, scope)),
      repositoryTotals: question(repositories),
      namespaces: question(namespaces),
    },
    changes: {
      repositories: places.repositories.bind(places),
      tags: change(places.tags.bind(places)),
      endRepositories: change(places.endRepositories.bind(places)),
      endTags: change(places.endTags.bind(places)),
      removeTags: change(places.removeTags.bind(places)),
      forget: change(places.forget.bind(places)),
      manifests: change(manifests.manifests.bind(manifests)),
      listed: change(manifests.listed.bind(manifests)),
      removeManifests: change(manifests.removeManifests.bind(manifests)),
      keepScan: scans.keepScan.bind(scans),
      addToScan: scans.addToScan.bind(scans),
      scanned: scans.scanned.bind(scans),
      removeScan: scans.removeScan.bind(scans),
    },
    *rest(): Generator<void, void, void> {
      yield* settle();
      yield* index.fill();
    },
  };
}
