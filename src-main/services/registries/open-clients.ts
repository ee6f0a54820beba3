import type { ContentCache } from '../../data/index.ts';
import {
  clientReader,
  Identification,
  type ManifestReader,
  type Registry,
  RegistryClient,
  type RegistryOptions,
} from '../../engine/index.ts';
import type { RegistryHandle } from '../types.ts';
import { CachedReader } from './cached-reader.ts';

/** A client and what reads through it. */
export type OpenClient = Pick<RegistryHandle, 'client' | 'identification' | 'reader' | 'urgentReader'>;

/** What a client is made of. */
export interface ClientParts {
  options: RegistryOptions;
  /** The product that somebody said it is. */
  chosen?: string | undefined;
  /** The product it was the last time. */
  kept?: string | undefined;
  /** Called with the product it is. */
  found?: ((registry: Registry) => void) | undefined;
  /** Takes the facts of manifests that are read. */
  seen?: ManifestReader['seen'];
}

interface Entry {
  readonly open: OpenClient;
  leases: number;
  retired: boolean;
}

/** The clients that are open, each made when first asked for and made anew when what it was made of has changed. */
export class OpenClients {
  readonly #cache: ContentCache;
  readonly #facts: ManifestReader['facts'];
  readonly #entries = new Map<string, { fingerprint: string; entry: Promise<Entry> }>();
  readonly #all = new Set<Entry>();
  readonly #byClient = new WeakMap<RegistryClient, Entry>();

  constructor(cache: ContentCache, facts: ManifestReader['facts']) {
    this.#cache = cache;
    this.#facts = facts;
  }

  /** The client kept under a key. One of another fingerprint is closed once no one holds it. */
  async get(key: string, fingerprint: string, parts: () => Promise<ClientParts>): Promise<OpenClient> {
    const known = this.#entries.get(key);
    if (known?.fingerprint === fingerprint) return (await known.entry).open;
    if (known) this.#retireEntry(known.entry);
    const entry = parts().then((made) => this.#open(made));
    this.#entries.set(key, { fingerprint, entry });
    try {
      return (await entry).open;
    } catch (error) {
      // A locked keychain may be open the next time.
      if (this.#entries.get(key)?.entry === entry) this.#entries.delete(key);
      throw error;
    }
  }

  /** Keeps the client open until the answer is called, whatever happens to its account. */
  lease(client: RegistryClient): () => void {
    const entry = this.#byClient.get(client);
    if (!entry) return () => undefined;
    entry.leases++;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      entry.leases--;
      if (entry.retired && entry.leases === 0) void this.#closeEntry(entry);
    };
  }

  /** No one asks for this key any more: its client is closed once no one holds it. */
  retire(key: string): void {
    const known = this.#entries.get(key);
    this.#entries.delete(key);
    if (known) this.#retireEntry(known.entry);
  }

  async close(): Promise<void> {
    this.#entries.clear();
    await Promise.all([...this.#all].map((entry) => this.#closeEntry(entry)));
  }

  #open({ options, chosen, kept, found, seen }: ClientParts): Entry {
    const client = new RegistryClient(options);
    const { origin } = client.url;
    const known = { seen, facts: this.#facts };
    const urgent = clientReader(client, { urgent: true });
    const open = {
      client,
      identification: new Identification(client, { chosen, kept, found }),
      reader: new CachedReader(clientReader(client), origin, this.#cache, known),
      urgentReader: new CachedReader(urgent, origin, this.#cache, known),
    };
    const entry: Entry = { open, leases: 0, retired: false };
    this.#all.add(entry);
    this.#byClient.set(client, entry);
    return entry;
  }

  #retireEntry(pending: Promise<Entry>): void {
    void pending.then(
      (entry) => {
        entry.retired = true;
        if (entry.leases === 0) void this.#closeEntry(entry);
      },
      () => undefined,
    );
  }

  async #closeEntry(entry: Entry): Promise<void> {
    if (!this.#all.delete(entry)) return;
    await entry.open.client.close();
  }
}
