import { lookAt } from '../endpoints/look.ts';
import { listTagsIfAny } from '../endpoints/tags.ts';
import { RegistryError } from '../errors.ts';
import { forEachLimit } from '../for-each-limit.ts';
import type { RegistryClient } from '../http/client.ts';
import type { ManifestHead } from '../model/manifest.ts';
import { isManifestType } from '../model/media-types.ts';
import { graph } from '../reading/graph.ts';
import type { ManifestReader } from '../reading/reader.ts';
import { isHopeless, READS } from './seen.ts';

/** Milliseconds for which what was seen of a tag counts: about as long as a look takes, so that another would not be newer. */
const FRESH_FOR = 5_000;
/** All tags are looked at again after this many times what that took: a tenth of the time at most goes there. */
const REST = 10;
/** Milliseconds between two lists of the names, where nothing asks for one sooner. */
const LIST_EVERY = 1_000;

/** Names that come in one page of a list. */
const PAGE = 1_000;
/** A list is read instead of looking at tags one by one where that is this many times as many requests. */
const LIST_PAYS = 4;

/** What a plan saw of a repository's tags. */
export interface KnownTags {
  readonly tags: ReadonlyMap<string, string>;
  /** When it began to look, by `performance.now()`. */
  readonly at: number;
  /** Those that it deletes: each is looked at when its turn comes, and not before. */
  readonly doomed: ReadonlySet<string>;
}

/** A manifest that is to go with these tags. */
interface Doomed {
  readonly digest: string;
  readonly tags: readonly string[];
}

type SeenManifest = Pick<ManifestHead, 'digest' | 'mediaType'>;

interface SeenTag {
  digest: string;
  /** By `performance.now()`. */
  at: number;
}

/**
 * What a repository's tags point at while things are deleted from it by digest: a tag that is put on what goes, or an index of it, would
 * be lost with it. Names are listed around each wave of deletions, what is new is looked at at once, and all of it every now and then.
 */
export class TagWatch {
  readonly #client: RegistryClient;
  readonly #reader: ManifestReader;
  readonly #repository: string;
  readonly #doomed: ReadonlySet<string>;
  /** By tag what was known when the deletion was confirmed: only what differs from that is news. */
  #known: ReadonlyMap<string, string> | undefined;
  readonly #seen = new Map<string, SeenTag>();
  readonly #byDigest = new Map<string, Set<string>>();
  /** By tag, what manifests that came to it hold; undefined where that cannot be read. */
  readonly #held = new Map<string, ReadonlySet<string> | undefined>();
  /** Digests that could not be deleted: what they need stays as well. */
  readonly staying = new Set<string>();
  readonly #deleted = new Set<string>();
  readonly #lost = new Set<string>();
  #listed: ReadonlySet<string> = new Set();
  #listedAt = Number.NEGATIVE_INFINITY;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #took = 0;

  /** @param planned where the plan saw each tag; without, the first look stands for that */
  constructor(client: RegistryClient, reader: ManifestReader, repository: string, planned?: KnownTags) {
    this.#client = client;
    this.#reader = reader;
    this.#repository = repository;
    this.#doomed = planned?.doomed ?? new Set();
    this.#known = planned?.tags;
    for (const [tag, digest] of planned?.tags ?? []) this.#see(tag, digest, planned?.at ?? 0);
    if (planned) this.#lookedAt = planned.at;
  }

