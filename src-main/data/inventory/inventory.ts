import { Worker } from 'node:worker_threads';
import type { ManifestFacts } from '../../common/facts.ts';
import type { FoundPlaces } from '../../common/registry.ts';
import type { InputOf, OutputOf } from '../database/tasks.ts';
import { ThreadClient } from '../database/thread-client.ts';
import { DataError } from '../errors.ts';
import type { Candidates } from './candidates.ts';
import type { ChartTasks } from './charts.ts';
import type { ConfigFacts, UnreadConfig } from './configs.ts';
import type { FoundDigest } from './found-places.ts';
import type { KnownNames } from './known-names.ts';
import type { DatedManifest, ListedManifest } from './manifests.ts';
import type { LookFound, LookKept } from './matrix-drift.ts';
import type { LookedInto, PackageCountsAsked, PackagesAsked, PackagesFound } from './packages.ts';
import type { ReadingTasks } from './reading.ts';
import type { LookedTag, UndatedConfig } from './scan-questions.ts';
import type { AskedRepository, KeptScan, ScanStop, ScansAsked } from './scans.ts';
import type { KnownTag } from './summaries.ts';
import type { InventoryFiles, InventoryTasks } from './tasks.ts';
import type { InventoryThread } from './worker.ts';

/** What a slice leaves behind is little, and what is young longer is never given back: V8 would take some 50 MB for it in each thread. */
const LIMITS = { maxYoungGenerationSizeMb: 8 };
/** Milliseconds: a window has been shown by then. */
const PREPARE_AFTER = 3_000;

/**
 * What is known of registries without asking them: repositories, tags, facts of manifests, and what follows from these. A registry goes by the id of its account
 * or, where it has none, by its origin. Changes are made in the order in which they are asked for, and questions know all those that have ended. What is known is a
 * help and can be had again: where it cannot be written (a full disk), no change fails.
 */
export class Inventory {
  readonly #thread: ThreadClient<InventoryTasks>;
  /** Of its own: a key and a first page wait for nothing that is written. */
  readonly #reading: ThreadClient<ReadingTasks>;
  /** Of its own: such a question takes longer than a key or a page waits. */
  readonly #charts: ThreadClient<ChartTasks>;
  #preparing: NodeJS.Timeout | undefined;

  constructor(files: InventoryFiles) {
    const start = (part: InventoryThread['part']) =>
      new Worker(new URL('./worker.ts', import.meta.url), {
        workerData: { files, part },
        resourceLimits: LIMITS,
      });
    this.#thread = new ThreadClient(() => start('inventory'));
    this.#reading = new ThreadClient(() => start('reading'));
    this.#charts = new ThreadClient(() => start('charts'));
  }

