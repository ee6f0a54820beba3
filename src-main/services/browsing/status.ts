import type { Failure, FailureCode } from '../../common/failure.ts';
import { accountOf } from '../../common/place.ts';
import type { RegistryStatus } from '../../common/registry.ts';
import { DataError, type Inventory } from '../../data/index.ts';
import { ping } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { failureOf } from '../failure.ts';
import type { RegistryHandle } from '../types.ts';

/** Milliseconds in which a registry that answered anything is not asked again. */
const FRESH_FOR = 2 * 60_000;
/** Milliseconds that a look may take: nobody waits for it, but the next registry. */
const WAIT_FOR = 10_000;

/** A look again would ask for a keychain's password, or give a wrong one once more. */
const SIGNED_OUT: ReadonlySet<FailureCode> = new Set([
  'unauthorized',
  'tlsClientCertificate',
  'keychainLocked',
  'keychainUnavailable',
  'credentialHelper',
]);

interface Look {
  /** Unix milliseconds. */
  readonly at: number;
  /** Undefined where there was no way to one: the keychain is locked, say. */
  readonly client: RegistryHandle['client'] | undefined;
  readonly failure: Failure | undefined;
}

export interface StatusOptions {
  inventory: Pick<Inventory, 'countedRepositories'>;
  now: () => Date;
}

/**
 * Looks whether registries answer, quietly: one after the other, none that has answered a moment ago, and none again that did not
 * take the sign-in until somebody opens it.
 */
export class RegistryStatuses {
  readonly #options: StatusOptions;
  /** The last look at each, by account. */
  readonly #looks = new Map<string, Look>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: StatusOptions) {
    this.#options = options;
  }

  /** @throws ServiceError `accountUnknown` */
  async of(accountId: string, open: () => Promise<RegistryHandle>): Promise<RegistryStatus> {
    const next = this.#last.then(() => this.#look(accountId, open));
    this.#last = next.catch(() => undefined);
    const { failure, client } = await next;
    const counted = await this.#counted(accountId);
    const answered = Math.max(client?.servedAt ?? 0, counted?.seen ?? 0);
    const state =
      failure === undefined ? 'reachable' : SIGNED_OUT.has(failure.code) ? 'signedOut' : 'unreachable';
    return {
      state,
      ...(failure === undefined ? {} : { failure }),
      ...(answered === 0 ? {} : { answered: new Date(answered).toISOString() }),
      ...(counted === undefined ? {} : { repositories: counted.count }),
    };
  }

  /** Somebody opens it: the next look is a new one. */
  visited({ place }: Pick<RegistryHandle, 'place'>): void {
    const account = accountOf(place);
    if (account !== undefined) this.#looks.delete(account);
  }

  async #look(accountId: string, open: () => Promise<RegistryHandle>): Promise<Look> {
    const before = this.#looks.get(accountId);
    if (before && before.client === undefined && isSignedOut(before)) return before;
    const look = await this.#ask(before, open);
    this.#looks.set(accountId, look);
    return look;
  }

  async #ask(before: Look | undefined, open: () => Promise<RegistryHandle>): Promise<Look> {
    const now = () => this.#options.now().getTime();
    let client: RegistryHandle['client'] | undefined;
    try {
      const registry = await open();
      client = registry.client;
      const { servedAt = 0, failedAt = 0 } = client;
      if (now() - servedAt < FRESH_FOR && failedAt <= servedAt)
        return { at: now(), client, failure: undefined };
      // Another client: the account was changed.
      const isNew = before !== undefined && now() - before.at < FRESH_FOR && failedAt <= before.at;
      if (before?.client === client && (isNew || isSignedOut(before))) return before;
      // Twice: a connection that was kept open may have been closed meanwhile.
      const signal = AbortSignal.timeout(WAIT_FOR);
      await ping(await registry.identification.registry({ signal }), { signal, tries: 2 });
      return { at: now(), client, failure: undefined };
    } catch (error) {
      if (error instanceof ServiceError && error.code === 'accountUnknown') throw error;
      return { at: now(), client, failure: reasonOf(error) };
    }
  }

  async #counted(accountId: string): ReturnType<Inventory['countedRepositories']> {
    try {
      return await this.#options.inventory.countedRepositories(accountId);
    } catch (error) {
      // It is a help and no more.
      if (error instanceof DataError) return undefined;
      throw error;
    }
  }
}

function isSignedOut({ failure }: Look): boolean {
  return failure !== undefined && SIGNED_OUT.has(failure.code);
}

/** A look that is given up has waited long enough for anybody. */
function reasonOf(error: unknown): Failure {
  const failure = failureOf(error);
  return failure.code === 'cancelled' ? { ...failure, code: 'timeout' } : failure;
}
