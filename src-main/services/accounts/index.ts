import { randomUUID } from 'node:crypto';
import {
  type Account,
  type AccountSecrets,
  type AccountSettings,
  type AccountTrial,
  type FoundSignIns,
  type ImportedSignIns,
  type KeychainState,
  protectedTags,
  type TestStep,
} from '../../common/account.ts';
import type { RegistryPlace } from '../../common/place.ts';
import type {
  CredentialStore,
  SecretField,
  SettingsFile,
  StoredAccount,
  WrittenSecrets,
} from '../../data/index.ts';
import {
  byHost,
  checkRepository,
  type DiagnosisStep,
  diagnose,
  hostOfRegistry,
  systemIdOf,
} from '../../engine/index.ts';
import type { AccountsService } from '../core/accounts.ts';
import { ServiceError } from '../errors.ts';
import { failureOf } from '../failure.ts';
import { insecurityOf, type Registries } from '../registries/index.ts';
import { checkCertificates } from '../sign-ins/certificates.ts';
import { credentialsOf, type SignIns } from '../sign-ins/index.ts';
import { given, type SecretKeeper, type SecretTexts } from '../sign-ins/secrets.ts';
import type { AccessOverrides, CallOptions, RegistryHandle } from '../types.ts';
import { identityOf, onlyUsed, type Prepared, prepare, storable } from './draft.ts';
import { accountOf, isKnown } from './found.ts';
import { secretChanges, withStored } from './secret-changes.ts';

export interface AccountsOptions {
  settings: SettingsFile;
  secrets: SecretKeeper;
  credentials: CredentialStore;
  registries: Registries;
  signIns: SignIns;
  /** Whether one of the account's operations runs. */
  inUse: (accountId: string) => boolean;
  /** Forgets what was listed for it. */
  forget: (accountId: string) => void;
  now: () => Date;
}

export class Accounts implements AccountsService {
  readonly #options: AccountsOptions;

  constructor(options: AccountsOptions) {
    this.#options = options;
  }

  list(): Account[] {
    return this.#options.settings.read().accounts.map((account) => this.#view(account));
  }

  add(settings: AccountSettings, secrets: AccountSecrets): Promise<Account> {
    return this.#add(settings, secrets);
  }