  /** Goes on, some seconds later, with what earlier versions and interruptions left, and is ready for the first key, so that nothing waits for it. */
  prepare(): void {
    this.#preparing = setTimeout(() => {
      this.#thread.open();
      this.#reading.open();
    }, PREPARE_AFTER).unref();
  }

  /** @param seen stamp of the listing they are in: Unix milliseconds */
  repositories(registry: string, names: readonly string[], seen: number): Promise<void> {
    return helping(this.#thread.run('repositories', { registry, names, seen }));
  }

  /** Digests that are known stay known where none is given. */
  tags(
    registry: string,
    repository: string,
    tags: readonly { name: string; digest?: string }[],
    seen: number,
  ): Promise<void> {
    return helping(this.#thread.run('tags', { registry, repository, tags, seen }));
  }

  /** After a whole listing: what was not in it is gone. */
  endRepositories(registry: string, seen: number): Promise<void> {
    return helping(this.#thread.run('endRepositories', { registry, seen }));
  }

  endTags(registry: string, repository: string, seen: number): Promise<void> {
    return helping(this.#thread.run('endTags', { registry, repository, seen }));
  }

  removeTags(registry: string, repository: string, names: readonly string[]): Promise<void> {
    return helping(this.#thread.run('removeTags', { registry, repository, names }));
  }

  forget(registry: string): Promise<void> {
    return helping(this.#thread.run('forget', registry));
  }

  /** Manifests that were read in the repository. */
  manifests(
    registry: string,
    repository: string,
    facts: readonly ManifestFacts[],
    seen: number,
  ): Promise<void> {
    return helping(this.#thread.run('manifests', { registry, repository, facts, seen }));
  }

  /** Manifests as a product lists them in the repository: their sizes count as estimates until they are read. */
  listed(
    registry: string,
    repository: string,
    artifacts: readonly (ListedManifest | DatedManifest)[],
    seen: number,
  ): Promise<void> {
    return helping(this.#thread.run('listed', { registry, repository, artifacts, seen }));
  }

  /** Configs of images that were read, wherever. */
  configs(configs: readonly ConfigFacts[]): Promise<void> {
    return helping(this.#thread.run('configs', configs));
  }

  /** A config that was asked for could not be read. */
  unreadConfig(config: UnreadConfig): Promise<void> {
    return helping(this.#thread.run('unreadConfig', config));
  }

  /** An image was looked into for packages. */
  lookedInto(image: LookedInto): Promise<void> {
    return helping(this.#thread.run('lookedInto', image));
  }

  /** Manifests that were deleted from the repository, or asked for and not found. */
  removeManifests(registry: string, repository: string, digests: readonly string[]): Promise<void> {
    return helping(this.#thread.run('removeManifests', { registry, repository, digests }));
  }

  /** Those of the digests whose facts need not be read again. @throws DataError */
  factsKnown(digests: readonly string[], signal?: AbortSignal): Promise<string[]> {
    return this.#thread.run('factsKnown', digests, { signal });
  }

  /** Facts of those of the manifests that were read, if they have 500 parts at most. A size is the most that was said of it. @throws DataError */
  facts(digests: readonly string[], signal?: AbortSignal): Promise<ManifestFacts[]> {
    return this.#reading.run('facts', digests, { signal });
  }

  /** What is known of tags; those of which it is nothing are left out. @throws DataError */
  summaries(
    registry: string,
    repository: string,
    names: readonly string[],
    signal?: AbortSignal,
  ): Promise<KnownTag[]> {
    return this.#thread.run('summaries', { registry, repository, names }, { signal });
  }

  /** What is known of the next tags by name, by image, and the name that more come after; without one there are none. @throws DataError */
  knownImages(
    registry: string,
    repository: string,
    after?: string,
  ): Promise<OutputOf<InventoryTasks['knownImages']>> {
    const from = after === undefined ? {} : { after };
    return this.#thread.run('knownImages', { registry, repository, ...from });
  }

  /** Repositories that were listed, by name, after this one; none: those were all. @throws DataError */
  knownRepositories(registry: string, after?: string): Promise<KnownNames> {
    return this.#reading.run('knownRepositories', { registry, ...(after === undefined ? {} : { after }) });
  }

  /** How many a registry has, and when it listed them all; undefined where it never did. @throws DataError */
  countedRepositories(registry: string): Promise<{ count: number; seen: number } | undefined> {
    return this.#reading.run('countedRepositories', registry);
  }

  /** Tags of a repository that were listed, by name, after this one. @throws DataError */
  knownTags(registry: string, repository: string, after?: string): Promise<KnownNames> {
    const from = after === undefined ? {} : { after };
    return this.#reading.run('knownTags', { registry, repository, ...from });
  }

  /** Those of the tags whose digest is known, with when it was looked at. @throws DataError */
  lookedTags(registry: string, repository: string, names: readonly string[]): Promise<LookedTag[]> {
    return this.#thread.run('lookedTags', { registry, repository, names });
  }

  /** Manifests that tags and indexes of the repository name, and of which no facts are known. @throws DataError */
  unreadManifests(registry: string, repository: string): Promise<string[]> {
    return this.#thread.run('unreadManifests', { registry, repository });
  }

  /** What a cleanup may take of a repository, with what rules ask of it. @throws DataError, or the signal's reason */
  candidates(registry: string, repository: string, signal?: AbortSignal): Promise<Candidates> {
    return this.#thread.run('candidates', { registry, repository }, { signal });
  }

  /**
   * Configs that say when images of the repository were made and for what, and were not read.
   *
   * @param since Unix milliseconds: those that could not be read since then say why
   * @throws DataError
   */
  undatedConfigs(registry: string, repository: string, since: number): Promise<UndatedConfig[]> {
    return this.#thread.run('undatedConfigs', { registry, repository, since });
  }

  /**
   * Begins a scan, or takes one over, unless another process works on one of the registry.
   *
   * @param gone marks of processes that have ended
   * @returns the mark of the process that works on one; undefined where it was taken
   * @throws DataError
   */
  takeScan(scan: KeptScan & { owner: string }, gone: readonly string[]): Promise<string | undefined> {
    return this.#thread.run('takeScan', { ...scan, gone });
  }

  /** Stores how far a scan is, so that it goes on after any interruption. @returns what another process asks for @throws DataError */
  keepScan(scan: KeptScan): Promise<ScanStop | undefined> {
    return this.#thread.run('keepScan', scan);
  }

  /** Asks the process that works on a scan. @returns whether one does @throws DataError */
  askScan(id: string, stop: ScanStop): Promise<boolean> {
    return this.#thread.run('askScan', { id, stop });
  }

  /** Repositories that a scan is still to look at. @throws DataError */
  addToScan(id: string, repositories: readonly string[]): Promise<void> {
    return this.#thread.run('addToScan', { id, repositories });
  }

  /**
   * A scan has looked at a repository.
   *
   * @param scanned Unix milliseconds when that began; absent where it is not known whole
   * @throws DataError
   */
  scanned(id: string, registry: string, repository: string, scanned?: number): Promise<void> {
    const at = scanned === undefined ? {} : { scanned };
    return this.#thread.run('scanned', { id, registry, repository, ...at });
  }

  /** A registry that gives no list was asked for a repository by name, and showed no tags of it. @throws DataError */
  askedRepository(asked: AskedRepository): Promise<void> {
    return this.#thread.run('askedRepository', asked);
  }

  /** The next repositories by name that a scan is to look at. @throws DataError */
  leftOfScan(id: string, after: string | undefined, limit: number): Promise<string[]> {
    return this.#thread.run('leftOfScan', { id, limit, ...(after === undefined ? {} : { after }) });
  }

  /** Scans of a registry or of all; with `open` those that are to be continued. @throws DataError */
  scans(which: ScansAsked): Promise<KeptScan[]> {
    return this.#thread.run('scans', which);
  }

  removeScan(id: string): Promise<void> {
    return helping(this.#thread.run('removeScan', id));
  }

  /** Keeps how a saved comparison is by what is known. @returns how it has changed since it was kept last @throws DataError */
  keepLook(look: LookKept): Promise<LookFound> {
    return this.#thread.run('keepLook', look);
  }

  forgetLooks(id: string): Promise<void> {
    return helping(this.#thread.run('forgetLooks', id));
  }

  /**
   * @param origins also in registries without an account, which go by their origin
   * @throws DataError, or the signal's reason
   */
  search(text: string, limit: number, signal?: AbortSignal, origins = false): Promise<FoundPlaces> {
    // There, what was listed goes on entering the index.
    this.#thread.open();
    return this.#reading.run('search', { text, limit, origins }, { signal });
  }

  /** What is known by digests that begin so, with six digits at least. @throws DataError, or the signal's reason */
  foundDigests(beginning: string, signal?: AbortSignal): Promise<FoundDigest[]> {
    return this.#reading.run('foundDigests', beginning, { signal });
  }

  /** Packages of images that were looked into, in all their versions. @throws DataError, or the signal's reason */
  packageVersions(asked: PackagesAsked, signal?: AbortSignal): Promise<PackagesFound> {
    return this.#reading.run('packageVersions', asked, { signal });
  }

  /** How many images have each of these, as far as they are counted. @throws DataError, or the signal's reason */
  packageCounts(asked: PackageCountsAsked, signal?: AbortSignal): Promise<number[]> {
    return this.#reading.run('packageCounts', asked, { signal });
  }

  /** What repositories hold, as of all changes that have ended. @throws DataError, or the signal's reason */
  ask<Question extends keyof ChartTasks>(
    question: Question,
    input: InputOf<ChartTasks[Question]>,
    signal?: AbortSignal,
  ): Promise<OutputOf<ChartTasks[Question]>> {
    return this.#charts.run(question, input, { signal });
  }

  /** Ends the changes that were asked for. */
  async close(): Promise<void> {
    clearTimeout(this.#preparing);
    await Promise.all([this.#thread.close(), this.#reading.close(), this.#charts.close()]);
  }
}

async function helping(change: Promise<void>): Promise<void> {
  try {
    await change;
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
  }
}
