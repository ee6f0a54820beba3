import type { ManifestFacts } from '../../common/facts.ts';
import type { Failure } from '../../common/failure.ts';
import type { Inventory } from '../../data/index.ts';
import type { KnownTag, ListedArtifact, RegistryError, ScanKnown, ScanNotes } from '../../engine/index.ts';
import { failureOf } from '../failure.ts';
import { listedRows } from '../listed-rows.ts';

/** Names stored in one go. */
const NAMES_AT_ONCE = 5_000;
/** Tags, manifests and configs that wait to be stored; a crash loses them, and they are asked for again. */
const WAITING_MAX = 12;
/** Milliseconds that they wait. */
const STORE_AFTER = 20;

/** Milliseconds after which a config that could not be read is asked for again: a week. */
const UNREAD_FOR = 7 * 86_400_000;

/** How far a scan is in one repository. */
export interface RepositoryCounts {
  tags: { done: number; total: number };
  requests: number;
  bytes: number;
  unread: number;
  firstUnread?: Failure;
  /** Configs that could not be read, now or lately. */
  undated: number;
  firstUndated?: Failure;
}

/** One repository as a scan finds it: stored in the inventory, a little at a time. */
export class RepositoryNotes implements ScanNotes, ScanKnown {
  readonly counts: RepositoryCounts = {
    tags: { done: 0, total: 0 },
    requests: 0,
    bytes: 0,
    unread: 0,
    undated: 0,
  };
  readonly #inventory: Inventory;
  readonly #registry: string;
  readonly #repository: string;
  /** Unix milliseconds when the scan began. */
  readonly #scanBegan: number;
  readonly #retry: boolean;
  readonly #undatedConfigs: Set<string>;
  readonly #now: () => number;
  readonly #began: number;
  /** Unix milliseconds of the oldest look that is relied on: before a scan was interrupted, it looked at some tags already. */
  #asOf: number;
  readonly #changed: () => void;
  /** What is there by HEADs and lists, and may have been read nowhere yet. */
  readonly #named = new Set<string>();
  #tags: { name: string; digest: string }[] = [];
  #facts: ManifestFacts[] = [];
  #configs: Parameters<Inventory['configs']>[0][number][] = [];
  #timer: NodeJS.Timeout | undefined;
  #storing: Promise<unknown> = Promise.resolve();

  constructor({
    inventory,
    registry,
    repository,
    scanBegan,
    retry,
    undatedConfigs,
    now,
    changed,
  }: RepositoryNotesOptions) {
    this.#inventory = inventory;
    this.#registry = registry;
    this.#repository = repository;
    this.#scanBegan = scanBegan;
    this.#retry = retry;
    this.#undatedConfigs = undatedConfigs;
    this.#now = now;
    this.#began = now();
    this.#asOf = this.#began;
    this.#changed = changed;
  }

  async tags(names: readonly string[]): Promise<ReadonlyMap<string, KnownTag>> {
    const known = await this.#inventory.lookedTags(this.#registry, this.#repository, names);
    const found = new Map<string, KnownTag>();
    for (const { name, digest, looked } of known) {
      const fresh = looked >= this.#scanBegan;
      if (fresh) this.#asOf = Math.min(this.#asOf, looked);
      found.set(name, { digest, fresh });
    }
    return found;
  }

  async unread(): Promise<readonly string[]> {
    await this.stored();
    return await this.#inventory.unreadManifests(this.#registry, this.#repository);
  }

  async undated(): ReturnType<ScanKnown['undated']> {
    await this.stored();
    const since = this.#retry ? this.#scanBegan : this.#scanBegan - UNREAD_FOR;
    const undated = await this.#inventory.undatedConfigs(this.#registry, this.#repository, since);
    for (const { digest, failure } of undated) if (failure) this.#undated(digest, failure);
    return undated.filter(({ failure }) => !failure);
  }

  asked(): void {
    this.counts.requests += 1;
    this.#changed();
  }

  received(bytes: number): void {
    this.counts.bytes += bytes;
  }

  async names(names: readonly string[]): Promise<void> {
    this.counts.tags.total += names.length;
    for (let start = 0; start < names.length; start += NAMES_AT_ONCE) {
      const rows = names.slice(start, start + NAMES_AT_ONCE).map((name) => ({ name }));
      await this.#inventory.tags(this.#registry, this.#repository, rows, this.#began);
    }
  }