  /** Tags that no step deletes, and that are gone. */
  get lost(): readonly string[] {
    return [...this.#lost];
  }

  /** What a tag points at, as it was seen last. */
  at(tag: string): string | undefined {
    return this.#seen.get(tag)?.digest;
  }

  /** Whether the last list names it. */
  isListed(tag: string): boolean {
    return this.#listed.has(tag);
  }

  /** These are on their way out: that they are gone is no surprise. */
  deleting(tags: readonly string[]): void {
    for (const tag of tags) this.#deleted.add(tag);
  }

  /**
   * Before a wave: lists the names unless that was just done, and looks at the wave's own tags. The first of each is read, for the trash
   * needs its manifest anyway.
   */
  async before(wave: readonly Doomed[], signal: AbortSignal | undefined): Promise<void> {
    if (performance.now() - this.#listedAt > FRESH_FOR) await this.look(signal);
    const now = performance.now();
    const isOld = (tag: string): boolean =>
      now - (this.#seen.get(tag)?.at ?? Number.NEGATIVE_INFINITY) > FRESH_FOR;
    const firsts = new Set(wave.flatMap(({ tags }) => tags.slice(0, 1)));
    await this.#ask(
      wave.flatMap(({ tags }) => tags.filter(isOld)),
      signal,
      (tag, stop) =>
        firsts.has(tag) ? this.#reader.get(this.#repository, tag, stop) : this.#head(tag, stop),
    );
  }

  /**
   * Which of these tags a list of the names had, and has no more: so many are seen to be gone by one request. Of the others, and where a
   * list would cost as much as looking at each, nothing is said.
   */
  async unlisted(tags: readonly string[], signal: AbortSignal | undefined): Promise<string[]> {
    const before = this.#listed;
    if (!this.#pays(tags.length)) return [];
    await this.look(signal);
    return tags.filter((tag) => before.has(tag) && !this.#listed.has(tag));
  }

  /** Which of these tags are listed now; undefined where a list would cost as much as looking at each. */
  async listed(tags: readonly string[], signal?: AbortSignal): Promise<string[] | undefined> {
    if (!this.#pays(tags.length)) return undefined;
    const names = await this.#names(signal);
    return tags.filter((tag) => names.has(tag));
  }

  #pays(tags: number): boolean {
    return tags >= LIST_PAYS * Math.ceil(Math.max(1, this.#listed.size, this.#seen.size) / PAGE);
  }

  /** After a wave: looks, unless that was done a moment ago. `sure`: also then, if anything was done. */
  async after(signal: AbortSignal | undefined, { sure }: { sure: boolean }): Promise<void> {
    const isOld = performance.now() - this.#listedAt > LIST_EVERY;
    if (this.#listedAt > Number.NEGATIVE_INFINITY && (sure || isOld)) await this.look(signal);
  }

  /** Lists the names, and looks at those that are new, those that are gone, and now and then at all that stay. */
  async look(signal: AbortSignal | undefined): Promise<void> {
    const began = performance.now();
    const names = await this.#names(signal);
    const isTime = began - this.#lookedAt > Math.max(FRESH_FOR, REST * this.#took);
    const gone = [...this.#seen.keys()].filter(
      (tag) => !names.has(tag) && !this.#deleted.has(tag) && !this.#doomed.has(tag),
    );
    const asked = [...names].filter((tag) => (isTime && !this.#doomed.has(tag)) || !this.#seen.has(tag));
    await this.#ask([...asked, ...gone], signal);
    for (const tag of gone) if (!this.#seen.has(tag)) this.#lost.add(tag);
    this.#known ??= new Map([...this.#seen].map(([tag, { digest }]) => [tag, digest]));
    this.#listed = names;
    this.#listedAt = performance.now();
    if (!isTime) return;
    this.#lookedAt = this.#listedAt;
    this.#took = this.#listedAt - began;
  }

  /** Why a manifest must stay although the plan takes it: something came to need it since. */
  whyNot({ digest, tags }: Doomed): RegistryError | undefined {
    const own = new Set(tags);
    for (const tag of this.#byDigest.get(digest) ?? [])
      if (!own.has(tag)) return stays(`The tag ${tag} was put on ${digest} since the plan was made`);
    for (const [tag, held] of this.#held) {
      if (held === undefined)
        return stays(`The tag ${tag} came since the plan was made, and what it holds cannot be read`);
      if (held.has(digest)) return stays(`The tag ${tag} came since the plan was made, and holds ${digest}`);
    }
    return undefined;
  }

  async #names(signal: AbortSignal | undefined): Promise<Set<string>> {
    const names = new Set<string>();
    for await (const page of listTagsIfAny(this.#client, this.#repository, { signal }))
      for (const tag of page) names.add(tag);
    return names;
  }

  #head(tag: string, signal: AbortSignal): Promise<SeenManifest> {
    return this.#reader.head(this.#repository, tag, signal);
  }

  async #ask(
    tags: readonly string[],
    signal: AbortSignal | undefined,
    ask: (tag: string, signal: AbortSignal) => Promise<SeenManifest> = (tag, stop) => this.#head(tag, stop),
  ): Promise<void> {
    await forEachLimit(
      tags,
      READS,
      async (tag, stop) => {
        const at = performance.now();
        const { found, unseen } = await lookAt(ask(tag, stop));
        // Refused: what was seen before is the best that is known; its own step asks once more.
        if (unseen) return;
        this.#see(tag, found?.digest, at);
        const isNews = found && this.#known && this.#known.get(tag) !== found.digest;
        if (!isNews) this.#held.delete(tag);
        else if (!isManifestType(found.mediaType))
          this.#held.set(tag, await this.#heldBy(found.digest, stop));
      },
      signal,
    );
  }

  async #heldBy(digest: string, signal: AbortSignal): Promise<ReadonlySet<string> | undefined> {
    try {
      const root = await this.#reader.get(this.#repository, digest, signal);
      const { manifests, unreadable } = await graph(this.#reader, this.#repository, root, {
        signal,
        gaps: 'skip',
      });
      return unreadable.size > 0 ? undefined : new Set(manifests.map((one) => one.digest));
    } catch (error) {
      if (!(error instanceof RegistryError) || isHopeless(error)) throw error;
      return undefined;
    }
  }

  #see(tag: string, digest: string | undefined, at: number): void {
    const before = this.#seen.get(tag);
    if (before) this.#byDigest.get(before.digest)?.delete(tag);
    if (digest === undefined) {
      this.#seen.delete(tag);
      return;
    }
    this.#seen.set(tag, { digest, at });
    const there = this.#byDigest.get(digest);
    if (there) there.add(tag);
    else this.#byDigest.set(digest, new Set([tag]));
  }
}

function stays(why: string): RegistryError {
  return new RegistryError('conflict', '', { reason: `${why}; it was not deleted.` });
}
