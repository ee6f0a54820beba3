import type { ManifestFacts } from '../../common/facts.ts';
import type { FoundPlaces } from '../../common/registry.ts';
import type { Database } from '../database/database.ts';
import { identityOf, openCache, setAside } from '../database/open.ts';
import type { Room } from '../database/tasks.ts';
import { facts } from './facts.ts';
import { FormerPlaces } from './former-places.ts';
import { type FoundDigest, foundDigests } from './found-places.ts';
import {
  countedRepositories,
  type KnownNames,
  knownRepositories,
  knownTags,
  type RepositoriesAsked,
  type TagNamesAsked,
} from './known-names.ts';
import {
  type PackageCountsAsked,
  type PackagesAsked,
  type PackagesFound,
  packageCounts,
  packageVersions,
} from './packages.ts';
import { schema } from './schema.ts';
import { search } from './search.ts';
import type { InventoryFiles } from './tasks.ts';
import { TextIndex } from './text-index.ts';

export type ReadingTasks = ReturnType<typeof makeReading>;

/** What keys and first pages wait for, on a connection of its own that writes nothing: it waits for no change, whoever makes it. */
export async function openReading(files: InventoryFiles) {
  const database = await openCache(files.inventory, schema);
  const identity = identityOf(files.inventory);
  // Whichever thread is first: what earlier versions kept is there from the first answer on.
  const former = new FormerPlaces(database, files.former);
  former.begin();
  former.close();
  return {
    questions: makeReading(database),
    changes: {},
    *rest() {},
    damaged: () => setAside(files.inventory, identity),
    close: () => database.close(),
  } satisfies Room;
}

/** The questions on an open database. */
function makeReading(database: Database) {
  const index = new TextIndex(database);
  function short<Input, Output>(ask: (on: Database, input: Input) => Output) {
    return function* (input: Input): Generator<void, Output, void> {
      yield;
      return ask(database, input);
    };
  }
  return {
    *search(asked: { text: string; limit: number; origins?: boolean }): Generator<void, FoundPlaces, void> {
      return yield* search(database, index, asked);
    },
    *facts(digests: readonly string[]): Generator<void, ManifestFacts[], void> {
      return yield* facts(database, digests);
    },
    *foundDigests(beginning: string): Generator<void, FoundDigest[], void> {
      return yield* foundDigests(database, beginning);
    },
    *packageVersions(asked: PackagesAsked): Generator<void, PackagesFound, void> {
      return yield* packageVersions(database, asked);
    },
    packageCounts: short<PackageCountsAsked, number[]>(packageCounts),
    knownRepositories: short<RepositoriesAsked, KnownNames>(knownRepositories),
    countedRepositories: short<string, { count: number; seen: number } | undefined>(countedRepositories),
    knownTags: short<TagNamesAsked, KnownNames>(knownTags),
  };
}
