import { randomUUID } from 'node:crypto';
import {
  DIGEST_KINDS,
  type FoundDigest,
  type FoundLayerFiles,
  type FoundManifests,
  type FoundPackages,
  type ImageBase,
  LOOKS,
  type LookedFor,
  type LookedInto,
  type Looking,
  type Sought,
  type UnreadLayers,
} from '../../common/find.ts';
import type { Inventory, UnfinishedLooks } from '../../data/index.ts';
import type { AccountsService } from '../core/accounts.ts';
import type { FindService } from '../core/find.ts';
import type { ImageAt } from '../core/image-at.ts';
import type { PackagesService } from '../core/packages.ts';
import { ServiceError } from '../errors.ts';
import { Feed } from '../feed.ts';
import type { KnownLayers } from '../layers/known-layers.ts';
import { registryKey } from '../registry-key.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import { findBase } from './base.ts';
import { findFiles } from './files.ts';
import { LookRun, type LookRunOptions } from './look-run.ts';
import { findPackages, type PackagesSearch } from './packages.ts';
import { type NameRegistry, registryNames } from './places.ts';

export interface FindOptions {
  inventory: Inventory;
  layers: KnownLayers;
  packages: PackagesService;
  accounts: Pick<AccountsService, 'list' | 'handle'>;
  unfinished: UnfinishedLooks;
}

/** Where digests, packages and files are, as far as registries were scanned and images looked into. */
export class Find implements FindService {
  readonly #options: FindOptions;
  readonly #feed = new Feed<Looking>(() => undefined);
  #run: LookRun | undefined;
  #closing = false;

  constructor(options: FindOptions) {
    this.#options = options;
  }

  async digests(text: string, { signal }: CallOptions = {}): Promise<FoundDigest[]> {
    const found = await this.#options.inventory.foundDigests(text.trim(), signal);
    return found.map(({ kind, ...each }) => ({
      ...each,
      kind: DIGEST_KINDS.find((known) => known === kind) ?? 'unknown',
    }));
  }

  packages(search: PackagesSearch, { signal }: CallOptions = {}): Promise<FoundPackages> {
    return findPackages(this.#options.inventory, search, signal);
  }

  files(text: string, { signal }: CallOptions = {}): AsyncGenerator<FoundLayerFiles, void, void> {
    return findFiles(this.#options.layers, text.trim(), signal);
  }

  async places(
    search: { of: Sought; offset: number; limit: number },
    { signal }: CallOptions = {},
  ): Promise<FoundManifests> {
    const nameOf = this.#names();
    const { items, total } = await this.#options.inventory.ask('foundPlaces', search, signal);
    return { items: items.map(({ registry, ...place }) => ({ ...nameOf(registry), ...place })), total };
  }

  looked(registry?: string, { signal }: CallOptions = {}): Promise<LookedInto> {
    const scope = registry === undefined ? undefined : { registry };
    return this.#options.inventory.ask('lookedCounts', scope, signal);
  }

  async unreadLayers(registry?: string, { signal }: CallOptions = {}): Promise<UnreadLayers> {
    const { inventory, layers } = this.#options;
    const scope = registry === undefined ? undefined : { registry };
    return await inventory.ask('unreadLayers', { scope, known: await layers.digests() }, signal);
  }

  look(what: LookedFor, accountId?: string): { id: string } {
    const { accounts, unfinished } = this.#options;
    const ids = accountId === undefined ? accounts.list().map(({ id }) => id) : [accountId];
    const started = this.#start({
      what,
      accountId,
      registries: ids.map((key) => ({ key, open: () => accounts.handle(key) })),
    });
    unfinished.note(ids, what);
    void this.#run?.ended.then(() => {
      if (!this.#closing) unfinished.note([], what);
    });
    return started;
  }

  /** Goes on where the program ended in the middle. */
  resume(): void {
    const { accounts, unfinished } = this.#options;
    const { ids, what } = unfinished.noted();
    const left = new Set(ids);
    const known = accounts.list().filter(({ id }) => left.has(id));
    const [only, ...more] = known;
    const read = LOOKS.find((each) => each === what);
    if (only && read) this.look(read, more.length === 0 ? only.id : undefined);
  }

  lookAt(what: LookedFor, registry: RegistryHandle): { id: string } {
    const key = registryKey(registry.place);
    return this.#start({ what, registries: [{ key, open: async () => registry }] });
  }

  async stop(): Promise<void> {
    this.#run?.stop();
    await this.#run?.ended;
  }

  watch({ signal }: CallOptions = {}): AsyncGenerator<Looking, void, void> {
    return this.#feed.subscribe(() => (this.#run ? [this.#run.snapshot] : []), signal);
  }

  base(
    image: ImageAt,
    { index, signal }: CallOptions & { index?: string | undefined } = {},
  ): Promise<ImageBase> {
    const { inventory, accounts } = this.#options;
    return findBase({ inventory, accounts: accounts.list(), nameOf: this.#names() }, image, index, signal);
  }

  /** What is under way goes on the next time. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.stop();
    this.#feed.close();
  }

  #start(of: Pick<LookRunOptions, 'what' | 'accountId' | 'registries'>): { id: string } {
    if (this.#run?.snapshot.status === 'running')
      throw new ServiceError('busy', 'Images are being looked into.');
    const { inventory, packages, layers } = this.#options;
    const id = randomUUID();
    const publish = (snapshot: Looking) => this.#feed.publish(snapshot);
    this.#run = new LookRun({ ...of, id, inventory, packages, layers, publish });
    return { id };
  }

  #names(): NameRegistry {
    return registryNames(this.#options.accounts.list());
  }
}
