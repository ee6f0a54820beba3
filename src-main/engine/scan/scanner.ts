import { getBlob } from '../endpoints/blobs.ts';
import { getManifest, headManifest } from '../endpoints/manifests.ts';
import { referrersByApi } from '../endpoints/referrers.ts';
import { listTags } from '../endpoints/tags.ts';
import { orMissing, RegistryError } from '../errors.ts';
import { configFactsOf, factsOf } from '../model/facts.ts';
import type { Descriptor } from '../model/manifest.ts';
import type { ListedArtifact } from '../product/abilities.ts';
import { consequencesOf, listsReferrers } from '../registry/policy.ts';
import type { Registry } from '../registry/registry.ts';
import { Asking } from './asking.ts';
import { byRepository, type ListedRepository } from './by-repository.ts';
import type { Known, Notes, ScannerOptions } from './types.ts';

/** Tags looked up and asked for together: what waits in memory does not grow with the repository. */
const TAGS_AT_ONCE = 500;
/** Rounds of reading what is still unread; each goes one index deeper, and real ones nest twice. */
const ROUNDS_MAX = 8;
/** What is attached to what is attached, and so on. */
const ATTACHED_DEPTH_MAX = 4;

/** Answers of a product's own list that leave the protocol to be asked. */
const NO_LIST: ReadonlySet<string> = new Set(['invalidResponse', 'tooLarge', 'endlessList']);

/** One place to look into. */
export interface ScannedRepository {
  name: string;
  known: Known;
  notes: Notes;
  /** Its artifacts, where a list of more than this repository has them at hand. */
  listed?: AsyncGenerator<readonly ListedArtifact[]>;
}

/** What a manifest is attached to. */
interface Above {
  depth: number;
  /** Attached manifests that are read with the same one: a registry may list each as attached to all others. */
  seen: Set<string>;
}

/**
 * Looks through repositories of a registry for what is not known yet. A tag costs one request: a HEAD where its digest is known, else a
 * GET, which a registry that counts pulls is not asked for. Manifests whose facts are known are not read again, whichever tag,
 * index or repository names them; nor are configs. Where the product lists artifacts itself, its pages take the place of both.
 */
export class Scanner {
  readonly #registry: Registry;
  readonly #asking: Asking;
  /** Tags are asked for with a HEAD, whether anything is known of them or not. */
  readonly #heads: boolean;
  readonly #reads: boolean;
  #dates: boolean;
  /** Digests of configs that were asked for. */
  readonly #configs = new Set<string>();
  /** The answer to the first question for what refers to a manifest. */
  #referrersAsked: Promise<readonly string[] | undefined> | undefined;

  constructor(
    registry: Registry,
    { concurrency, readManifests, dates, digestsOnly = false, byName = false, signal }: ScannerOptions,
  ) {
    this.#registry = registry;
    this.#asking = new Asking({ concurrency, byName, signal });
    const { countsPulls } = consequencesOf(registry);
    this.#reads = !digestsOnly && (readManifests || !countsPulls);
    this.#heads = digestsOnly || countsPulls;
    this.#dates = dates && this.#reads;
    if (listsReferrers(registry) === 'no') this.#referrersAsked = Promise.resolve(undefined);
  }

