import type { Database } from '../database/database.ts';
import { identityOf, openCache, setAside } from '../database/open.ts';
import type { Room } from '../database/tasks.ts';
import { type Candidates, type CandidatesAsked, candidates } from './candidates.ts';
import { Configs } from './configs.ts';
import { Days } from './days.ts';
import { FormerPlaces } from './former-places.ts';
import { Manifests } from './manifests.ts';
import { MatrixDrift } from './matrix-drift.ts';
import { Packages } from './packages.ts';
import { Places } from './places.ts';
import { purge } from './purge.ts';
import {
  type LookedAsked,
  type LookedTag,
  lookedTags,
  type UndatedAsked,
  type UndatedConfig,
  type UnreadAsked,
  undatedConfigs,
  unreadManifests,
} from './scan-questions.ts';
import { type KeptScan, Scans, type ScansAsked } from './scans.ts';
import { schema } from './schema.ts';
import { makeSettling } from './settle.ts';
import { type KnownTag, knownImages, summaries, type TagsAfter, type TagsAsked } from './summaries.ts';
import { TextIndex } from './text-index.ts';

/** Pages of 4 KiB that the write-ahead log may have before a change has to make a checkpoint; closing takes them over, too. */
const LOG_PAGES = 4_000;

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
  const identity = identityOf(files.inventory);
  // A checkpoint waits for the disk, and a key in the search for it: it is made when nothing is asked for.
  database.script(`PRAGMA wal_autocheckpoint = ${LOG_PAGES}`);
  const former = new FormerPlaces(database, files.former);
  former.begin();
  const inventory = makeInventory(database, former);
  return {
    ...inventory,
    *rest() {
      yield* former.takeOver();
      yield* inventory.rest();
      yield;
      database.script('PRAGMA wal_checkpoint(PASSIVE)');
    },
    damaged: () => setAside(files.inventory, identity),
    close() {
      former.close();
      database.close();
    },
  } satisfies Room;
}

/** The tasks on an open database. */
export function makeInventory(database: Database, former: FormerPlaces) {
  const { holdings, settling, sums, settle } = makeSettling(database);
  let isClosing = false;
  const places = new Places(database, former, settling);
  const configs = new Configs(database);
  const manifests = new Manifests(database, holdings, places, configs);
  const scans = new Scans(database);
  const drift = new MatrixDrift(database);
  const index = new TextIndex(database);
  const days = new Days(database);
  const packages = new Packages(database);
  /** With what follows from it, which can wait until the file is opened again. */
  function change<Input>(work: (input: Input) => Generator<void, void, void>) {
    return function* (input: Input): Generator<void, void, void> {
      yield* work(input);
      for (const settled = settle(); !isClosing && !settled.next().done; ) yield;
    };
  }
  /** A change that takes a slice. */
  function shortChange<Input, Output>(work: (input: Input) => Output) {
    return function* (input: Input): Generator<void, Output, void> {
      yield;
      return work(input);
    };
  }
  return {
    questions: {
      *summaries(asked: TagsAsked): Generator<void, KnownTag[], void> {
        yield* sums.settle();
        return yield* summaries(database, asked);
      },
      *knownImages(asked: TagsAfter): ReturnType<typeof knownImages> {
        yield* sums.settle();
        return yield* knownImages(database, asked);
      },
      factsKnown: manifests.factsKnown.bind(manifests),
      *lookedTags(asked: LookedAsked): Generator<void, LookedTag[], void> {
        yield* settle();
        return yield* lookedTags(database, asked);
      },
      *unreadManifests(asked: UnreadAsked): Generator<void, string[], void> {
        yield* settle();
        return yield* unreadManifests(database, asked);
      },
      *undatedConfigs(asked: UndatedAsked): Generator<void, UndatedConfig[], void> {
        yield* settle();
        return yield* undatedConfigs(database, asked);
      },
      *candidates(asked: CandidatesAsked): Generator<void, Candidates, void> {
        yield* settle();
        return yield* candidates(database, asked);
      },
      *scans(asked: ScansAsked): Generator<void, KeptScan[], void> {
        yield;
        return scans.scans(asked);
      },
      leftOfScan: scans.leftOfScan.bind(scans),
    },
    changes: {
      repositories: places.repositories.bind(places),
      tags: change(places.tags.bind(places)),
      endRepositories: change(places.endRepositories.bind(places)),
      endTags: change(places.endTags.bind(places)),
      removeTags: change(places.removeTags.bind(places)),
      forget: change(places.forget.bind(places)),
      manifests: change(manifests.manifests.bind(manifests)),
      configs: change(configs.configs.bind(configs)),
      unreadConfig: shortChange(configs.unread.bind(configs)),
      lookedInto: packages.lookedInto.bind(packages),
      listed: change(manifests.listed.bind(manifests)),
      removeManifests: change(manifests.removeManifests.bind(manifests)),
      takeScan: shortChange(scans.takeScan.bind(scans)),
      keepScan: scans.keepScan.bind(scans),
      askScan: shortChange(scans.askScan.bind(scans)),
      addToScan: scans.addToScan.bind(scans),
      scanned: scans.scanned.bind(scans),
      askedRepository: shortChange(scans.askedRepository.bind(scans)),
      removeScan: scans.removeScan.bind(scans),
      keepLook: drift.keepLook.bind(drift),
      forgetLooks: drift.forgetLooks.bind(drift),
    },
    closing: () => {
      isClosing = true;
    },
    *rest(): Generator<void, void, void> {
      yield* settle();
      yield* index.fill();
      yield* days.note(Date.now());
      yield* purge(database, settle, Date.now());
    },
  };
}