  async addBeside(id: string, { name, url }: { name: string; url: string }): Promise<Account> {
    const { signIn, tls, proxy, uploadChunk, ...like } = this.#options.registries.stored(id);
    const { proxy: _, ...secrets } = await this.#options.secrets.read({
      ...like,
      signIn,
      tls,
      proxy,
      uploadChunk,
    });
    const taken = { name, url, signIn, tls, proxy, uploadChunk, readOnly: like.readOnly, repositories: [] };
    return await this.#add(taken, secrets);
  }

  async #add(settings: AccountSettings, secrets: AccountSecrets, foundAs?: string): Promise<Account> {
    const prepared = prepare(settings);
    const texts: SecretTexts = { ...given(secrets), proxy: prepared.proxyUser };
    checkCertificates(prepared.tls, texts, this.#options.now());
    this.#refuseDuplicate(prepared, undefined);
    const id = randomUUID();
    const keychainFields = await this.#options.secrets.write(id, onlyUsed(prepared, texts), []);
    const account = {
      ...storable(prepared),
      id,
      system: prepared.chosenSystem ?? systemAt(prepared.url),
      revision: 0,
      protectedTags: [],
      keychainFields,
      foundAs,
    };
    return await this.#keep(account, texts, (content) => {
      this.#refuseDuplicate(prepared, undefined);
      content.accounts.push(account);
    });
  }

  async update(id: string, settings: AccountSettings, secrets: AccountSecrets): Promise<Account> {
    const before = this.#options.registries.stored(id);
    const prepared = prepare(settings);
    const changes = secretChanges(before, prepared, given(secrets));
    await this.#checkCertificates(before, prepared, changes);
    this.#refuseDuplicate(prepared, id);
    const keychainFields = await this.#options.secrets.write(id, changes, before.keychainFields);
    this.#options.settings.update(
      (content) => {
        const stored = find(content.accounts, id);
        Object.assign(stored, storable(prepared), { keychainFields, revision: stored.revision + 1 });
        // What the user says himself is not taken over from anywhere.
        const isSaid = secrets.password !== undefined || secrets.identityToken !== undefined;
        if (isSaid || identityOf(before) !== identityOf(stored)) stored.foundAs = undefined;
        if (stored.url === before.url && stored.chosenSystem === before.chosenSystem) return;
        stored.system = stored.chosenSystem ?? systemAt(stored.url);
        stored.product = undefined;
      },
      writtenOf(before, changes),
    );
    return this.#view(this.#options.registries.stored(id));
  }

  async remove(id: string): Promise<void> {
    const account = this.#options.registries.stored(id);
    if (this.#options.inUse(id)) throw new ServiceError('busy', 'An operation of this registry is running.');
    await this.#options.secrets.remove(account);
    this.#options.settings.update((content) => {
      content.accounts = content.accounts.filter((candidate) => candidate.id !== id);
    });
    this.#options.registries.retire(id);
    this.#options.forget(id);
  }

  reorder(ids: readonly string[]): Account[] {
    this.#options.settings.update((content) => {
      if (ids.length !== content.accounts.length || new Set(ids).size !== ids.length) {
        throw new ServiceError('invalidInput', 'The new order must name each account exactly once.');
      }
      content.accounts = ids.map((id) => find(content.accounts, id));
    });
    return this.list();
  }

  setReadOnly(id: string, readOnly: boolean): Account {
    return this.#change(id, (account) => {
      account.readOnly = readOnly;
    });
  }

  protectTags(id: string, patterns: readonly string[]): Account {
    const read = protectedTags.safeParse([...new Set(patterns)]);
    if (!read.success) throw new ServiceError('invalidInput', 'This is no pattern of tags.');
    return this.#change(id, (account) => {
      account.protectedTags = read.data;
    });
  }

  keepFresh(id: string, hours: number | null): Account {
    return this.#change(id, (account) => {
      account.keepFresh = hours ?? undefined;
    });
  }

  addRepository(id: string, repository: string): Account {
    checkRepository(repository);
    return this.#change(id, (account) => {
      if (!account.repositories.includes(repository)) account.repositories.push(repository);
    });
  }

  removeRepository(id: string, repository: string): Account {
    return this.#change(id, (account) => {
      account.repositories = account.repositories.filter((candidate) => candidate !== repository);
    });
  }

  async *test(draft: AccountTrial, { signal }: CallOptions = {}): AsyncGenerator<TestStep, void, void> {
    const prepared = prepare(draft.settings);
    const stored = draft.id === undefined ? undefined : this.#options.registries.stored(draft.id);
    let texts: SecretTexts = { ...given(draft.secrets), proxy: prepared.proxyUser };
    if (stored)
      texts = withStored(texts, prepared, {
        account: stored,
        secrets: await this.#options.secrets.read(stored),
      });
    checkCertificates(prepared.tls, texts, this.#options.now());
    const options = this.#options.registries.registryOptions(prepared, onlyUsed(prepared, texts));
    const [repository] = prepared.repositories;
    const { chosenSystem: chosen } = prepared;
    for await (const step of diagnose(options, { signal, chosen, ...(repository ? { repository } : {}) }))
      yield testStepOf(step);
  }

  keychain(): Promise<KeychainState> {
    return this.#options.credentials.state();
  }

  async findSignIns(): Promise<FoundSignIns> {
    const { places, problems } = await this.#options.signIns.find();
    const { accounts } = this.#options.settings.read();
    return { found: places.map(({ found }) => ({ ...found, known: isKnown(accounts, found) })), problems };
  }

  async importSignIns(ids: readonly string[]): Promise<ImportedSignIns> {
    const { places } = await this.#options.signIns.find();
    const imported: Account[] = [];
    const failed: ImportedSignIns['failed'] = [];
    for (const id of new Set(ids)) {
      try {
        const place = places.find(({ found }) => found.id === id);
        if (!place) throw new ServiceError('credentialHelper', 'This sign-in is not there any more.');
        const account = accountOf(place.found.host, await credentialsOf(place));
        imported.push(await this.#add(account.settings, account.secrets, id));
      } catch (error) {
        failed.push({ id, failure: failureOf(error) });
      }
    }
    return { imported, failed };
  }

  handle(id: string): Promise<RegistryHandle> {
    return this.#options.registries.handle(id);
  }

  forHost(host: string, overrides: AccessOverrides = {}, repository?: string): Promise<RegistryHandle> {
    return this.#options.registries.forHost(host, overrides, repository);
  }

  at(
    place: RegistryPlace & { repository?: string },
    overrides: AccessOverrides = {},
  ): Promise<RegistryHandle> {
    return this.#options.registries.at(place, overrides);
  }

  #change(id: string, change: (account: StoredAccount) => void): Account {
    const content = this.#options.settings.update(({ accounts }) => change(find(accounts, id)));
    return this.#view(find(content.accounts, id));
  }

  /** Writes a new account; if that fails its secrets do not stay behind. */
  async #keep(
    account: StoredAccount,
    texts: SecretTexts,
    change: Parameters<SettingsFile['update']>[0],
  ): Promise<Account> {
    try {
      this.#options.settings.update(change, writtenOf({ ...account, keychainFields: [] }, texts));
    } catch (error) {
      await this.#options.secrets.remove(account).catch(() => undefined);
      throw error;
    }
    return this.#view(account);
  }

  /** Checks an account's certificates with the key that it will have. */
  async #checkCertificates(before: StoredAccount, after: Prepared, changes: SecretTexts): Promise<void> {
    const asked = Boolean(after.tls.clientCertificate) && changes.clientKey === undefined;
    const stored: SecretTexts = asked ? await this.#options.secrets.read(before) : {};
    const key = {
      clientKey: changes.clientKey ?? stored.clientKey,
      clientKeyPassphrase: changes.clientKeyPassphrase ?? stored.clientKeyPassphrase,
    };
    checkCertificates(after.tls, after.tls.clientCertificate ? key : {}, this.#options.now());
  }

  #refuseDuplicate(prepared: Prepared, except: string | undefined): void {
    const identity = identityOf(prepared);
    const known = this.#options.settings
      .read()
      .accounts.some((account) => account.id !== except && identityOf(account) === identity);
    if (known) throw new ServiceError('accountExists');
  }

  #view(account: StoredAccount): Account {
    return {
      id: account.id,
      name: account.name,
      url: account.url,
      signIn: account.signIn,
      tls: account.tls,
      proxy: account.proxy,
      uploadChunk: account.uploadChunk,
      ...(account.debugUrl === undefined ? {} : { debugUrl: account.debugUrl }),
      ...(account.apiPath === undefined ? {} : { apiPath: account.apiPath }),
      ...(account.chosenSystem === undefined ? {} : { chosenSystem: account.chosenSystem }),
      readOnly: account.readOnly,
      repositories: account.repositories,
      host: hostOfRegistry(new URL(account.url)),
      system: systemIdOf(account.system),
      ...(account.takesNoWrites === undefined ? {} : { takesNoWrites: account.takesNoWrites }),
      secrets: this.#options.secrets.place(account),
      insecure: insecurityOf(account),
      ...(account.keepFresh === undefined ? {} : { keepFresh: account.keepFresh }),
      ...(account.protectedTags.length === 0 ? {} : { protectedTags: account.protectedTags }),
    };
  }
}

function find(accounts: readonly StoredAccount[], id: string): StoredAccount {
  const account = accounts.find((candidate) => candidate.id === id);
  if (!account) throw new ServiceError('accountUnknown');
  return account;
}

/** The names of the secrets that are written, or removed where there were any. */
function writtenOf(before: StoredAccount, texts: SecretTexts): WrittenSecrets {
  // The keys of its type.
  const given = Object.entries(texts) as [SecretField, string | undefined][];
  const written = given.filter(
    ([field, text]) => text || (text === '' && before.keychainFields.includes(field)),
  );
  return { account: before.id, fields: written.map(([field]) => field) };
}

/** What is known of a registry before it is asked. */
function systemAt(url: string): string {
  return systemIdOf(byHost(hostOfRegistry(new URL(url)))?.product.id ?? '');
}

function testStepOf({ failure, ...step }: DiagnosisStep): TestStep {
  return failure ? { ...step, failure: failureOf(failure) } : step;
}
