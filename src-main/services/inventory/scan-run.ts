import type { Scan } from '../../common/inventory.ts';
import type { Inventory } from '../../data/index.ts';
import {
  consequencesOf,
  listRepositories,
  type Registry,
  RegistryError,
  Scanner,
} from '../../engine/index.ts';
import { failureOf } from '../failure.ts';
import type { RegistryHandle } from '../types.ts';
import { type RepositoryCounts, RepositoryNotes } from './repository-notes.ts';

/** Repositories looked into at once: enough that lists and the inventory's thread hold up no requests, few enough that little is begun when it is cut. */
const REPOSITORIES_AT_ONCE = 16;
/** Names of repositories in memory. */
const NAMES_AT_ONCE = 500;
/** Lists over many repositories read at once. */
const NAMESPACES_AT_ONCE = 4;
/** Milliseconds between two snapshots, and between two that are stored. */
const SHOW_EVERY = 100;
const KEEP_EVERY = 1_000;

/** Refusals of a list of repositories, beside which those can be looked into that are known by name. */
const NOT_LISTED: ReadonlySet<string> = new Set(['denied', 'unauthorized', 'notFound', 'unsupported']);

type ListedPages = Parameters<Scanner['repository']>[0]['listed'];

/**
 * Names of repositories that may be there, for a registry that gives no list: what another registry has. They are asked for once, and
 * only then.
 */
export type NamesElsewhere = (signal: AbortSignal) => Promise<readonly string[]>;

export type ScanEnd = 'paused' | 'cancelled' | 'interrupted';

export interface ScanRunOptions {
  scan: Scan;
  registry: RegistryHandle;
  /** As the inventory names it. */
  key: string;
  inventory: Inventory;
  /** Mark of this process. */
  owner: string;
  concurrency: number;
  now: () => Date;
  names?: NamesElsewhere | undefined;
  publish: (scan: Scan) => void;
}

/** A scan at work. */
export class ScanRun {
  readonly ended: Promise<Scan>;
  readonly #options: ScanRunOptions;
  readonly #stop = new AbortController();
  readonly #undatedConfigs = new Set<string>();
  readonly #underWay = new Set<RepositoryCounts>();
  /** Names of repositories that were just listed, by the first part of them. */
  readonly #namespaces = new Map<string, Set<string>>();
  #scan: Scan;
  #end: ScanEnd | undefined;
  #shown = 0;
  #kept = 0;
  #keeping: Promise<void> | undefined;

  constructor(options: ScanRunOptions) {
    this.#options = options;
    this.#scan = options.scan;
    this.ended = this.#run();
  }

