import type { ContentCache, SecretField, SettingsFile, StoredAccount } from '../data/index.ts';
import {
  type Credentials,
  clientReader,
  hostOfRegistry,
  isLoopback,
  parseRegistryAddress,
  RegistryClient,
  type RegistryOptions,
} from '../engine/index.ts';
import type { SecretKeeper, SecretTexts } from './account-secrets.ts';
import { CachedReader } from './cached-reader.ts';
import { checkCertificates } from './certificates.ts';
import { ServiceError } from './errors.ts';
import type { SignIns } from './sign-ins/index.ts';
import type { AccessOverrides, AccountSettings, PlanPlace, RegistryHandle, RegistrySide } from './types.ts';

type Readers = Pick<RegistryHandle, 'reader' | 'urgentReader'>;

interface Entry {
  client: RegistryClient;
  readers: Readers;
  leases: number;
  retired: boolean;
}

export interface RegistriesOptions {
  settings: SettingsFile;
  secrets: SecretKeeper;
  signIns: SignIns;
  cache: ContentCache;
  environment: NodeJS.ProcessEnv;
  version: string;
  now: () => Date;
}

type Access = Pick<AccountSettings, 'url' | 'signIn' | 'tls' | 'proxy'>;

/**
 * One client for each account, made when first asked for and made anew when the account changes, also when another process
 * changed it. A client in use by an operation is closed when that has ended.
 */
export class Registries {
  readonly #options: RegistriesOptions;
  readonly #entries = new Map<string, { fingerprint: string; entry: Promise<Entry> }>();
  readonly #all = new Set<Entry>();
  /** Clients made of flags beside or instead of an account. */
  readonly #overridden = new WeakSet<RegistryClient>();
  readonly #byClient = new WeakMap<RegistryClient, Entry>();

  constructor(options: RegistriesOptions) {
    this.#options = options;
  }

  /** @throws ServiceError `accountUnknown`; DataError `keychainLocked`, `keychainUnavailable` */
  async handle(id: string): Promise<RegistryHandle> {
    const account = this.stored(id);
    const { settings } = this.#options.settings.read();
    const { url, signIn, tls, proxy, revision } = account;
    const common = [settings.requestConcurrency, settings.approvedHosts];
    const fingerprint = JSON.stringify([url, signIn, tls, proxy, revision, common]);
    const { client, readers } = await this.#entry(id, fingerprint, async () =>
      this.registryOptions(account, await this.#options.secrets.read(account)),
    );
    return this.#handleOf(account, this.#options.secrets.place(account), id, client, readers);
  }

  /** See `AccountsService.forHost`. */
  async forHost(address: string, overrides: AccessOverrides): Promise<RegistryHandle> {
    const wanted = parseRegistryAddress(
      address,
      overrides.plainHttp === undefined ? {} : { plainHttp: overrides.plainHttp },
    );
    return await this.#overriddenHandle(wanted, this.#accountFor(wanted, overrides), overrides);
  }

  /** The registry of a place in the journal. The flags given now win over what is stored, as in `forHost`. */
  async at({ accountId, host, url }: RegistrySide, overrides: AccessOverrides = {}): Promise<RegistryHandle> {
    if (accountId === '') return await this.forHost(url ?? host, overrides);
    const account = this.stored(accountId);
    const { plainHttp } = overrides;
    const wanted = parseRegistryAddress(host, plainHttp === undefined ? {} : { plainHttp });
    return await this.#overriddenHandle(wanted, account, overrides);
  }

