import { randomBytes } from 'node:crypto';
import type { KeychainState, SecretPlace } from '../common/account.ts';
import { DataError, wordsOf } from './errors.ts';

/** The part of keytar that is used, so that hosts may bring another keychain and tests a hanging one. */
export interface Keychain {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

const SERVICE = 'Wharfinger';
/** Windows refuses credentials over 2,560 bytes (CRED_MAX_CREDENTIAL_BLOB_SIZE). */
const PART_BYTES = 2500;
/** Time for a person to answer the system's unlock prompt; a call still open after it counts as locked. */
const KEYCHAIN_TIMEOUT = 15_000;
/** Head of a secret kept in parts: `wharfinger-parts:<generation>:<count>`. */
const PARTS = /^wharfinger-parts:([0-9a-f]{16}):(\d{1,4})$/;
const PARTS_PREFIX = 'wharfinger-parts:';
const LOCKED = /lock|prompt|dismiss|cancel|denied|interaction is not allowed/i;

/**
 * Secrets of accounts: in the system's keychain, or in memory until the process ends where no keychain answers. Never in a
 * file. Calls to the keychain are made one at a time and bounded in time, since a prompt can hang for ever.
 */
export class CredentialStore {
  readonly #keychain: Keychain | null;
  readonly #timeout: number;
  readonly #session = new Map<string, string>();
  #state: KeychainState | undefined;
  /** Settles when the call before has really ended; a hung one keeps the keychain from being asked again. */
  #turn: Promise<void> = Promise.resolve();
  #hung = false;

  constructor(keychain: Keychain | null, options: { /** Milliseconds. */ timeout?: number } = {}) {
    this.#keychain = keychain;
    this.#timeout = options.timeout ?? KEYCHAIN_TIMEOUT;
  }

  /**
   * Whether secrets can be kept beyond this session, found out by keeping one and reading it back. Asked anew as long as
   * the answer is not `available`, since people unlock keychains.
   */
  async state(): Promise<KeychainState> {
    if (this.#state?.state === 'available') return this.#state;
    const account = `probe:${randomBytes(4).toString('hex')}`;
    try {
      await this.#ask((keychain) => keychain.setPassword(SERVICE, account, account));
      const read = await this.#ask((keychain) => keychain.getPassword(SERVICE, account));
      await this.#ask((keychain) => keychain.deletePassword(SERVICE, account));
      if (read !== account)
        throw new DataError('keychainUnavailable', 'the keychain does not keep what it is given');
      this.#state = { state: 'available' };
    } catch (error) {
      this.#noteFailure(error);
    }
    return this.#state ?? { state: 'unavailable' };
  }

  /** Keeps a secret; answers where. An earlier one under the same key is replaced. */
  async write(key: string, value: string): Promise<Exclude<SecretPlace, 'none'>> {
    if ((await this.state()).state === 'available') {
      try {
        await this.#writeParts(key, value);
        this.#session.delete(key);
        return 'keychain';
      } catch (error) {
        this.#noteFailure(error);
      }
    }
    this.#session.set(key, value);
    return 'session';
  }

  /**
   * @param inKeychain false spares the keychain a question (and the user a prompt) for a secret that is not there.
   * @throws DataError `keychainLocked`, `keychainUnavailable`; `storageFailed` if a part of the secret is gone
   */
  async read(key: string, inKeychain: boolean): Promise<string | undefined> {
    const kept = this.#session.get(key);
    if (kept !== undefined || !inKeychain) return kept;
    const head = await this.#ask((keychain) => keychain.getPassword(SERVICE, key));
    const parts = head === null ? null : PARTS.exec(head);
    if (!parts) return head ?? undefined;
    const texts: string[] = [];
    for (const part of partKeys(key, parts)) {
      const text = await this.#ask((keychain) => keychain.getPassword(SERVICE, part));
      if (text === null)
        throw new DataError('storageFailed', 'a part of the secret is missing in the keychain');
      texts.push(text);
    }
    return texts.join('');
  }

  /** Forgets a secret everywhere. @throws DataError if the keychain may still hold it */
  async remove(key: string, inKeychain: boolean): Promise<void> {
    this.#session.delete(key);
    if (!inKeychain) return;
    const head = await this.#ask((keychain) => keychain.getPassword(SERVICE, key));
    if (head === null) return;
    await this.#ask((keychain) => keychain.deletePassword(SERVICE, key));
    await this.#removeParts(key, head);
  }

  holdsInSession(key: string): boolean {
    return this.#session.has(key);
  }

  async #writeParts(key: string, value: string): Promise<void> {
    const before = await this.#ask((keychain) => keychain.getPassword(SERVICE, key));
    let head = value;
    if (Buffer.byteLength(value) > PART_BYTES || value.startsWith(PARTS_PREFIX)) {
      const parts = split(value, PART_BYTES);
      head = `${PARTS_PREFIX}${randomBytes(8).toString('hex')}:${parts.length}`;
      const keys = partKeys(key, PARTS.exec(head));
      for (const [index, part] of parts.entries()) {
        await this.#ask((keychain) => keychain.setPassword(SERVICE, keys[index] ?? '', part));
      }
    }
    // The head last: until then the secret before stays whole.
    await this.#ask((keychain) => keychain.setPassword(SERVICE, key, head));
    if (before !== null) await this.#removeParts(key, before);
  }

  async #removeParts(key: string, head: string): Promise<void> {
    for (const part of partKeys(key, PARTS.exec(head))) {
      await this.#ask((keychain) => keychain.deletePassword(SERVICE, part));
    }
  }

  #noteFailure(error: unknown): void {
    const state = error instanceof DataError && error.code === 'keychainLocked' ? 'locked' : 'unavailable';
    const reason = error instanceof DataError ? (error.reason ?? error.code) : wordsOf(error);
    this.#state = { state, reason };
  }

  async #ask<T>(call: (keychain: Keychain) => Promise<T>): Promise<T> {
    const keychain = this.#keychain;
    if (!keychain) throw new DataError('keychainUnavailable', 'no keychain on this system');
    if (this.#hung)
      throw new DataError('keychainLocked', 'the keychain has not answered an earlier question');
    const answer = this.#turn.then(() => call(keychain));
    this.#turn = answer.then(
      () => undefined,
      () => undefined,
    );
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.#hung = true;
        void answer.then(
          () => {
            this.#hung = false;
          },
          () => {
            this.#hung = false;
          },
        );
        reject(new DataError('keychainLocked', 'the keychain did not answer in time'));
      }, this.#timeout);
    });
    try {
      return await Promise.race([answer, timeout]);
    } catch (error) {
      if (error instanceof DataError) throw error;
      const words = wordsOf(error);
      throw new DataError(LOCKED.test(words) ? 'keychainLocked' : 'keychainUnavailable', words, {
        cause: error,
      });
    } finally {
      clearTimeout(timer);
    }
  }
}

function partKeys(key: string, head: RegExpExecArray | null): string[] {
  if (!head) return [];
  return Array.from({ length: Number(head[2]) }, (_, index) => `${key}:${head[1]}:${index}`);
}

/** Splits a text into parts of at most so many UTF-8 bytes, never inside a code point. */
function split(text: string, bytes: number): string[] {
  const parts: string[] = [];
  let part = '';
  let size = 0;
  for (const point of text) {
    const width = Buffer.byteLength(point);
    if (size + width > bytes) {
      parts.push(part);
      part = '';
      size = 0;
    }
    part += point;
    size += width;
  }
  parts.push(part);
  return parts;
}