  async listed(artifacts: readonly ListedArtifact[]): Promise<void> {
    for (const { digest, children = [], attached = [] } of artifacts)
      for (const each of [digest, ...children, ...attached.map((one) => one.digest)]) this.#named.add(each);
    await this.#inventory.listed(this.#registry, this.#repository, listedRows(artifacts), this.#now());
  }

  async tag(name: string, digest: string): Promise<void> {
    this.#named.add(digest);
    await this.unchanged(name, digest);
  }

  known(): void {
    this.counts.tags.done += 1;
  }

  async unchanged(name: string, digest: string): Promise<void> {
    this.counts.tags.done += 1;
    this.#tags.push({ name, digest });
    await this.#storeSoon();
  }

  async manifest(facts: ManifestFacts): Promise<void> {
    this.#named.delete(facts.digest);
    this.#facts.push(facts);
    await this.#storeSoon();
  }

  async config(digest: string, facts: Parameters<ScanNotes['config']>[1]): Promise<void> {
    this.#configs.push({ digest, ...facts });
    await this.#storeSoon();
  }

  async configFailed(digest: string, error: RegistryError): Promise<void> {
    const failure = failureOf(error);
    this.#undated(digest, failure);
    await this.#inventory.unreadConfig({ digest, failure, asked: this.#now() });
  }

  async missing(digest: string): Promise<void> {
    this.#named.delete(digest);
    await this.#inventory.removeManifests(this.#registry, this.#repository, [digest]);
  }

  async failed(_reference: string, error: RegistryError): Promise<void> {
    this.counts.unread += 1;
    this.counts.firstUnread ??= failureOf(error);
  }

  /**
   * It was looked through.
   *
   * @param whole all its tags were listed: those known before and not among them are gone
   * @returns since when all its tags were looked at, and how many manifests of it are still unread, as far as they are known
   */
  async end({
    whole,
    countUnread,
  }: {
    whole: boolean;
    countUnread: boolean;
  }): Promise<{ asOf: number; unread: number }> {
    const stored = this.stored();
    // Done in the order in which it is asked for.
    const ended = whole && this.#inventory.endTags(this.#registry, this.#repository, this.#began);
    await Promise.all([stored, ended]);
    const named = countUnread ? [...this.#named] : [];
    const known = named.length > 0 ? await this.#inventory.factsKnown(named) : [];
    return { asOf: this.#asOf, unread: named.length - known.length };
  }

  #undated(config: string, failure: Failure): void {
    if (this.#undatedConfigs.has(config)) return;
    this.#undatedConfigs.add(config);
    this.counts.undated += 1;
    this.counts.firstUndated ??= failure;
  }

  async #storeSoon(): Promise<void> {
    if (this.#tags.length + this.#facts.length + this.#configs.length >= WAITING_MAX) await this.#store();
    else this.#timer ??= setTimeout(() => void this.#store(), STORE_AFTER);
  }

  /** Returns when what was stored before has been: no more than that waits. */
  async #store(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const [tags, facts, configs] = [this.#tags, this.#facts, this.#configs];
    const [now, before] = [this.#now(), this.#storing];
    this.#tags = [];
    this.#facts = [];
    this.#configs = [];
    // A tag after what it points at: one that is stored needs nothing more.
    this.#storing = Promise.all([
      facts.length > 0 && this.#inventory.manifests(this.#registry, this.#repository, facts, now),
      configs.length > 0 && this.#inventory.configs(configs),
      tags.length > 0 && this.#inventory.tags(this.#registry, this.#repository, tags, now),
    ]);
    await before;
  }

  /** Returns when all that was noted is stored. */
  async stored(): Promise<void> {
    await this.#store();
    await this.#storing;
  }
}

export interface RepositoryNotesOptions {
  inventory: Inventory;
  /** As the inventory names it. */
  registry: string;
  repository: string;
  scanBegan: number;
  /** What could not be read before it began is asked for again. */
  retry: boolean;
  /** Of the scan: repositories share configs, and each counts once. */
  undatedConfigs: Set<string>;
  now: () => number;
  changed: () => void;
}
