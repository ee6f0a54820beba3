import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { algorithmOf, digestOf } from '../digest.ts';
import { isDigest, isName, isTag } from '../grammar.ts';
import { loadCatalog } from './catalog.ts';
import { ContentStore } from './content.ts';
import {
  PRIVATE_FILE,
  PRIVATE_FOLDER,
  removeIfEmpty,
  syncFolder,
  type WriteOptions,
  writeAtomically,
} from './files.ts';
import { type FolderLock, lockFolder } from './folder-lock.ts';
import { Identity } from './identity.ts';
import { recordOf } from './manifest.ts';
import { fileOfDigest, fileOfTag, Layout } from './paths.ts';
import { Repositories } from './repositories.ts';
import { type ManifestRecord, type RepositoryIndex, tagFile } from './repository-index.ts';
import type { SortedNames } from './sorted-names.ts';
import { UploadStore } from './uploads.ts';

/** One manifest and the tags that point to it, for {@link RegistryStorage.seed}. */
export interface SeedEntry {
  repository: string;
  mediaType: string;
  bytes: Uint8Array;
  tags: readonly string[];
}

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
  /** Stores many manifests and tags fast: some 4,000 repositories a second. */
  seed(entries: Iterable<SeedEntry>): Promise<void>;
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
  readonly #layout: Layout;
  readonly #repositories: Repositories;
  readonly #catalog: SortedNames;
  readonly #lock: FolderLock;
  readonly #purging: NodeJS.Timeout;

  private constructor(layout: Layout, identity: Identity, catalog: SortedNames, lock: FolderLock) {
    this.folder = layout.folder;
    this.identity = identity;
    this.content = new ContentStore(layout);
    this.uploads = new UploadStore(layout);
    this.#layout = layout;
    this.#repositories = new Repositories(layout);
    this.#catalog = catalog;
    this.#lock = lock;
    this.#purging = setInterval(() => {
      // What fails now is tried again the next time.
      this.uploads.removeExpired(Date.now()).catch(() => undefined);
    }, PURGE_EVERY_MS).unref();
  }

  /** Makes the folder if need be, clears what was left half-written and reads the catalog. */
  static async open(folder: string): Promise<DiskStorage> {
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
      const storage = new DiskStorage(layout, identity, await loadCatalog(layout.repositories), lock);
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

  async close(): Promise<void> {
    clearInterval(this.#purging);
    await this.#lock.release();
  }

  async putBlob(repository: string, bytes: Uint8Array): Promise<string> {
    mustBe(isName(repository), 'repository name', repository);
    const digest = digestOf(bytes);
    await this.content.put(digest, bytes, SEEDED);
    await this.#repositories.change(repository, (index) => this.#link(repository, index, digest, SEEDED));
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
    await this.#repositories.change(repository, (index) =>
      this.#write(repository, index, { digest, bytes, record, tags }, SEEDED),
    );
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
      inParallel.push(this.#seedOne(entry, digest));
      if (inParallel.length >= SEEDS_AT_ONCE) await Promise.all(inParallel.splice(0));
    }
    await Promise.all(inParallel);
    this.#catalog.addAll(names);
  }

  /** Gives a repository a blob whose content is stored already. */
  linkBlob(repository: string, digest: string): Promise<void> {
    return this.#repositories.change(repository, (index) => this.#link(repository, index, digest, PUSHED));
  }

  /** Takes the blob from this repository; others keep it. False: it was not there. */
  unlinkBlob(repository: string, digest: string): Promise<boolean> {
    return this.#repositories.change(repository, async (index) => {
      if (!index.layers.has(digest)) return false;
      await this.#remove(join(this.#layout.layers(repository), fileOfDigest(digest)));
      index.layers.delete(digest);
      return true;
    });
  }

  /**
   * Stores a manifest and its tag, the tag last.
   *
   * @param check runs while nothing else changes the repository; what it throws stops the push
   */
  pushManifest(
    repository: string,
    manifest: { digest: string; bytes: Uint8Array; record: ManifestRecord; tags: readonly string[] },
    check: (index: RepositoryIndex) => void,
  ): Promise<void> {
    return this.#repositories.change(repository, async (index) => {
      check(index);
      await this.#write(repository, index, manifest, PUSHED);
    });
  }

  /** Removes a manifest and every tag on it, the tags first. False: it was not there. */
  deleteManifest(repository: string, digest: string): Promise<boolean> {
    return this.#repositories.change(repository, async (index) => {
      if (!index.manifests.has(digest)) return false;
      for (const tag of index.tagsOn(digest)) await this.#deleteTag(repository, index, tag);
      const folder = this.#layout.manifests(repository);
      await this.#remove(join(folder, fileOfDigest(digest)));
      index.deleteManifest(digest);
      if (index.manifests.size === 0) {
        await removeIfEmpty(folder);
        this.#catalog.delete(repository);
      }
      return true;
    });
  }

  /** Removes one tag and nothing else. False: it was not there. */
  deleteTag(repository: string, tag: string): Promise<boolean> {
    return this.#repositories.change(repository, async (index) => {
      if (!index.tags.has(tag)) return false;
      await this.#deleteTag(repository, index, tag);
      return true;
    });
  }

  async #deleteTag(repository: string, index: RepositoryIndex, tag: string): Promise<void> {
    await this.#remove(join(this.#layout.tags(repository), fileOfTag(tag)));
    index.deleteTag(tag);
  }

  async #remove(path: string): Promise<void> {
    await rm(path, { force: true });
    await syncFolder(dirname(path));
  }

  async #link(
    repository: string,
    index: RepositoryIndex,
    digest: string,
    options: WriteOptions,
  ): Promise<void> {
    if (index.layers.has(digest)) return;
    await this.#save(join(this.#layout.layers(repository), fileOfDigest(digest)), '', options);
    index.layers.add(digest);
  }

  async #write(
    repository: string,
    index: RepositoryIndex,
    { digest, bytes, record, tags }: Parameters<DiskStorage['pushManifest']>[1],
    options: WriteOptions,
  ): Promise<void> {
    await this.content.put(digest, bytes, options);
    const file = join(this.#layout.manifests(repository), fileOfDigest(digest));
    await this.#save(file, JSON.stringify(record), options);
    index.setManifest(digest, record);
    this.#catalog.add(repository);
    for (const tag of tags) {
      await this.#save(join(this.#layout.tags(repository), fileOfTag(tag)), tagFile(tag, digest), options);
      index.setTag(tag, digest);
    }
  }

  async #save(path: string, text: string, options: WriteOptions): Promise<void> {
    await writeAtomically(this.#layout.temporary, path, text, options);
  }

  /** Writes files in place, without an index: the repository is read again when it is next asked for. */
  async #seedOne({ repository, mediaType, bytes, tags }: SeedEntry, digest: string): Promise<void> {
    await this.#repositories.rewrite(repository, async () => {
      const manifests = this.#layout.manifests(repository);
      await mkdir(manifests, { recursive: true });
      await writeFile(
        join(manifests, fileOfDigest(digest)),
        JSON.stringify(recordOf(bytes, mediaType)),
        PRIVATE_FILE,
      );
      const folder = this.#layout.tags(repository);
      if (tags.length > 0) await mkdir(folder, { recursive: true });
      for (let at = 0; at < tags.length; at += SEEDS_AT_ONCE) {
        const some = tags.slice(at, at + SEEDS_AT_ONCE);
        await Promise.all(
          some.map((tag) => writeFile(join(folder, fileOfTag(tag)), tagFile(tag, digest), PRIVATE_FILE)),
        );
      }
    });
  }
}

/** Seeding is done by code: a bad name is its mistake. */
function mustBe(good: boolean, what: string, text: string): void {
  if (!good) throw new TypeError(`not a ${what}: ${text.slice(0, 300)}`);
}
