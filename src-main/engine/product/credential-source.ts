import type { RegistryClient } from '../http/client.ts';
import type { Method } from '../http/connection.ts';

/** A request as far as it may have to be signed. */
interface SignedRequest {
  readonly method: Method;
  readonly url: URL;
  readonly body: Uint8Array | string | undefined;
}

/** What requests to a product's API are signed in with, until it has run out. */
export interface ApiSignIn {
  /** Headers that sign this request in. */
  sign(request: SignedRequest): Readonly<Record<string, string>>;
  /** Texts that must appear nowhere. */
  readonly secrets: readonly string[];
}

/** Where the sign-in of a product's API comes from. */
export interface CredentialSource {
  /** The same until it is renewed. Undefined: no one is signed in. @throws {RegistryError} where signing in fails */
  current(): Promise<ApiSignIn | undefined>;
  /** In place of one that was refused; undefined where there is no other. Asked once for all who were refused with it. */
  renew(): Promise<ApiSignIn | undefined>;
}

/** An account's name and password themselves, as the registry's client has them. */
export function passwordSource(client: RegistryClient): CredentialSource {
  let [header, signIn]: [string?, ApiSignIn?] = [];
  const take = (found: string | undefined): ApiSignIn | undefined => {
    if (found !== header) [header, signIn] = [found, found === undefined ? undefined : signInWith(found, [])];
    return signIn;
  };
  return {
    current: async () => take(await client.basic()),
    renew: async () => {
      const other = header === undefined ? undefined : await client.basicAfter(header);
      return other === undefined ? undefined : take(other);
    },
  };
}

/** Tokens that a sign-in gives and that run out. */
export class TokenSource implements CredentialSource {
  readonly #fetch: () => Promise<string>;
  #current: Promise<ApiSignIn> | undefined;

  /** @param fetch signs in, and gives a token */
  constructor(fetch: () => Promise<string>) {
    this.#fetch = fetch;
  }

  current(): Promise<ApiSignIn> {
    this.#current ??= this.renew();
    return this.#current;
  }

  renew(): Promise<ApiSignIn> {
    const made = this.#fetch().then((token) => signInWith(`Bearer ${token}`, [token]));
    this.#current = made;
    // One that failed is tried again the next time.
    made.catch(() => {
      if (this.#current === made) this.#current = undefined;
    });
    return made;
  }
}

function signInWith(authorization: string, secrets: readonly string[]): ApiSignIn {
  return { sign: () => ({ authorization }), secrets };
}
