import { RegistryError } from '../errors.ts';
import { abandonable } from './abandonable.ts';
import type { Authorization, Credentials } from './credentials.ts';
import { basicPair } from './credentials.ts';

/** Reads credentials where they come from; undefined where there are none any more. */
export type ReadCredentials = () => Promise<Credentials | undefined>;

/** Milliseconds between two readings: each may start a program or ask a cloud service, and each refused request asks for one. */
const READ_EVERY = 30_000;
/** Milliseconds before their stated end at which others are wanted: what a request is sent with must not end on its way. */
const EXPIRY_MARGIN = 60_000;

/**
 * What a registry is signed in to with, from a source that can give it anew: a password that is changed, or one of twelve hours, goes
 * on to work while a client is open. Read again when a registry refuses what was read, and when its stated end is near; once for
 * all who ask, and not again for {@link READ_EVERY}: a wrong password is no reason to ask without end.
 */
export class HeldCredentials {
  readonly #read: ReadCredentials | undefined;
  readonly #onRead: (credentials: Credentials) => void;
  #current: Credentials | undefined;
  #reading: Promise<void> | undefined;
  #readAt = Number.NEGATIVE_INFINITY;

  /** @param onRead receives others before they are used */
  constructor(
    current: Credentials | undefined,
    read?: ReadCredentials,
    onRead: (credentials: Credentials) => void = () => undefined,
  ) {
    this.#current = current;
    this.#read = read;
    this.#onRead = onRead;
  }

  /** As they were last read. */
  get current(): Credentials | undefined {
    return this.#current;
  }

  /** Those for a request that begins now. Ones that cannot be read anew are used to their end, and then the registry says so. */
  async get(signal?: AbortSignal): Promise<Credentials | undefined> {
    const { expires = Number.POSITIVE_INFINITY } = this.#current ?? {};
    if (this.#reading || expires - Date.now() < EXPIRY_MARGIN)
      await abandonable(
        this.#readAgain().catch(() => {}),
        signal,
      );
    return this.#current;
  }

  /**
   * In place of refused ones; undefined where there are no others.
   *
   * @throws {RegistryError} `unauthorized` where they cannot be read, `cancelled`
   */
  async after(refused: Credentials, signal?: AbortSignal): Promise<Credentials | undefined> {
    if (areSame(this.#current, refused)) await abandonable(this.#readAgain(), signal);
    return areSame(this.#current, refused) ? undefined : this.#current;
  }

  /** In place of a password that was refused as Basic, see {@link after}. */
  async basicAfter(refused: string, signal?: AbortSignal): Promise<Authorization | undefined> {
    const current = this.#current;
    if (!current || basicOf(current)?.header !== refused) return basicOf(current);
    return basicOf(await this.after(current, signal));
  }

  async #readAgain(): Promise<void> {
    const read = this.#read;
    if (!read || (!this.#reading && performance.now() - this.#readAt < READ_EVERY)) return;
    this.#reading ??= this.#take(read).finally(() => {
      this.#reading = undefined;
    });
    await this.#reading;
  }

  async #take(read: ReadCredentials): Promise<void> {
    this.#readAt = performance.now();
    let found: Credentials | undefined;
    try {
      found = await read();
    } catch (cause) {
      const words = cause instanceof Error ? cause.message : String(cause);
      const reason = `The credentials are refused, and others could not be read: ${words}`;
      throw new RegistryError('unauthorized', '', { reason, cause });
    }
    if (!found) return;
    this.#onRead(found);
    this.#current = found;
  }
}

/** A password as `Authorization`; an identity token is for a token service only. */
export function basicOf(credentials: Credentials | undefined): Authorization | undefined {
  if (credentials?.kind !== 'password') return undefined;
  return { header: `Basic ${basicPair(credentials.username, credentials.password)}`, scheme: 'basic' };
}

function areSame(one: Credentials | undefined, other: Credentials | undefined): boolean {
  if (!one || !other) return one === other;
  return secretOf(one) === secretOf(other);
}

function secretOf(credentials: Credentials): string {
  return credentials.kind === 'password'
    ? basicPair(credentials.username, credentials.password)
    : credentials.token;
}