  /** With what is under way. */
  get snapshot(): Scan {
    let scan = this.#scan;
    for (const counts of this.#underWay) scan = withCounts(scan, counts);
    return scan;
  }

  stop(as: ScanEnd): void {
    this.#end ??= as;
    this.#stop.abort();
  }

  async #run(): Promise<Scan> {
    const { inventory, now, publish } = this.#options;
    let end: Pick<Scan, 'status' | 'failure'>;
    try {
      await this.#work();
      end = { status: 'done' };
    } catch (error) {
      end = this.#end ? { status: this.#end } : { status: 'failed', failure: failureOf(error) };
    }
    await this.#keeping;
    const open = end.status !== 'done' && end.status !== 'cancelled';
    this.#scan = { ...this.#scan, ...end, ended: now().toISOString() };
    try {
      await inventory.keepScan({ ...this.#row(), open });
    } catch (error) {
      // What is stored goes on from where it was stored last.
      if (end.status === 'done') this.#scan = { ...this.#scan, status: 'failed', failure: failureOf(error) };
    }
    publish(this.#scan);
    return this.#scan;
  }

  async #work(): Promise<void> {
    const { registry, concurrency } = this.#options;
    const { signal } = this.#stop;
    const identified = await registry.identification.registry({ signal });
    if (this.#scan.listed) await this.#countLeft();
    else await this.#list(identified);
    // From here on no repository is listed twice.
    await this.#keep();
    const { readManifests, dates, digestsOnly = false } = this.#scan;
    const counts = consequencesOf(identified).countsPulls && !readManifests && !digestsOnly;
    if (counts) this.#scan = { ...this.#scan, costsPulls: this.#scan.costsPulls ?? 0 };
    const { byName = false } = this.#scan;
    const options = { concurrency, readManifests, dates, digestsOnly, byName, signal };
    const scanner = new Scanner(identified, options);
    await this.#byNamespace(scanner, counts);
    const names = this.#left();
    const worker = async () => {
      for await (const name of names) await this.#look(scanner, name, counts);
    };
    const workers = await Promise.allSettled(Array.from({ length: REPOSITORIES_AT_ONCE }, worker));
    for (const each of workers) if (each.status === 'rejected') throw each.reason;
  }

  /**
   * Where one list of the product has the artifacts of many repositories: all that is below each namespace, before the rest is looked
   * into one by one. A scan that goes on has too little left for that.
   */
  async #byNamespace(scanner: Scanner, counts: boolean): Promise<void> {
    const namespaces = [...this.#namespaces].filter(([, names]) => names.size > 1).values();
    const worker = async () => {
      for (const [namespace, names] of namespaces) {
        const asked = () => this.#change({ requests: this.#scan.requests + 1 });
        // One that came meanwhile is not of this scan.
        for await (const { repository, pages } of scanner.below(namespace, asked))
          if (names.delete(repository)) await this.#look(scanner, repository, counts, pages);
      }
    };
    const workers = await Promise.allSettled(Array.from({ length: NAMESPACES_AT_ONCE }, worker));
    this.#namespaces.clear();
    for (const each of workers) if (each.status === 'rejected') throw each.reason;
  }

  /** What there is to look into. */
  async #list(identified: Registry): Promise<void> {
    const { inventory, key, registry, names, now } = this.#options;
    const { repository, namespace, id } = this.#scan;
    const began = now().getTime();
    const isWanted = (name: string) => namespace === undefined || name.startsWith(`${namespace}/`);
    const toLookAt = async (found: readonly string[]) => {
      await inventory.addToScan(id, found);
      const { done, total } = this.#scan.repositories;
      this.#change({ repositories: { done, total: total + found.length } });
    };
    const add = async (found: readonly string[]) => {
      await inventory.repositories(key, found, began);
      for (const name of found) this.#addToNamespace(name);
      await toLookAt(found);
    };
    this.#change({ repositories: { done: 0, total: 0 } });
    if (repository !== undefined) {
      await add([repository]);
      this.#change({ listed: true });
      return;
    }
    const byName = new Set(registry.repositories.filter(isWanted));
    let refused: RegistryError | undefined;
    try {
      for await (const page of listRepositories(identified, { signal: this.#stop.signal })) {
        this.#change({ requests: this.#scan.requests + 1 });
        for (const name of page) byName.delete(name);
        await add(page.filter(isWanted));
      }
    } catch (error) {
      if (!(error instanceof RegistryError) || !NOT_LISTED.has(error.code)) throw error;
      refused = error;
    }
    await add([...byName]);
    if (refused) {
      const elsewhere = (await names?.(this.#stop.signal)) ?? [];
      // Whether they are there is what is asked.
      await toLookAt(elsewhere.filter((name) => isWanted(name) && !byName.has(name)));
      if (this.#scan.repositories.total === 0) throw refused;
    } else if (namespace === undefined) await inventory.endRepositories(key, began);
    this.#change({ listed: true, ...(refused ? { byName: true } : {}) });
  }

  #addToNamespace(name: string): void {
    const end = name.indexOf('/');
    if (end < 0) return;
    const namespace = name.slice(0, end);
    const names = this.#namespaces.get(namespace) ?? new Set();
    this.#namespaces.set(namespace, names.add(name));
  }

  /** What was stored last may be older than what was done last. */
  async #countLeft(): Promise<void> {
    let left = 0;
    for await (const _ of this.#left()) left += 1;
    const { total } = this.#scan.repositories;
    this.#change({ repositories: { done: Math.max(0, total - left), total } });
  }

  /** Its repositories that were not looked into yet. Several read from it. */
  async *#left(): AsyncGenerator<string, void, void> {
    const { inventory } = this.#options;
    let after: string | undefined;
    for (;;) {
      const names = await inventory.leftOfScan(this.#scan.id, after, NAMES_AT_ONCE);
      yield* names;
      after = names.at(-1);
      if (after === undefined) return;
    }
  }

  async #look(
    scanner: Scanner,
    repository: string,
    countsPulls: boolean,
    listed?: ListedPages,
  ): Promise<void> {
    const { inventory, key, now } = this.#options;
    const notes = new RepositoryNotes({
      inventory,
      registry: key,
      repository,
      scanBegan: Date.parse(this.#scan.started),
      retry: this.#scan.retry ?? false,
      undatedConfigs: this.#undatedConfigs,
      now: () => now().getTime(),
      changed: () => this.#show(),
    });
    const { counts } = notes;
    this.#underWay.add(counts);
    try {
      const whole = await scanner.repository({
        name: repository,
        known: notes,
        notes,
        ...(listed && { listed }),
      });
      const { asOf, unread } = await notes.end({ whole, countUnread: countsPulls });
      await inventory.scanned(this.#scan.id, key, repository, whole ? asOf : undefined);
      if (this.#scan.byName && counts.tags.total === 0)
        await inventory.askedRepository({ registry: key, repository, asked: asOf, absent: whole });
      const { done, total } = this.#scan.repositories;
      const { costsPulls = 0 } = this.#scan;
      this.#underWay.delete(counts);
      this.#change({
        ...withCounts(this.#scan, counts),
        repositories: { done: done + 1, total },
        ...(countsPulls ? { costsPulls: costsPulls + unread } : {}),
      });
    } finally {
      this.#underWay.delete(counts);
      await notes.stored();
    }
  }

  #change(changes: Partial<Scan>): void {
    this.#scan = { ...this.#scan, ...changes };
    this.#show();
  }

  #show(): void {
    const now = performance.now();
    if (now - this.#shown >= SHOW_EVERY) {
      this.#shown = now;
      this.#options.publish(this.snapshot);
    }
    if (now - this.#kept < KEEP_EVERY || this.#keeping) return;
    this.#kept = now;
    this.#keeping = this.#keep().finally(() => {
      this.#keeping = undefined;
    });
  }

  /** Stores how far it is, and learns what another process asks for. */
  async #keep(): Promise<void> {
    try {
      const asked = await this.#options.inventory.keepScan({
        ...this.#row(),
        open: true,
        owner: this.#options.owner,
      });
      if (asked !== undefined) this.stop(asked === 'pause' ? 'paused' : 'cancelled');
    } catch {
      // Tried again in a moment; at the end it is reported.
    }
  }

  #row(): { id: string; registry: string; scan: Scan } {
    return { id: this.#scan.id, registry: this.#options.key, scan: this.#scan };
  }
}

function withCounts(scan: Scan, counts: RepositoryCounts): Scan {
  const { tags, requests, bytes, unread, firstUnread, undated, firstUndated } = counts;
  return {
    ...scan,
    tags: { done: scan.tags.done + tags.done, total: scan.tags.total + tags.total },
    requests: scan.requests + requests,
    bytes: scan.bytes + bytes,
    unread: scan.unread + unread,
    ...(firstUnread && !scan.firstUnread ? { firstUnread } : {}),
    undated: scan.undated + undated,
    ...(firstUndated && !scan.firstUndated ? { firstUndated } : {}),
  };
}
