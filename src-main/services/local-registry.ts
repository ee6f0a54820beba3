import { join } from 'node:path';
import { type SettingsFile, storageError, wordsOf } from '../data/index.ts';
import { ping, RegistryClient } from '../engine/index.ts';
import type { LocalRegistry } from '../local-registry/index.ts';
import type { AccountsService, LocalRegistryService } from './core.ts';
import { ServiceError } from './errors.ts';
import type { Account, AccountSettings, LocalRegistryState } from './types.ts';

/** The port tried first. Not 5000, which AirPlay holds on macOS and every other registry takes. */
const DEFAULT_PORT = 5050;
const NAME = 'Local registry';

/**
 * Loaded when it is first needed: it brings `node:http`, whose import as an ES module loads all of Node's own fetch and WebSocket, a
 * seventh of what the command line loads.
 */
const registryModule = () => import('../local-registry/index.ts');

export interface LocalRegistryServiceOptions {
  home: string;
  settings: SettingsFile;
  accounts: AccountsService;
  /** The command line's registry ends with the command: the app does not start it again. */
  remember: boolean;
}

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
    const { accountId } = this.#options.settings.read().localRegistry;
    return {
      running: url !== undefined,
      ...(url === undefined ? {} : { url }),
      folder: this.#folder,
      ...(this.#elsewhere === undefined ? {} : { elsewhere: true as const }),
      ...(accountId === undefined ? {} : { accountId }),
    };
  }

  start({ samples }: { samples: boolean }): Promise<{ state: LocalRegistryState; account: Account }> {
    return this.#inTurn(async () => {
      const url = await this.#run();
      if (samples && this.#registry) await (await registryModule()).seedSamples(this.#registry);
      const account = await this.#account(url);
      this.#options.settings.update(({ localRegistry }) => {
        localRegistry.accountId = account.id;
        if (this.#registry) localRegistry.port = this.#registry.port;
        if (this.#registry && this.#options.remember) localRegistry.running = true;
      });
      return { state: this.state(), account };
    });
  }

  stop(): Promise<LocalRegistryState> {
    return this.#inTurn(async () => {
      if (this.#elsewhere !== undefined && !this.#registry) {
        throw new ServiceError('busy', 'Another window or command runs the local registry: stop it there.');
      }
      await this.#close();
      this.#options.settings.update(({ localRegistry }) => {
        localRegistry.running = false;
      });
      return this.state();
    });
  }

  /** Starts it again if it ran when the app ended. That it cannot be started now is told when it is asked for. */
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

  async #run(): Promise<string> {
    if (this.#registry) return this.#registry.url;
    this.#elsewhere = undefined;
    const wanted = this.#options.settings.read().localRegistry.port ?? DEFAULT_PORT;
    try {
      this.#registry = await this.#listen(wanted);
      return this.#registry.url;
    } catch (error) {
      // The app and the command line share one home: whoever came first runs it for both.
      const running = `http://127.0.0.1:${wanted}`;
      if (!(await isOurs(running))) throw asFailure(error);
      this.#elsewhere = running;
      return running;
    }
  }

  async #listen(wanted: number): Promise<LocalRegistry> {
    const { startLocalRegistry } = await registryModule();
    try {
      return await startLocalRegistry({ folder: this.#folder, port: wanted });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      return await startLocalRegistry({ folder: this.#folder, port: 0 });
    }
  }

  /** Its one account, made again if it was removed and moved along if the port had to change. */
  async #account(url: string): Promise<Account> {
    const { accounts, settings } = this.#options;
    const { accountId } = settings.read().localRegistry;
    const known = accounts.list().find((account) => account.id === accountId || account.url === url);
    if (!known) return await accounts.add(accountSettings(url), {});
    if (known.url === url) return known;
    return await accounts.update(known.id, { ...known, url }, {});
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

/** Whether a registry of this program answers there. */
async function isOurs(url: string): Promise<boolean> {
  const client = new RegistryClient({ url, proxy: { kind: 'none' } });
  try {
    return (await ping(client, { signal: AbortSignal.timeout(2_000) })).system === 'wharfinger';
  } catch {
    return false;
  } finally {
    await client.close();
  }
}

function asFailure(error: unknown): Error {
  // What the file system says has a code; that the folder is in use has words only.
  if ((error as NodeJS.ErrnoException).code !== undefined) return storageError(error);
  return new ServiceError('busy', wordsOf(error), { cause: error });
}
