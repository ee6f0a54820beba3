import { accountOf, type RegistryPlace } from '../../common/place.ts';
import type { ContentCache, Inventory, SettingsFile, StoredAccount } from '../../data/index.ts';
import {
  hostOfRegistry,
  parseRegistryAddress,
  type RegistryClient,
  type RegistryOptions,
} from '../../engine/index.ts';
import type { SignIns } from '../sign-ins/index.ts';
import type { SecretKeeper, SecretTexts } from '../sign-ins/secrets.ts';
import type { AccessOverrides, RegistryHandle } from '../types.ts';
import { AccessResolver, insecurityOf } from './access.ts';
import { type Access, clientOptions } from './client-options.ts';
import { CredentialReaders } from './credential-readers.ts';
import { type ClientParts, type OpenClient, OpenClients } from './open-clients.ts';
import { knownFacts, SeenFacts } from './seen-facts.ts';
import { StoredAccounts } from './stored-accounts.ts';

export { insecurityOf } from './access.ts';

export interface RegistriesOptions {
  settings: SettingsFile;
  secrets: SecretKeeper;
  signIns: SignIns;
  cache: ContentCache;
  inventory: Inventory;
  environment: NodeJS.ProcessEnv;
  version: string;
  trace?: RegistryOptions['trace'];
  now: () => Date;
}

/**
 * One client for each account, made when first asked for and made anew when the account changes, also when another process
 * changed it. A client in use by an operation is closed when that has ended.
 */
export class Registries {
  readonly #options: RegistriesOptions;
  readonly #accounts: StoredAccounts;
  readonly #access: AccessResolver;
  readonly #readers: CredentialReaders;
  readonly #clients: OpenClients;
  readonly #seen: SeenFacts;
  /** Clients made of flags beside or instead of an account. */
  readonly #overridden = new WeakSet<RegistryClient>();

  constructor(options: RegistriesOptions) {
    this.#options = options;
    this.#accounts = new StoredAccounts(options.settings, options.now);
    this.#readers = new CredentialReaders({ ...options, accounts: this.#accounts });
    this.#access = new AccessResolver({ ...options, accounts: this.#accounts, readers: this.#readers });
    this.#clients = new OpenClients(options.cache, knownFacts(options.inventory));
    this.#seen = new SeenFacts(options.inventory, options.now);
  }

