import { chmod, mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { algorithmOf, digestOf } from '../digest.ts';
import { isDigest, isName, isTag } from '../grammar.ts';
import { loadCatalog } from './catalog.ts';
import { Collector } from './collection/collector.ts';
import { ContentStore } from './content.ts';
import { PRIVATE_FOLDER, type WriteOptions } from './files.ts';
import { type FolderLock, lockFolder } from './folder-lock.ts';
import { Identity } from './identity.ts';
import { recordOf } from './manifest.ts';
import { namedBy } from './named.ts';
import { Layout } from './paths.ts';
import { Repositories } from './repositories.ts';
import { RepositoryFiles } from './repository-files.ts';
import type { ManifestRecord, RepositoryIndex } from './repository-index.ts';
import { type SeedEntry, writeSeed } from './seed.ts';
import type { SortedNames } from './sorted-names.ts';
import { UploadStore } from './uploads.ts';

/**
 * Puts content straight on the folder, as tests, samples and benchmarks need it: no HTTP, no verification. Names are
 * still checked (a TypeError). What is put is not synced to the disk: it can be made again.
 */
export interface RegistryStorage {
  readonly folder: string;
  /** @returns the blob's sha256 digest. */
  putBlob(repository: string, bytes: Uint8Array): Promise<string>;
  /**
   * Stores the bytes as they are, whatever they say: unknown media types and missing children are allowed.
   *
   * @param reference a tag, or the digest of the bytes
   * @returns the manifest's digest.
   */
  putManifest(repository: string, reference: string, mediaType: string, bytes: Uint8Array): Promise<string>;
  /** Stores many manifests and tags fast: some 4,000 repositories a second. Not while a collection runs. */
  seed(entries: Iterable<SeedEntry>): Promise<void>;
}

export interface PushedManifest {
  digest: string;
  bytes: Uint8Array;
  record: ManifestRecord;
  tags: readonly string[];
}

const SEEDED: WriteOptions = { durable: false };
const PUSHED: WriteOptions = { durable: true };

/** Milliseconds between two looks for upload sessions that were given up. */
const PURGE_EVERY_MS = 60 * 60 * 1000;

/** Repositories and tags written at once while seeding: the file system is the limit then. */
const SEEDS_AT_ONCE = 64;

/**
 * The registry's folder. Everything is written to the folder first and then shown, so an error (a full disk) leaves
 * what was there.
 */
export class DiskStorage implements RegistryStorage {
  readonly folder: string;
  readonly identity: Identity;
  readonly content: ContentStore;
  readonly uploads: UploadStore;
  readonly collector: Collector;
  readonly #layout: Layout;
  readonly #repositories: Repositories;
  readonly #files: RepositoryFiles;
  readonly #catalog: SortedNames;
  readonly #lock: FolderLock;
  readonly #purging: NodeJS.Timeout;

  private constructor(
    layout: Layout,
    identity: Identity,
    catalog: SortedNames,
    lock: FolderLock,
    settlesMs: number | undefined,
  ) {
    this.folder = layout.folder;
    this.identity = identity;
    this.content = new ContentStore(layout);
    this.uploads = new UploadStore(layout);
    this.#layout = layout;
    this.#repositories = new Repositories(layout);
    this.#files = new RepositoryFiles(layout, catalog, settlesMs);
    this.#catalog = catalog;
    this.#lock = lock;
    this.collector = new Collector({
      layout,
      content: this.content,
      uploads: this.uploads,
      repositories: this.#repositories,
      files: this.#files,
    });
    lock.offer(this.collector);
    this.#purging = setInterval(() => {
      this.#files.blobLeases.prune(Date.now());
      this.#files.manifestLeases.prune(Date.now());
      // What fails now is tried again the next time.
      this.uploads.removeExpired(Date.now()).catch(() => undefined);
    }, PURGE_EVERY_MS).unref();
  }

  /**
   * Makes the folder if need be, clears what was left half-written and reads the catalog.
   *
   * @param settlesMs see {@link LocalRegistryOptions}
   */
  static async open(folder: string, settlesMs?: number): Promise<DiskStorage> {
    const layout = new Layout(resolve(folder));
    await mkdir(layout.folder, { recursive: true });
    await chmod(layout.folder, PRIVATE_FOLDER);
    const identity = await Identity.open(layout.folder);
    const lock = await lockFolder(layout.folder, identity);
    try {
      await rm(layout.temporary, { recursive: true, force: true });
      for (const path of [layout.temporary, layout.uploads, layout.repositories]) {
        await mkdir(path, { recursive: true });
      }
      const catalog = await loadCatalog(layout.repositories);
      const storage = new DiskStorage(layout, identity, catalog, lock, settlesMs);
      await storage.uploads.removeExpired(Date.now());
      return storage;
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /** The repositories that hold a manifest. */
  get catalog(): SortedNames {
    return this.#catalog;
  }

  repository(name: string): Promise<RepositoryIndex> {
    return this.#repositories.get(name);
  }

  /** Stops a collection that runs, and frees the folder. */
  async close(): Promise<void> {
    clearInterval(this.#purging);
    await this.collector.close();
    await this.#lock.release();
  }

  async putBlob(repository: string, bytes: Uint8Array): Promise<string> {
    mustBe(isName(repository), 'repository name', repository);
    const digest = digestOf(bytes);
    await this.content.holding(digest, async () => {
      await this.content.put(digest, bytes, SEEDED);
      await this.#link(repository, digest, SEEDED);
    });
    return digest;
  }

  async putManifest(
    repository: string,
    reference: string,
    mediaType: string,
    bytes: Uint8Array,
  ): Promise<string> {
    mustBe(isName(repository), 'repository name', repository);
    mustBe(isTag(reference) || isDigest(reference), 'tag or digest', reference);
    const digest = digestOf(bytes, algorithmOf(reference));
    mustBe(isTag(reference) || reference === digest, 'digest of the bytes', reference);
    const record = recordOf(bytes, mediaType);
    const tags = isTag(reference) ? [reference] : [];
    await this.#write(repository, { digest, bytes, record, tags }, SEEDED);
    return digest;
  }

  async seed(entries: Iterable<SeedEntry>): Promise<void> {
    const contents = new Set<string>();
    const names = new Set<string>();
    const inParallel: Promise<void>[] = [];
    for (const entry of entries) {
      mustBe(isName(entry.repository), 'repository name', entry.repository);
      for (const tag of entry.tags) mustBe(isTag(tag), 'tag', tag);
      const digest = digestOf(entry.bytes);
      if (!contents.has(digest)) await this.content.put(digest, entry.bytes, SEEDED);
      contents.add(digest);
      names.add(entry.repository);
      const { repository } = entry;
      inParallel.push(
        this.#repositories.rewrite(repository, () => writeSeed(this.#layout, entry, digest, SEEDS_AT_ONCE)),
      );
      if (inParallel.length >= SEEDS_AT_ONCE) await Promise.all(inParallel.splice(0));
    }
    await Promise.all(inParallel);
    this.#catalog.addAll(names);
  }

  /** Gives a repository a blob whose file was uploaded and verified. */
  takeUpload(repository: string, digest: string, file: string, size: number): Promise<void> {
    return this.content.holding(digest, async () => {
      await this.content.adopt(digest, file, size);
      await this.#link(repository, digest, PUSHED);
    });
  }

  /** Gives a repository a blob that is stored: in `from`, or without that anywhere. False: it is not there. */
  mountBlob(repository: string, digest: string, from: string | undefined): Promise<boolean> {
    return this.content.holding(digest, async () => {
      if (from !== undefined && !(await this.repository(from)).layers.has(digest)) return false;
      if ((await this.content.size(digest)) === undefined) return false;
      await this.#link(repository, digest, PUSHED);
      return true;
    });
  }

  /** Takes the blob from this repository; others keep it. False: it was not there. */
  unlinkBlob(repository: string, digest: string): Promise<boolean> {
    return this.#repositories.change(repository, async (index) => {
      if (!index.layers.has(digest)) return false;
      await this.#files.removeLinks(repository, index, [digest]);
      return true;
    });
  }

  /** Somebody who may push was told that the blob is there. See {@link Leases.take}. */
  leaseBlob(repository: string, digest: string): Promise<void> {
    return this.#files.blobLeases.take(repository, digest, this.#files.layerFile(repository, digest));
  }

  leaseManifest(repository: string, digest: string): Promise<void> {
    return this.#files.manifestLeases.take(repository, digest, this.#files.manifestFile(repository, digest));
  }

  /**
   * Stores a manifest and its tag, the tag last.
   *
   * @param check runs while nothing else changes the repository; what it throws stops the push
   */
  pushManifest(
    repository: string,
    manifest: PushedManifest,
    check: (index: RepositoryIndex) => void,
  ): Promise<void> {
    return this.#write(repository, manifest, PUSHED, check);
  }

  /** Removes a manifest and every tag on it, the tags first. False: it was not there. */
  deleteManifest(repository: string, digest: string): Promise<boolean> {
    return this.#repositories.change(repository, async (index) => {
      if (!index.manifests.has(digest)) return false;
      for (const tag of index.tagsOn(digest)) await this.#files.removeTag(repository, index, tag);
      await this.#files.removeManifests(repository, index, [digest]);
      return true;
    });
  }

  /** Removes one tag and nothing else. False: it was not there. */
  deleteTag(repository: string, tag: string): Promise<boolean> {
    return this.#repositories.change(repository, async (index) => {
      if (!index.tags.has(tag)) return false;
      await this.#files.removeTag(repository, index, tag);
      return true;
    });
  }

  #link(repository: string, digest: string, options: WriteOptions): Promise<void> {
    return this.#repositories.change(repository, (index) =>
      this.#files.link(repository, index, digest, options),
    );
  }

  #write(
    repository: string,
    { bytes, ...manifest }: PushedManifest,
    options: WriteOptions,
    check: (index: RepositoryIndex) => void = () => undefined,
  ): Promise<void> {
    const { digest, record } = manifest;
    const names = namedBy(bytes, record.mediaType) ?? [];
    for (const name of names) {
      this.#files.blobLeases.renew(repository, name);
      this.#files.manifestLeases.renew(repository, name);
    }
    return this.content.holding(digest, () =>
      this.#repositories.change(repository, async (index) => {
        check(index);
        await this.content.put(digest, bytes, options);
        await this.#files.write(repository, index, { ...manifest, names }, options);
      }),
    );
  }
}

/** Seeding is done by code: a bad name is its mistake. */
function mustBe(good: boolean, what: string, text: string): void {
  if (!good) throw new TypeError(`not a ${what}: ${text.slice(0, 300)}`);
}