  async #overriddenHandle(
    wanted: URL,
    account: StoredAccount | undefined,
    overrides: AccessOverrides,
  ): Promise<RegistryHandle> {
    const touched = Object.values(overrides).some((value) => value !== undefined);
    if (account && !touched) return await this.handle(account.id);

    const secrets: SecretTexts = account
      ? await this.#options.secrets.read(account, replacedBy(overrides))
      : {};
    const access: Access = account
      ? { url: account.url, signIn: account.signIn, tls: account.tls, proxy: account.proxy }
      : {
          url: wanted.origin,
          signIn: { kind: 'anonymous' },
          tls: { verify: true },
          proxy: { kind: 'system' },
        };
    if (overrides.plainHttp !== undefined) access.url = wanted.origin;
    await this.#applySignIn(access, secrets, overrides, account ? undefined : hostOfRegistry(wanted));
    const tightened = overrides.verify === true || overrides.authorities !== undefined;
    access.tls = {
      verify: overrides.insecure !== true && (tightened || access.tls.verify),
      authorities: overrides.authorities ?? access.tls.authorities,
      clientCertificate: overrides.clientCertificate ?? access.tls.clientCertificate,
    };
    if (overrides.clientKey !== undefined) secrets.clientKey = overrides.clientKey;
    if (overrides.clientKeyPassphrase !== undefined)
      secrets.clientKeyPassphrase = overrides.clientKeyPassphrase;
    checkCertificates(access.tls, secrets, this.#options.now());

    const fingerprint = JSON.stringify([access, secrets]);
    // Two sides of a copy may be signed in to one registry as two users: neither takes the other's client away.
    const key = touched ? `host ${access.url} ${fingerprint}` : `host ${access.url}`;
    const { client, readers } = await this.#entry(key, fingerprint, async () =>
      this.registryOptions(access, secrets),
    );
    this.#overridden.add(client);
    const stored = { readOnly: account?.readOnly ?? false, repositories: account?.repositories ?? [] };
    return this.#handleOf({ ...access, ...stored }, 'none', account?.id ?? null, client, readers);
  }

  /** The same registry as it is set up now: an account may have been edited or locked since the handle was given. */
  async fresh(handle: RegistryHandle): Promise<RegistryHandle> {
    if (handle.accountId === null) return handle;
    if (!this.#overridden.has(handle.client)) return await this.handle(handle.accountId);
    return { ...handle, readOnly: this.stored(handle.accountId).readOnly };
  }

  stored(id: string): StoredAccount {
    const account = this.#options.settings.read().accounts.find((candidate) => candidate.id === id);
    if (!account) throw new ServiceError('accountUnknown');
    return account;
  }

  /** What the engine needs to reach it, secrets included. */
  registryOptions(access: Access, secrets: SecretTexts): RegistryOptions {
    const { settings } = this.#options.settings.read();
    const { tls } = access;
    const credentials = credentialsOf(access, secrets);
    return {
      url: access.url,
      ...(credentials ? { credentials } : {}),
      tls: {
        verify: tls.verify,
        ...(tls.authorities ? { authorities: tls.authorities } : {}),
        ...(tls.clientCertificate ? { clientCertificate: tls.clientCertificate } : {}),
        ...(tls.clientCertificate && secrets.clientKey ? { clientKey: secrets.clientKey } : {}),
        ...(tls.clientCertificate && secrets.clientKeyPassphrase
          ? { clientKeyPassphrase: secrets.clientKeyPassphrase }
          : {}),
      },
      proxy:
        access.proxy.kind === 'url'
          ? { kind: 'url', url: withUser(access.proxy.url, secrets.proxy) }
          : access.proxy,
      approvedHosts: settings.approvedHosts,
      requestConcurrency: settings.requestConcurrency,
      userAgent: `Wharfinger/${this.#options.version}`,
      environment: this.#options.environment,
    };
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

  /** The account is gone: its client goes with it. */
  retire(id: string): void {
    const known = this.#entries.get(id);
    this.#entries.delete(id);
    if (known) this.#retireEntry(known.entry);
  }

  async close(): Promise<void> {
    this.#entries.clear();
    await Promise.all([...this.#all].map((entry) => this.#closeEntry(entry)));
  }

  #accountFor(wanted: URL, overrides: AccessOverrides): StoredAccount | undefined {
    const { accounts } = this.#options.settings.read();
    const user = overrides.username;
    const candidates = accounts.filter(
      (account) => hostOfRegistry(new URL(account.url)) === hostOfRegistry(wanted),
    );
    return (
      candidates.find(
        ({ signIn }) => user !== undefined && signIn.kind === 'password' && signIn.username === user,
      ) ??
      candidates.find(({ url }) => url === wanted.origin) ??
      candidates[0]
    );
  }

  async #applySignIn(
    access: Access,
    secrets: SecretTexts,
    overrides: AccessOverrides,
    /** Set where Docker's and Podman's sign-ins may be used. */ host: string | undefined,
  ): Promise<void> {
    if (overrides.anonymous) {
      access.signIn = { kind: 'anonymous' };
      return;
    }
    if (overrides.identityToken !== undefined) {
      access.signIn = { kind: 'identityToken' };
      secrets.identityToken = overrides.identityToken;
      return;
    }
    if (overrides.username !== undefined) {
      const same = access.signIn.kind === 'password' && access.signIn.username === overrides.username;
      access.signIn = { kind: 'password', username: overrides.username };
      if (overrides.password !== undefined) secrets.password = overrides.password;
      else if (!same)
        throw new ServiceError('invalidInput', `The password of ${overrides.username} is missing.`);
      return;
    }
    const found = host === undefined ? undefined : await this.#options.signIns.lookup(host);
    if (found?.kind === 'password') {
      access.signIn = { kind: 'password', username: found.username };
      secrets.password = found.password;
    } else if (found) {
      access.signIn = { kind: 'identityToken' };
      secrets.identityToken = found.token;
    }
  }

  async #entry(key: string, fingerprint: string, options: () => Promise<RegistryOptions>): Promise<Entry> {
    const known = this.#entries.get(key);
    if (known?.fingerprint === fingerprint) return await known.entry;
    if (known) this.#retireEntry(known.entry);
    const entry = options().then((made) => this.#open(made));
    this.#entries.set(key, { fingerprint, entry });
    try {
      return await entry;
    } catch (error) {
      // A locked keychain may be open the next time.
      if (this.#entries.get(key)?.entry === entry) this.#entries.delete(key);
      throw error;
    }
  }

  #open(options: RegistryOptions): Entry {
    const client = new RegistryClient(options);
    const { cache } = this.#options;
    const { origin } = client.url;
    const readers = {
      reader: new CachedReader(clientReader(client), origin, cache),
      urgentReader: new CachedReader(clientReader(client, { urgent: true }), origin, cache),
    };
    const entry: Entry = { client, readers, leases: 0, retired: false };
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
    await entry.client.close();
  }

  #handleOf(
    access: Access & { readOnly: boolean; repositories: readonly string[] },
    secrets: RegistryHandle['secrets'],
    accountId: string | null,
    client: RegistryClient,
    readers: Readers,
  ): RegistryHandle {
    return {
      accountId,
      host: hostOfRegistry(new URL(access.url)),
      client,
      ...readers,
      readOnly: access.readOnly,
      repositories: access.repositories,
      username: access.signIn.kind === 'password' ? access.signIn.username : undefined,
      clientCertificate: Boolean(access.tls.clientCertificate),
      insecure: insecurityOf(access),
      secrets,
    };
  }
}

