import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { removeIfEmpty, syncFolder, type WriteOptions, writeAtomically } from './files.ts';
import { Leases } from './leases.ts';
import { fileOfDigest, fileOfTag, type Layout } from './paths.ts';
import { type ManifestRecord, type RepositoryIndex, tagFile } from './repository-index.ts';
import type { SortedNames } from './sorted-names.ts';

export interface StoredManifest {
  digest: string;
  record: ManifestRecord;
  tags: readonly string[];
  /** The digests it names. */
  names: readonly string[];
}

/** Files removed at once; more does not help four file threads. */
const REMOVED_AT_ONCE = 16;

/**
 * The files of repositories, changed together with their indexes: the folder first, so that an error (a full disk) leaves what was
 * there. The caller is the repository's only writer, and holds the digest of content that it gives to the repository.
 */
export class RepositoryFiles {
  readonly blobLeases: Leases;
  readonly manifestLeases: Leases;
  readonly #layout: Layout;
  readonly #catalog: SortedNames;
  readonly #linked = new Set<Set<string>>();

  constructor(layout: Layout, catalog: SortedNames, settlesMs?: number) {
    this.#layout = layout;
    this.#catalog = catalog;
    this.blobLeases = new Leases(settlesMs);
    this.manifestLeases = new Leases(settlesMs);
  }

  layerFile(repository: string, digest: string): string {
    return join(this.#layout.layers(repository), fileOfDigest(digest));
  }

  manifestFile(repository: string, digest: string): string {
    return join(this.#layout.manifests(repository), fileOfDigest(digest));
  }

  /** Notes the digest of all content that is given to a repository, until the answer is called. */
  noteLinked(into: Set<string>): () => void {
    this.#linked.add(into);
    return () => void this.#linked.delete(into);
  }

  async link(
    repository: string,
    index: RepositoryIndex,
    digest: string,
    options: WriteOptions,
  ): Promise<void> {
    const file = this.layerFile(repository, digest);
    if (!index.layers.has(digest)) {
      await this.#save(file, '', options);
      index.layers.add(digest);
    }
    this.#note(digest);
    await this.blobLeases.take(repository, digest, file);
  }

  /** Stores a manifest and its tags, the tags last. */
  async write(
    repository: string,
    index: RepositoryIndex,
    { digest, record, tags, names }: StoredManifest,
    options: WriteOptions,
  ): Promise<void> {
    const file = this.manifestFile(repository, digest);
    await this.#save(file, JSON.stringify(record), options);
    index.setManifest(digest, record);
    this.#note(digest);
    this.#catalog.add(repository);
    for (const tag of tags) {
      await this.#save(join(this.#layout.tags(repository), fileOfTag(tag)), tagFile(tag, digest), options);
      index.setTag(tag, digest);
    }
    await this.manifestLeases.take(repository, digest, file);
    if (tags.length > 0) await this.manifestLeases.settle(repository, digest, file);
    await Promise.all(names.map((name) => this.#settle(repository, index, name)));
  }

  async #settle(repository: string, { layers, manifests }: RepositoryIndex, digest: string): Promise<void> {
    const layer = layers.has(digest) ? this.layerFile(repository, digest) : undefined;
    const manifest = manifests.has(digest) ? this.manifestFile(repository, digest) : undefined;
    await this.blobLeases.settle(repository, digest, layer);
    await this.manifestLeases.settle(repository, digest, manifest);
  }

  async removeTag(repository: string, index: RepositoryIndex, tag: string): Promise<void> {
    const file = join(this.#layout.tags(repository), fileOfTag(tag));
    await rm(file, { force: true });
    await syncFolder(dirname(file));
    index.deleteTag(tag);
  }

  /** Manifests without tags. They are out of the index at once: nobody is told any more that they are there. */
  async removeManifests(
    repository: string,
    index: RepositoryIndex,
    digests: readonly string[],
  ): Promise<void> {
    for (const digest of digests) index.deleteManifest(digest);
    const folder = this.#layout.manifests(repository);
    await this.#remove(folder, digests);
    if (index.manifests.size > 0) return;
    await removeIfEmpty(folder);
    this.#catalog.delete(repository);
  }

  /** Takes blobs from this repository; others keep them. They are out of the index at once. */
  async removeLinks(repository: string, index: RepositoryIndex, digests: readonly string[]): Promise<void> {
    for (const digest of digests) index.layers.delete(digest);
    await this.#remove(this.#layout.layers(repository), digests);
  }

  /** Removes the folders of a repository that holds nothing any more. */
  async removeEmptyFolders(repository: string): Promise<void> {
    const folder = this.#layout.repository(repository);
    for (const path of [
      this.#layout.layers(repository),
      this.#layout.tags(repository),
      this.#layout.manifests(repository),
      folder,
    ])
      await removeIfEmpty(path);
  }

  async #remove(folder: string, digests: readonly string[]): Promise<void> {
    if (digests.length === 0) return;
    for (let at = 0; at < digests.length; at += REMOVED_AT_ONCE) {
      const some = digests.slice(at, at + REMOVED_AT_ONCE);
      await Promise.all(some.map((digest) => rm(join(folder, fileOfDigest(digest)), { force: true })));
    }
    await syncFolder(folder);
  }

  #note(digest: string): void {
    for (const linked of this.#linked) linked.add(digest);
  }

  async #save(path: string, text: string, options: WriteOptions): Promise<void> {
    await writeAtomically(this.#layout.temporary, path, text, options);
  }
}
