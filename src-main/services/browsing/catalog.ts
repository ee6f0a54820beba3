import { accountOf } from '../../common/place.ts';
import type { FoundPlaces, RegistryOverview, RegistryStatus, RepositoryPage } from '../../common/registry.ts';
import type { KnownImages, TagAnswer, TagPage, UntaggedManifest } from '../../common/tag.ts';
import {
  checkRepository,
  listRepositories,
  listTags,
  listUntagged,
  summarize,
  summaryOfListed,
  type TagSummary,
} from '../../engine/index.ts';
import type { CatalogService, ListingOptions } from '../core/catalog.ts';
import { lineOf } from '../tag-details.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import type { CatalogOptions } from './catalog-options.ts';
import { knownFirst, knownImage, knownPages } from './known.ts';
import { type Listing, overviewOf, refusalOf } from './overview.ts';
import { Recording } from './recording.ts';
import { RegistryStatuses } from './status.ts';
import { answersOf } from './tag-answers.ts';

/** Some registries send everything in one page; what goes to the renderer at once stays small enough to draw. */
const MAX_PAGE = 5_000;

/** Names against the grammar that are shown: enough to see what kind they are. */
const MAX_UNUSABLE = 1_000;
/** Characters of one; a usable name has no more. */
const MAX_NAME = 255;

export class Catalog implements CatalogService {
  readonly #options: CatalogOptions;
  readonly #statuses: RegistryStatuses;

  constructor(options: CatalogOptions) {
    this.#options = options;
    this.#statuses = new RegistryStatuses(options);
  }

  overview(registry: RegistryHandle, { signal }: CallOptions = {}): Promise<RegistryOverview> {
    this.#statuses.visited(registry);
    return overviewOf(registry, signal);
  }

  status(accountId: string, open: () => Promise<RegistryHandle>): Promise<RegistryStatus> {
    return this.#statuses.of(accountId, open);
  }

  repositories(
    registry: RegistryHandle,
    { signal, known }: ListingOptions = {},
  ): AsyncGenerator<RepositoryPage, void, void> {
    const account = accountOf(registry.place);
    const asked = this.#repositories(registry, signal);
    return known && account !== undefined ? knownFirst(this.#knownRepositories(account), asked) : asked;
  }

  async *#repositories(
    registry: RegistryHandle,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<RepositoryPage, void, void> {
    const stamp = this.#options.now().getTime();
    const added = new Set(registry.repositories);
    let count = 0;
    let listing: Listing = 'complete';
    const leftOut = new LeftOut();
    const recording = new Recording();
    const { inventory } = this.#options;
    try {
      const identified = await registry.identification.registry({ signal });
      for await (const page of listRepositories(identified, { signal, leftOut: leftOut.note })) {
        for (const names of chunks(page, MAX_PAGE)) {
          count += names.length;
          if (added.size > 0) for (const name of names) added.delete(name);
          yield {
            repositories: names.map((name) => ({ name, addedByName: false })),
            count,
            done: false,
            listing: 'complete',
          };
          // After the page is on its way: no one waits for it to be written.
          await recording.next(registry, (id) => inventory.repositories(id, names, stamp));
        }
      }
    } catch (error) {
      if (count > 0) throw error;
      listing = await refusalOf(registry, error, signal);
    }
    const byName = [...added];
    yield {
      repositories: byName.map((name) => ({ name, addedByName: true })),
      ...(leftOut.names.length > 0 && { unusable: leftOut.names }),
      count: count + byName.length,
      done: true,
      listing: listing === 'complete' && leftOut.names.length > 0 ? 'incomplete' : listing,
    };
    await recording.next(registry, (id) => inventory.repositories(id, byName, stamp));
    if (listing === 'complete') await recording.next(registry, (id) => inventory.endRepositories(id, stamp));
    await recording.ended();
  }

  tags(
    registry: RegistryHandle,
    repository: string,
    { signal, known }: ListingOptions = {},
  ): AsyncGenerator<TagPage, void, void> {
    const account = accountOf(registry.place);
    const asked = this.#tags(registry, repository, signal);
    return known && account !== undefined ? knownFirst(this.#knownTags(account, repository), asked) : asked;
  }

  async *#knownRepositories(account: string): AsyncGenerator<RepositoryPage, void, void> {
    const { inventory } = this.#options;
    const pages = knownPages((after) => inventory.knownRepositories(account, after));
    for await (const { names, ...page } of pages) {
      const repositories = names.map((name) => ({ name, addedByName: false }));
      yield { repositories, ...page, listing: 'complete' };
    }
  }

  async *#knownTags(account: string, repository: string): AsyncGenerator<TagPage, void, void> {
    const { inventory } = this.#options;
    const pages = knownPages((after) => inventory.knownTags(account, repository, after));
    for await (const { names, ...page } of pages) yield { tags: names, ...page };
  }