/** Stored secrets that flags stand in for. */
function replacedBy({
  anonymous,
  password,
  identityToken,
  clientCertificate,
  clientKey,
}: AccessOverrides): SecretField[] {
  const signIn = anonymous === true || password !== undefined || identityToken !== undefined;
  const key = clientCertificate !== undefined || clientKey !== undefined;
  return [
    ...(signIn ? (['password', 'identityToken'] as const) : []),
    ...(key ? (['clientKey', 'clientKeyPassphrase'] as const) : []),
  ];
}

/** A repository of a registry, as plans and the journal name it. */
export function placeOf({ accountId, host, client }: RegistryHandle, repository: string): PlanPlace {
  return accountId === null
    ? { accountId: '', host, repository, url: client.url.origin }
    : { accountId, host, repository };
}

/** How traffic can be read or changed on its way; plain HTTP to this machine has no way to be on. */
export function insecurityOf(access: Pick<Access, 'url' | 'tls'>): 'no' | 'plainHttp' | 'unverified' {
  const { protocol, hostname } = new URL(access.url);
  if (protocol === 'http:') return isLoopback(hostname) ? 'no' : 'plainHttp';
  return access.tls.verify ? 'no' : 'unverified';
}

function credentialsOf(access: Access, secrets: SecretTexts): Credentials | undefined {
  const { signIn } = access;
  if (signIn.kind === 'password' && secrets.password !== undefined) {
    return { kind: 'password', username: signIn.username, password: secrets.password };
  }
  if (signIn.kind === 'identityToken' && secrets.identityToken !== undefined) {
    return { kind: 'identityToken', token: secrets.identityToken };
  }
  return undefined;
}

function withUser(url: string, user: string | undefined): string {
  if (!user) return url;
  const full = new URL(url);
  const colon = user.indexOf(':');
  full.username = colon < 0 ? user : user.slice(0, colon);
  full.password = colon < 0 ? '' : user.slice(colon + 1);
  return full.href;
}