  /**
   * Several may be looked into at once. What cannot be read of one tag, manifest or repository is noted and costs only that.
   *
   * @returns whether all its tags were listed
   * @throws {RegistryError} what concerns all that is asked of the registry, `cancelled`; that ends the whole scan
   */
  async repository(repository: ScannedRepository): Promise<boolean> {
    const { name, notes } = repository;
    try {
      return await this.#asking.owned(
        async () => {
          if (!(await this.#listed(repository))) await this.#tags(repository);
          if (this.#reads) await this.#unread(repository);
          if (this.#dates) await this.#undated(repository);
        },
        (error) => notes.failed(name, error),
      );
    } catch (error) {
      throw this.#asking.failure ?? error;
    }
  }

  /**
   * Repositories below a namespace as one list of the product has them, in fewer requests than each has a page of its own: to be looked
   * into one after the other. It ends early where there is no such list, or none for us; the others are asked for by themselves.
   *
   * @throws {RegistryError} what concerns all that is asked of the registry, `cancelled`
   */
  async *below(namespace: string, asked: () => void): AsyncGenerator<ListedRepository> {
    const list = this.#registry.abilities.artifacts?.below?.(namespace, {
      attached: true,
      signal: this.#asking.signal,
    });
    if (!list) return;
    try {
      yield* byRepository(counted(list, asked));
    } catch (error) {
      // Public repositories may be listed to anyone, and such lists only to who is signed in.
      const isOwn =
        error instanceof RegistryError && (!this.#asking.endsAll(error) || error.code === 'unauthorized');
      if (!isOwn) throw error;
    }
  }

  /** By the product's pages; false where it has none, or none for us. */
  async #listed(repository: ScannedRepository): Promise<boolean> {
    const { name, notes, listed } = repository;
    const options = { attached: true, signal: this.#asking.signal };
    const pages = listed ?? this.#registry.abilities.artifacts?.list(name, options);
    if (!pages) return false;
    for (;;) {
      let page: IteratorResult<readonly ListedArtifact[]>;
      try {
        // Whoever has the larger list counts its requests.
        page = listed ? await this.#asking.asked(() => pages.next()) : await this.#asking.page(notes, pages);
      } catch (error) {
        if (!(error instanceof RegistryError) || this.#asking.endsAll(error)) throw error;
        if (error.status === undefined && !NO_LIST.has(error.code)) throw error;
        return listed ? await this.#listed({ name, notes, known: repository.known }) : false;
      }
      if (page.done) return true;
      await notes.names(page.value.flatMap(({ tags }) => tags));
      await notes.listed(page.value);
      for (const { tags, digest } of page.value) for (const tag of tags) await notes.tag(tag, digest);
    }
  }

  /** A repository that was emptied is not found, or has none. */
  async #tags(repository: ScannedRepository): Promise<void> {
    const { name, notes } = repository;
    const pages = listTags(this.#registry.client, name, { signal: this.#asking.signal });
    for (;;) {
      const page = await orMissing(this.#asking.page(notes, pages));
      if (!page || page.done) return;
      await notes.names(page.value);
      for (let start = 0; start < page.value.length; start += TAGS_AT_ONCE)
        await this.#someTags(repository, page.value.slice(start, start + TAGS_AT_ONCE));
    }
  }

  async #someTags(repository: ScannedRepository, names: readonly string[]): Promise<void> {
    const { known, notes } = repository;
    const digests = await known.tags(names);
    await all(names, async (name) => {
      const tag = digests.get(name);
      if (tag?.fresh) notes.known();
      else
        await this.#asking.owned(
          () => this.#tag(repository, name, tag?.digest),
          (error) => notes.failed(name, error),
        );
    });
  }

  async #tag(repository: ScannedRepository, name: string, digest: string | undefined): Promise<void> {
    const { notes } = repository;
    if (digest === undefined && !this.#heads) {
      await notes.tag(name, await this.#read(repository, name));
      return;
    }
    const { client } = this.#registry;
    const options = { signal: this.#asking.signal };
    const head = await this.#asking.ask(notes, () => headManifest(client, repository.name, name, options));
    if (head.digest === digest) await notes.unchanged(name, digest);
    else await notes.tag(name, head.digest);
  }

  /** What tags and indexes name and no facts are known of, however they came to be known: children, what a HEAD found. */
  async #unread(repository: ScannedRepository): Promise<void> {
    const { known } = repository;
    const tried = new Set<string>();
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const digests = (await known.unread()).filter((digest) => !tried.has(digest));
      if (digests.length === 0) return;
      await all(digests, async (digest) => {
        tried.add(digest);
        await this.#readOwned(repository, digest);
      });
    }
  }

  async #readOwned(repository: ScannedRepository, digest: string, above?: Above): Promise<void> {
    const { notes } = repository;
    await this.#asking.owned(
      () => this.#read(repository, digest, above),
      (error) => (error.code === 'notFound' ? notes.missing(digest) : notes.failed(digest, error)),
    );
  }

  /** Images that say nowhere else when they were made and for what. */
  async #undated(repository: ScannedRepository): Promise<void> {
    const undated = await repository.known.undated();
    const configs = undated.filter(({ digest }) => !this.#configs.has(digest));
    for (const { digest } of configs) this.#configs.add(digest);
    await all(configs, (config) => this.#config(repository, config));
  }

  /**
   * One that is missing, or no config, costs its images their date only. Blobs may come from another host than manifests: where that
   * fails as a whole, the scan goes on without dates and notes it once.
   */
  async #config(
    { name, notes }: ScannedRepository,
    config: Pick<Descriptor, 'digest' | 'size'>,
  ): Promise<void> {
    const { client } = this.#registry;
    const signal = this.#asking.signal;
    try {
      const bytes = await this.#asking.inTurn(async () => {
        if (!this.#dates) return undefined;
        return await getBlob(client, name, config, { signal }).finally(() => notes.asked());
      });
      if (!bytes) return;
      notes.received(bytes.byteLength);
      await notes.config(config.digest, configFactsOf(bytes));
    } catch (error) {
      if (!(error instanceof RegistryError) || signal.aborted) throw error;
      if (!this.#asking.endsAll(error)) await notes.configFailed(config.digest, error);
      if (!this.#asking.endsAll(error) || !this.#dates) return;
      this.#dates = false;
      await notes.failed(config.digest, error);
    }
  }

  /** A manifest, after what is attached to it: what is noted is complete, wherever the program ends. @returns its digest */
  async #read(
    repository: ScannedRepository,
    reference: string,
    { depth, seen }: Above = { depth: 0, seen: new Set() },
  ): Promise<string> {
    const { name, notes } = repository;
    const { client } = this.#registry;
    const options = { signal: this.#asking.signal };
    const raw = await this.#asking.ask(notes, () => getManifest(client, name, reference, options), depth > 0);
    notes.received(raw.bytes.byteLength);
    if (depth < ATTACHED_DEPTH_MAX)
      for (const referrer of await this.#attached(repository, raw.digest)) {
        if (seen.has(referrer)) continue;
        seen.add(referrer);
        await this.#readOwned(repository, referrer, { depth: depth + 1, seen });
      }
    await notes.manifest(factsOf(raw));
    return raw.digest;
  }

  /** By the API alone: the tags that take its place are looked at like all others. Whether there is such an API, the first one asks. */
  async #attached(repository: ScannedRepository, digest: string): Promise<readonly string[]> {
    const first = this.#referrersAsked;
    if (first && (await first) === undefined) return [];
    const asked = this.#referrers(repository, digest);
    this.#referrersAsked ??= asked;
    return (await asked) ?? [];
  }

  /** Undefined where there is no such API. */
  async #referrers({ name, notes }: ScannedRepository, digest: string): Promise<string[] | undefined> {
    const { client } = this.#registry;
    const options = { signal: this.#asking.signal };
    let found: readonly Descriptor[] | undefined = [];
    await this.#asking.owned(
      async () => {
        found = await this.#asking.ask(notes, () => referrersByApi(client, name, digest, options), true);
      },
      (error) => notes.failed(digest, error),
    );
    return found?.map((referrer) => referrer.digest);
  }
}

async function* counted<Page>(pages: AsyncGenerator<Page>, asked: () => void): AsyncGenerator<Page> {
  for await (const page of pages) {
    asked();
    yield page;
  }
}

/** As many at once as there are lanes. Throws when all have ended. */
async function all<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const ended = await Promise.allSettled(items.map(work));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}