  async *#tags(
    registry: RegistryHandle,
    repository: string,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<TagPage, void, void> {
    checkRepository(repository);
    const stamp = this.#options.now().getTime();
    const recording = new Recording();
    const { inventory } = this.#options;
    let count = 0;
    for await (const page of listTags(registry.client, repository, { signal })) {
      for (const tags of chunks(page, MAX_PAGE)) {
        count += tags.length;
        yield { tags, count, done: false };
        const rows = tags.map((name) => ({ name }));
        await recording.next(registry, (id) => inventory.tags(id, repository, rows, stamp));
      }
    }
    yield { tags: [], count, done: true };
    await recording.next(registry, (id) => inventory.endTags(id, repository, stamp));
    await recording.ended();
  }

  tagDetails(
    registry: RegistryHandle,
    repository: string,
    tags: readonly string[],
    options: ListingOptions = {},
  ): AsyncGenerator<TagAnswer, void, void> {
    return answersOf(registry, repository, tags, this.#options, options);
  }

  async *knownImages(accountId: string, repository: string): AsyncGenerator<KnownImages, void, void> {
    for (let after: string | undefined; ; ) {
      const { images, last } = await this.#options.inventory.knownImages(accountId, repository, after);
      if (images.length > 0) yield images.map(knownImage);
      if (last === undefined) return;
      after = last;
    }
  }

  async *untagged(
    registry: RegistryHandle,
    repository: string,
    { signal }: CallOptions = {},
  ): AsyncGenerator<UntaggedManifest[], void, void> {
    checkRepository(repository);
    const identified = await registry.identification.registry({ signal });
    for await (const page of listUntagged(identified, repository, { signal })) {
      const lines: UntaggedManifest[] = [];
      for (const artifact of page) {
        const summary =
          summaryOfListed(artifact) ?? (await this.#read(registry, repository, artifact.digest, signal));
        lines.push(lineOf(summary, artifact));
      }
      yield lines;
    }
  }

  search(
    text: string,
    limit: number,
    { signal, origins }: CallOptions & { origins?: boolean } = {},
  ): Promise<FoundPlaces> {
    return this.#options.inventory.search(text, limit, signal, origins);
  }

  async #read(
    registry: RegistryHandle,
    repository: string,
    digest: string,
    signal: AbortSignal | undefined,
  ): Promise<TagSummary> {
    const head = await registry.reader.head(repository, digest, signal);
    return await summarize(registry.reader, repository, head, { signal });
  }
}

/** Names that a registry lists and nothing can be asked about, as far as there is sense in showing them. */
class LeftOut {
  readonly names: string[] = [];

  readonly note = (names: readonly string[]): void => {
    for (const name of names.slice(0, MAX_UNUSABLE - this.names.length))
      this.names.push(name.length > MAX_NAME ? `${name.slice(0, MAX_NAME)}…` : name);
  };
}

function* chunks<Item>(items: readonly Item[], size: number): Generator<Item[], void, void> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
