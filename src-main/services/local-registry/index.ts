import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Account, AccountSettings } from '../../common/account.ts';
import type { LocalRegistryOptions, LocalRegistryState } from '../../common/local-registry.ts';
import { type SettingsFile, storageError, wordsOf } from '../../data/index.ts';
import type { CollectionService, LocalRegistry } from '../../local-registry/index.ts';
import type { AccountsService } from '../core/accounts.ts';
import type { LocalRegistryService } from '../core/local-registry.ts';
import { ServiceError } from '../errors.ts';
import type { SecretKeeper } from '../sign-ins/secrets.ts';
import type { RegistryHandle } from '../types.ts';

/** The port tried first. Not 5000, which AirPlay holds on macOS and every other registry takes. */
const DEFAULT_PORT = 5050;
const NAME = 'Local registry';
/** Of its one user; the password is made here and kept with the account. */
const USERNAME = 'wharfinger';
/** Bytes of a made password: hard to guess, and it can still be typed from a screen. */
const PASSWORD_BYTES = 15;

/**
 * Loaded when it is first needed: it brings `node:http`, whose import as an ES module loads all of Node's own fetch and WebSocket, a
 * seventh of what the command line loads.
 */
const registryModule = () => import('../../local-registry/index.ts');

export interface LocalRegistryServiceOptions {
  home: string;
  settings: SettingsFile;
  accounts: AccountsService;
  secrets: SecretKeeper;
  copyText: ((text: string) => void) | undefined;
  /** The command line's registry ends with the command: the app does not start it again. */
  remember: boolean;
}

type SignIn = { username: string; password: string };