  /** @throws ServiceError `accountUnknown`; DataError `keychainLocked`, `keychainUnavailable` */
  async handle(id: string): Promise<RegistryHandle> {
    const account = this.stored(id);
    const { settings } = this.#options.settings.read();
    const { url, signIn, tls, proxy, uploadChunk, debugUrl, apiPath, chosenSystem, revision } = account;
    const common = [settings.requestConcurrency, settings.approvedHosts];
    const fingerprint = JSON.stringify([
      url,
      signIn,
      tls,
      proxy,
      uploadChunk,
      debugUrl,
      apiPath,
      chosenSystem,
      revision,
      common,
    ]);
    const open = await this.#clients.get(id, fingerprint, async () => ({
      options: {
        ...this.registryOptions(account, await this.#options.secrets.read(account)),
        readCredentials: this.#readers.ofAccount(id, url),
      },
      ...this.#productOf(account),
    }));
    return this.#handleOf(account, this.#options.secrets.place(account), id, open);
  }

  /** See `AccountsService.forHost`. */
  async forHost(
    address: string,
    overrides: AccessOverrides,
    repository?: string | undefined,
  ): Promise<RegistryHandle> {
    const { plainHttp } = overrides;
    const wanted = parseRegistryAddress(address, plainHttp === undefined ? {} : { plainHttp });
    const chosen = plainHttp !== undefined || /^https?:\/\//i.test(address.trim());
    const account = this.#accounts.for(wanted, chosen, overrides.username);
    return await this.#overriddenHandle(wanted, account, overrides, repository);
  }

  /** The registry of a place in the journal. The flags given now win over what is stored, as in `forHost`. */
  async at(
    place: RegistryPlace & { repository?: string },
    overrides: AccessOverrides = {},
  ): Promise<RegistryHandle> {
    const { repository } = place;
    if ('origin' in place) return await this.forHost(place.origin, overrides, repository);
    const account = this.stored(place.account);
    const { plainHttp } = overrides;
    const wanted = parseRegistryAddress(place.host, plainHttp === undefined ? {} : { plainHttp });
    // Flags that lead to another origin leave the account's secrets behind, and its lock in force.
    const fits = plainHttp === undefined || account.url === wanted.origin;
    return await this.#overriddenHandle(wanted, fits ? account : undefined, overrides, repository);
  }

  async #overriddenHandle(
    wanted: URL,
    account: StoredAccount | undefined,
    overrides: AccessOverrides,
    repository: string | undefined,
  ): Promise<RegistryHandle> {
    const touched = Object.values(overrides).some((value) => value !== undefined);
    if (account && !touched) return await this.handle(account.id);

    const resolved = await this.#access.resolve(wanted, account, overrides, repository);
    const { access, secrets, readCredentials, problems } = resolved;
    const options = {
      ...this.registryOptions(access, secrets, overrides.approvedHosts),
      readCredentials,
    };
    const fingerprint = JSON.stringify([access, secrets, options.approvedHosts]);
    // Two sides of a copy may be signed in to one registry as two users: neither takes the other's client away.
    const key = `host ${access.url} ${fingerprint}`;
    const open = await this.#clients.get(key, fingerprint, async () => ({
      options,
      ...(account ? this.#productOf(account) : {}),
    }));
    this.#overridden.add(open.client);
    const locked = account ? account.readOnly : this.#accounts.on(wanted).some(({ readOnly }) => readOnly);
    const stored = { readOnly: locked, repositories: account?.repositories ?? [] };
    const handle = this.#handleOf({ ...access, ...stored }, 'none', account?.id, open);
    return { ...handle, problems };
  }

  /** The same registry as it is set up now: an account may have been edited or locked since the handle was given. */
  async fresh(handle: RegistryHandle): Promise<RegistryHandle> {
    const account = accountOf(handle.place);
    if (account === undefined) {
      const locked = this.#accounts.on(handle.client.url).some(({ readOnly }) => readOnly);
      return { ...handle, readOnly: locked };
    }
    if (!this.#overridden.has(handle.client)) return await this.handle(account);
    return { ...handle, readOnly: this.stored(account).readOnly };
  }

  /** @throws ServiceError `accountUnknown` */
  stored(id: string): StoredAccount {
    return this.#accounts.get(id);
  }

  /** What the engine needs to reach it, secrets included. */
  registryOptions(
    access: Access,
    secrets: SecretTexts,
    approvedHosts: readonly string[] = [],
  ): RegistryOptions {
    const { settings } = this.#options.settings.read();
    return {
      ...clientOptions(access, secrets),
      approvedHosts: [...settings.approvedHosts, ...approvedHosts],
      requestConcurrency: settings.requestConcurrency,
      userAgent: `Wharfinger/${this.#options.version}`,
      trace: this.#options.trace,
      environment: this.#options.environment,
    };
  }

  /** Keeps the client open until the answer is called, whatever happens to its account. */
  lease(client: RegistryClient): () => void {
    return this.#clients.lease(client);
  }

  /** The account is gone: its client goes with it. */
  retire(id: string): void {
    this.#clients.retire(id);
  }

  async close(): Promise<void> {
    await this.#clients.close();
    this.#seen.store();
  }

  #productOf({
    id,
    system,
    chosenSystem,
  }: StoredAccount): Pick<ClientParts, 'chosen' | 'kept' | 'found' | 'seen'> {
    return {
      chosen: chosenSystem,
      kept: system,
      found: (registry) => this.#accounts.keepProduct(id, registry),
      seen: (repository, facts) => this.#seen.add(id, repository, facts),
    };
  }

  #handleOf(
    access: Access & { readOnly: boolean; repositories: readonly string[] },
    secrets: RegistryHandle['secrets'],
    account: string | undefined,
    open: OpenClient,
  ): RegistryHandle {
    const host = hostOfRegistry(new URL(access.url));
    return {
      place: account === undefined ? { origin: open.client.url.origin, host } : { account, host },
      host,
      ...open,
      readOnly: access.readOnly,
      noteWrites: (found) => {
        if (account !== undefined) this.#accounts.keepWrites(account, open.client.url, found);
      },
      protects: this.#accounts.protectionAt(new URL(access.url)),
      repositories: access.repositories,
      username: access.signIn.kind === 'password' ? access.signIn.username : undefined,
      clientCertificate: Boolean(access.tls.clientCertificate),
      insecure: insecurityOf(access),
      secrets,
      problems: [],
    };
  }
}
