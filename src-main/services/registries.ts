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
import type {
  AccessOverrides,
  AccountSettings,
  Failure,
  PlanPlace,
  RegistryHandle,
  RegistrySide,
} from './types.ts';

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
  trace?: RegistryOptions['trace'];
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
  async forHost(
    address: string,
    overrides: AccessOverrides,
    repository?: string | undefined,
  ): Promise<RegistryHandle> {
    const { plainHttp } = overrides;
    const wanted = parseRegistryAddress(address, plainHttp === undefined ? {} : { plainHttp });
    const chosen = plainHttp !== undefined || /^https?:\/\//i.test(address.trim());
    const account = this.#accountFor(wanted, chosen, overrides.username);
    return await this.#overriddenHandle(wanted, account, overrides, repository);
  }

  /** The registry of a place in the journal. The flags given now win over what is stored, as in `forHost`. */
  async at(
    { accountId, host, url, repository }: RegistrySide & { repository?: string },
    overrides: AccessOverrides = {},
  ): Promise<RegistryHandle> {
    if (accountId === '') return await this.forHost(url ?? host, overrides, repository);
    const account = this.stored(accountId);
    const { plainHttp } = overrides;
    const wanted = parseRegistryAddress(host, plainHttp === undefined ? {} : { plainHttp });
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
    const problems: Failure[] = [];
    if (isSaid(overrides)) applySaid(access, secrets, overrides);
    else if (!account) problems.push(...(await this.#applyFound(access, secrets, wanted, repository)));
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

    const options = this.registryOptions(access, secrets, overrides.approvedHosts);
    const fingerprint = JSON.stringify([access, secrets, options.approvedHosts]);
    // Two sides of a copy may be signed in to one registry as two users: neither takes the other's client away.
    const key = `host ${access.url} ${fingerprint}`;
    const { client, readers } = await this.#entry(key, fingerprint, async () => options);
    this.#overridden.add(client);
    const locked = account ? account.readOnly : this.#accountsOn(wanted).some(({ readOnly }) => readOnly);
    const stored = { readOnly: locked, repositories: account?.repositories ?? [] };
    const handle = this.#handleOf({ ...access, ...stored }, 'none', account?.id ?? null, client, readers);
    return { ...handle, problems };
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
  registryOptions(
    access: Access,
    secrets: SecretTexts,
    approvedHosts: readonly string[] = [],
  ): RegistryOptions {
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
      approvedHosts: [...settings.approvedHosts, ...approvedHosts],
      requestConcurrency: settings.requestConcurrency,
      userAgent: `Wharfinger/${this.#options.version}`,
      trace: this.#options.trace,
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

  /** The accounts of a host, whatever the scheme. */
  #accountsOn(wanted: URL): StoredAccount[] {
    const host = hostOfRegistry(wanted);
    return this.#options.settings
      .read()
      .accounts.filter((account) => hostOfRegistry(new URL(account.url)) === host);
  }

  /**
   * The account of an origin. Where no scheme was chosen, the way that the account of the host was stored with counts: nothing
   * that is stored for https is used over plain http.
   */
  #accountFor(wanted: URL, chosen: boolean, user: string | undefined): StoredAccount | undefined {
    const known = this.#accountsOn(wanted);
    const exact = known.filter(({ url }) => url === wanted.origin);
    const candidates = chosen || exact.length > 0 ? exact : known;
    const isUsers = ({ signIn }: StoredAccount) => signIn.kind === 'password' && signIn.username === user;
    return candidates.find(isUsers) ?? candidates[0];
  }

  /** What Docker's and Podman's files hold for a place. @returns what could not be read or used of them */
  async #applyFound(
    access: Access,
    secrets: SecretTexts,
    wanted: URL,
    repository: string | undefined,
  ): Promise<Failure[]> {
    const plainHttp = wanted.protocol === 'http:' && !isLoopback(wanted.hostname);
    const secure = plainHttp && this.#accountsOn(wanted).find(({ url }) => url.startsWith('https:'));
    // A registry known to speak https is not sent a stored password in the clear, wherever it is stored.
    if (secure)
      return [
        {
          code: 'unauthorized',
          message: `The account for ${secure.url} is not used over plain http: its password could be read on its way.`,
        },
      ];
    const host = hostOfRegistry(wanted);
    const { found, problems } = await this.#options.signIns.lookup({ host, repository, plainHttp });
    if (found?.kind === 'password') {
      access.signIn = { kind: 'password', username: found.username };
      secrets.password = found.password;
    } else if (found) {
      access.signIn = { kind: 'identityToken' };
      secrets.identityToken = found.token;
    }
    return problems;
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
      problems: [],
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

function isSaid({ anonymous, identityToken, username }: AccessOverrides): boolean {
  return anonymous === true || identityToken !== undefined || username !== undefined;
}

/** The sign-in that the flags say. */
function applySaid(access: Access, secrets: SecretTexts, overrides: AccessOverrides): void {
  const { identityToken, username, password } = overrides;
  if (overrides.anonymous) {
    access.signIn = { kind: 'anonymous' };
  } else if (identityToken !== undefined) {
    access.signIn = { kind: 'identityToken' };
    secrets.identityToken = identityToken;
  } else if (username !== undefined) {
    const same = access.signIn.kind === 'password' && access.signIn.username === username;
    access.signIn = { kind: 'password', username };
    if (password !== undefined) secrets.password = password;
    else if (!same) throw new ServiceError('invalidInput', `The password of ${username} is missing.`);
  }
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
  // The setters leave a percent sign as it is, which would then encode what follows it.
  full.username = encodeURIComponent(colon < 0 ? user : user.slice(0, colon));
  full.password = encodeURIComponent(colon < 0 ? '' : user.slice(colon + 1));
  return full.href;
}