/** The embedded registry: on the same port each time, so that its account and its references stay valid. */
export class LocalRegistries implements LocalRegistryService {
  readonly #options: LocalRegistryServiceOptions;
  readonly #folder: string;
  #registry: LocalRegistry | undefined;
  /** Where another process runs it. */
  #elsewhere: string | undefined;
  /** Starts and stops follow one another. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: LocalRegistryServiceOptions) {
    this.#options = options;
    this.#folder = join(options.home, 'local-registry');
  }

  state(): LocalRegistryState {
    const url = this.#registry?.url ?? this.#elsewhere;
    const { accountId, signIn, containers, sparseIndexes } = this.#options.settings.read().localRegistry;
    return {
      running: url !== undefined,
      ...(url === undefined ? {} : { url }),
      folder: this.#folder,
      ...(this.#elsewhere === undefined ? {} : { elsewhere: true as const }),
      ...(accountId === undefined ? {} : { accountId }),
      options: { signIn, containers, sparseIndexes },
      copiesPassword: this.#options.copyText !== undefined,
    };
  }

  start({ samples, port }: { samples: boolean; port?: number | undefined }): Promise<{
    state: LocalRegistryState;
    account: Account;
    taken?: number;
  }> {
    return this.#inTurn(async () => {
      const wanted = port ?? this.#usualPort();
      const signIn = await this.#wantedSignIn();
      const url = await this.#run(signIn, port);
      if (samples && this.#registry) await (await registryModule()).seedSamples(this.#registry);
      const account = await this.#account(url, this.#registry && signIn);
      this.#options.settings.update(({ localRegistry }) => {
        localRegistry.accountId = account.id;
        if (this.#registry) localRegistry.port = this.#registry.port;
        if (this.#registry && this.#options.remember) localRegistry.running = true;
      });
      const moved = this.#registry && wanted !== 0 && this.#registry.port !== wanted;
      return { state: this.state(), account, ...(moved && { taken: wanted }) };
    });
  }

  stop(): Promise<LocalRegistryState> {
    return this.#inTurn(async () => {
      await this.#mustBeHere();
      await this.#close();
      this.#options.settings.update(({ localRegistry }) => {
        localRegistry.running = false;
      });
      return this.state();
    });
  }

  async change(
    options: {
      [Name in keyof LocalRegistryOptions]?: boolean | undefined;
    },
  ): Promise<LocalRegistryState> {
    return await this.#inTurn(async () => {
      await this.#mustBeHere();
      const given = Object.entries(options).filter(([, value]) => value !== undefined);
      this.#options.settings.update(({ localRegistry }) => {
        Object.assign(localRegistry, Object.fromEntries(given));
      });
      if (this.#registry) {
        await this.#close();
        const signIn = await this.#wantedSignIn();
        await this.#account(await this.#run(signIn), signIn);
      }
      return this.state();
    });
  }

  async signIn(): Promise<SignIn | undefined> {
    const { signIn, accountId } = this.#options.settings.read().localRegistry;
    const account = this.#options.settings.read().accounts.find(({ id }) => id === accountId);
    if (!signIn || !account) return undefined;
    const { password } = await this.#options.secrets.read(account);
    return password === undefined ? undefined : { username: USERNAME, password };
  }

  async copyPassword(): Promise<void> {
    const signIn = await this.signIn();
    const { copyText } = this.#options;
    if (!signIn || !copyText) throw new ServiceError('invalidInput', 'There is no password to copy here.');
    copyText(signIn.password);
  }

  handle(): Promise<RegistryHandle> {
    const { accounts, settings } = this.#options;
    const { accountId } = settings.read().localRegistry;
    if (accounts.list().some(({ id }) => id === accountId) && accountId !== undefined)
      return accounts.handle(accountId);
    const host = `127.0.0.1:${this.#usualPort()}`;
    return accounts.at({ origin: `http://${host}`, host });
  }

  /** Runs work with the collector of its folder, in this process or in the one that holds the folder. @throws ServiceError `busy`; DataError */
  async collecting<T>(work: (collector: CollectionService) => Promise<T>): Promise<T> {
    try {
      // A start waits until the folder is free again; stopping one that runs ends the work.
      const later = await this.#inTurn(async () => {
        const registry = this.#registry;
        if (registry) return () => work(registry.collector);
        const { withCollector } = await registryModule();
        const result = await withCollector(this.#folder, work);
        return () => result;
      });
      return await later();
    } catch (error) {
      // Cancelled by the caller: that needs no code.
      throw error instanceof Error && error.name === 'AbortError' ? error : asFailure(error);
    }
  }

  /** The one it has, or one that is made for it: where no keychain answers, a password lasts for the session. */
  async #wantedSignIn(): Promise<SignIn | undefined> {
    if (!this.#options.settings.read().localRegistry.signIn) return undefined;
    const known = await this.signIn();
    return known ?? { username: USERNAME, password: randomBytes(PASSWORD_BYTES).toString('base64url') };
  }

  /** @throws ServiceError `busy` where another process runs it */
  async #mustBeHere(): Promise<void> {
    if (this.#registry) return;
    const { servesFolder } = await registryModule();
    if (!(await servesFolder(this.#folder, this.#usualPort()))) return;
    throw new ServiceError('busy', 'Another window or command runs the local registry: change it there.');
  }

  /** Starts it again if it ran when the app ended. That it cannot be started now is reported when it is asked for. */
  async resume(): Promise<void> {
    if (!this.#options.settings.read().localRegistry.running) return;
    await this.start({ samples: false }).catch(() => undefined);
  }

  /** The app ends: the registry stops and is remembered as running. */
  close(): Promise<void> {
    return this.#inTurn(() => this.#close());
  }

  async #close(): Promise<void> {
    const registry = this.#registry;
    this.#registry = undefined;
    this.#elsewhere = undefined;
    await registry?.close();
  }

  /** @param chosen a port that must be had; else the usual one, or any */
  async #run(signIn: SignIn | undefined, chosen?: number): Promise<string> {
    if (this.#registry) return this.#registry.url;
    this.#elsewhere = undefined;
    const wanted = chosen ?? this.#usualPort();
    try {
      this.#registry = await this.#listen(wanted, signIn, chosen === undefined);
      return this.#registry.url;
    } catch (error) {
      // The app and the command line share one home: the first one runs it for both. Any program may have taken the port.
      if (!(await (await registryModule()).servesFolder(this.#folder, wanted)))
        throw error instanceof ServiceError ? error : asFailure(error);
      this.#elsewhere = `http://127.0.0.1:${wanted}`;
      return this.#elsewhere;
    }
  }

  #usualPort(): number {
    return this.#options.settings.read().localRegistry.port ?? DEFAULT_PORT;
  }

  async #listen(wanted: number, signIn: SignIn | undefined, orAny: boolean): Promise<LocalRegistry> {
    const { startLocalRegistry } = await registryModule();
    const { containers, sparseIndexes } = this.#options.settings.read().localRegistry;
    const start = (port: number) =>
      startLocalRegistry({
        folder: this.#folder,
        port,
        containers,
        limits: { children: !sparseIndexes },
        ...(signIn && { auth: { kind: 'basic', users: { [signIn.username]: signIn.password } } }),
      });
    try {
      return await start(wanted);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      if (!orAny)
        throw new ServiceError('busy', `Port ${wanted} is taken by another program.`, { cause: error });
      return await start(0);
    }
  }

  /**
   * Its one account, made again if it was removed and moved along if the port had to change.
   *
   * @param signIn what it asks for; undefined also where another process runs it, which keeps the account itself
   */
  async #account(url: string, signIn: SignIn | undefined): Promise<Account> {
    const { accounts, settings } = this.#options;
    const { accountId, signIn: asks } = settings.read().localRegistry;
    const known = accounts.list().find((account) => account.id === accountId || account.url === url);
    const kind = asks
      ? ({ kind: 'password', username: USERNAME } as const)
      : ({ kind: 'anonymous' } as const);
    const secrets = signIn ? { password: signIn.password } : {};
    if (!known) return await accounts.add({ ...accountSettings(url), signIn: kind }, secrets);
    const isKept = signIn === undefined || (await this.signIn())?.password === signIn.password;
    if (known.url === url && known.signIn.kind === kind.kind && isKept) return known;
    return await accounts.update(known.id, { ...known, url, signIn: kind }, secrets);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

function accountSettings(url: string): AccountSettings {
  return {
    name: NAME,
    url,
    signIn: { kind: 'anonymous' },
    tls: { verify: true },
    proxy: { kind: 'none' },
    readOnly: false,
    repositories: [],
  };
}

function asFailure(error: unknown): Error {
  // What the file system says has a code; that the folder is in use has words only.
  if ((error as NodeJS.ErrnoException).code !== undefined) return storageError(error);
  return new ServiceError('busy', wordsOf(error), { cause: error });
}
