import { randomUUID } from 'node:crypto';
import type { Scan, ScannedPart, ScanScope } from '../../common/inventory.ts';
import { accountOf } from '../../common/place.ts';
import { DataError, type Inventory, isAlive, type ProcessMark, type SettingsFile } from '../../data/index.ts';
import type { InventoryService } from '../core/inventory.ts';
import { ServiceError } from '../errors.ts';
import { Feed } from '../feed.ts';
import type { Registries } from '../registries/index.ts';
import { registryKey } from '../registry-key.ts';
import type { AccessOverrides, CallOptions, RegistryHandle } from '../types.ts';
import { covers, goesOn, isSameScope, type KeptRow, readsAlike, scanOf } from './kept-scan.ts';
import { type NamesElsewhere, ScanRun } from './scan-run.ts';

/** Milliseconds between two looks at scans of other processes while somebody watches. */
const LOOK_EVERY = 1_000;

export interface ScansOptions {
  inventory: Inventory;
  registries: Registries;
  settings: SettingsFile;
  owner: ProcessMark;
  now: () => Date;
}

/** Scans of registries, in the background: one of a registry at a time over all processes. */
export class Scans implements InventoryService {
  readonly #options: ScansOptions;
  readonly #runs = new Map<string, ScanRun>();
  readonly #feed: Feed<Scan>;
  /** Of other processes, as they were reported last, as JSON. */
  readonly #reported = new Map<string, string>();
  #looking: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: ScansOptions) {
    this.#options = options;
    this.#feed = new Feed((watched) => {
      clearInterval(this.#looking);
      // It keeps this process: who watches may wait for another one and for nothing else.
      if (watched && !this.#closed) this.#looking = setInterval(() => void this.#look(), LOOK_EVERY);
    });
  }

  async scan(
    registry: RegistryHandle,
    scope: ScanScope,
    { names }: { names?: NamesElsewhere } = {},
  ): Promise<{ scanId: string }> {
    const key = registryKey(registry.place);
    const rows = await this.#options.inventory.scans({ registry: key });
    const gone = await this.#gone(rows);
    const own = rows.filter((row) => {
      const kept = scanOf(row);
      return kept ? isSameScope(kept, scope) : row.owner === undefined;
    });
    const kept = own.flatMap((row) => (row.open ? (scanOf(row) ?? []) : []))[0];
    const now = this.#options.now();
    const fits = kept !== undefined && goesOn(kept, now.getTime()) && readsAlike(kept, scope);
    const scan = fits ? kept : newScan(registry, scope, now);
    await this.#take(registry, key, scan, gone, names);
    for (const { id } of own) if (id !== scan.id) await this.#options.inventory.removeScan(id);
    return { scanId: scan.id };
  }

  watch({ signal }: CallOptions = {}): AsyncGenerator<Scan, void, void> {
    return this.#feed.subscribe(() => this.#all(), signal);
  }

  async finished(id: string, { signal }: CallOptions = {}): Promise<Scan> {
    let last: Scan | undefined;
    for await (const scan of this.#feed.subscribe(() => this.#all(), signal)) {
      if (scan.id !== id) continue;
      last = scan;
      if (scan.status !== 'running') return scan;
    }
    signal?.throwIfAborted();
    if (!last) throw new ServiceError('operationUnknown', 'There is no such scan.');
    return last;
  }

  async lastOf(registry: RegistryHandle, part: ScannedPart): Promise<Scan | undefined> {
    const rows = await this.#options.inventory.scans({ registry: registryKey(registry.place) });
    return rows
      .flatMap((row) => scanOf(row) ?? [])
      .filter((scan) => scan.status === 'done' && covers(scan, part))
      .sort((a, b) => Date.parse(b.started) - Date.parse(a.started))[0];
  }

  async whenFree(registry: RegistryHandle, { signal }: CallOptions = {}): Promise<void> {
    for (;;) {
      const rows = await this.#options.inventory.scans({ registry: registryKey(registry.place) });
      const gone = await this.#gone(rows);
      const working = rows.find(({ owner }) => owner !== undefined && !gone.includes(owner));
      if (!working) return;
      await this.finished(working.id, { signal });
    }
  }

  async pause(id: string): Promise<void> {
    const run = this.#runs.get(id);
    if (!run) {
      await this.#options.inventory.askScan(id, 'pause');
      return;
    }
    run.stop('paused');
    await run.ended;
  }

  async cancel(id: string): Promise<void> {
    const run = this.#runs.get(id);
    if (run) {
      run.stop('cancelled');
      await run.ended;
      return;
    }
    const [row, scan] = await this.#kept(id);
    const isLeft = (await this.#gone([row])).length > 0;
    if (!isLeft && (await this.#options.inventory.askScan(id, 'cancel'))) return;
    if (!scan || scan.status === 'done') return;
    const ended: Scan = { ...scan, status: 'cancelled' };
    await this.#options.inventory.keepScan({ id, registry: row.registry, scan: ended, open: false });
    this.#feed.publish(ended);
  }

  async resume(id: string, access?: AccessOverrides): Promise<void> {
    const [row, scan] = await this.#kept(id);
    if (!scan || !row.open || this.#runs.has(id)) return;
    const registry = await this.#options.registries.at(scan.place, access);
    await this.#take(registry, row.registry, scan, await this.#gone([row]));
  }

  /** Goes on with scans that ended with the program. What cannot be begun (a locked keychain) stays as it is. */
  async resumeInterrupted(): Promise<void> {
    for (const row of await this.#options.inventory.scans({ open: true })) {
      const scan = scanOf(row);
      const ended = scan && (scan.status === 'running' || scan.status === 'interrupted');
      if (!ended || accountOf(scan.place) === undefined) continue;
      await this.resume(scan.id).catch(() => {});
    }
  }

  /** Whether a scan of this account runs in this process. */
  inUse(accountId: string): boolean {
    return [...this.#runs.values()].some(({ snapshot }) => accountOf(snapshot.place) === accountId);
  }

  /** Interrupts what runs, so that it goes on where it was, and waits until that is stored. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#looking);
    for (const run of this.#runs.values()) run.stop('interrupted');
    await Promise.all([...this.#runs.values()].map((run) => run.ended));
    this.#feed.close();
  }

  /** @throws ServiceError `busy` where the registry is being scanned */
  async #take(
    registry: RegistryHandle,
    key: string,
    scan: Scan,
    gone: readonly string[],
    names?: NamesElsewhere,
  ): Promise<void> {
    const { inventory, settings, owner, now, registries } = this.#options;
    const { ended: _ended, failure: _failure, ...rest } = scan;
    const begun: Scan = { ...rest, status: 'running' };
    const row = { id: scan.id, registry: key, scan: begun, open: true, owner: owner.text };
    if (this.#closed || (await inventory.takeScan(row, gone)) !== undefined)
      throw new ServiceError('busy', 'This registry is being scanned.');
    const release = registries.lease(registry.client);
    const run = new ScanRun({
      scan: begun,
      registry,
      key,
      inventory,
      owner: owner.text,
      concurrency: settings.read().settings.requestConcurrency,
      now,
      names,
      publish: (snapshot) => this.#feed.publish(snapshot),
    });
    this.#runs.set(scan.id, run);
    this.#feed.publish(begun);
    void run.ended.finally(() => {
      this.#runs.delete(scan.id);
      release();
    });
  }

  async #kept(id: string): Promise<[KeptRow, Scan | undefined]> {
    const row = (await this.#options.inventory.scans({})).find((each) => each.id === id);
    if (!row) throw new ServiceError('operationUnknown', 'There is no such scan.');
    return [row, scanOf(row)];
  }

  /** Marks of processes that work on none of these any more: they have ended, or could not store that they did (a full disk). */
  async #gone(rows: readonly KeptRow[]): Promise<string[]> {
    const gone: string[] = [];
    for (const { owner } of rows) {
      if (owner === undefined) continue;
      const works = owner === this.#options.owner.text ? this.#runs.size > 0 : await isAlive(owner);
      if (!works) gone.push(owner);
    }
    return gone;
  }

  async #all(): Promise<Scan[]> {
    const rows = await this.#options.inventory.scans({});
    const gone = await this.#gone(rows);
    return rows.flatMap((row) => {
      const running = this.#runs.get(row.id)?.snapshot;
      if (running) return [running];
      const scan = scanOf(row);
      if (!scan) return [];
      const works = row.owner !== undefined && !gone.includes(row.owner);
      return [scan.status === 'running' && !works ? { ...scan, status: 'interrupted' as const } : scan];
    });
  }

  /** Reports what other processes do. */
  async #look(): Promise<void> {
    try {
      for (const scan of await this.#all()) {
        const text = JSON.stringify(scan);
        if (this.#runs.has(scan.id) || this.#reported.get(scan.id) === text) continue;
        this.#reported.set(scan.id, text);
        this.#feed.publish(scan);
      }
    } catch (error) {
      // A disk in trouble is reported by what the user does; looking is tried again.
      if (!(error instanceof DataError)) throw error;
    }
  }
}

function newScan(registry: RegistryHandle, scope: ScanScope, now: Date): Scan {
  return {
    id: randomUUID(),
    place: registry.place,
    ...scope,
    status: 'running',
    listed: false,
    repositories: { done: 0, total: 0 },
    tags: { done: 0, total: 0 },
    requests: 0,
    bytes: 0,
    unread: 0,
    undated: 0,
    started: now.toISOString(),
  };
}
