import type { RegistryError } from '../errors.ts';
import type { AuthScheme } from '../vocabulary/connection.ts';
import type { Challenge } from './challenge.ts';
import type { Authorization } from './credentials.ts';
import { basicOf, type HeldCredentials } from './held-credentials.ts';
import { ownRealm } from './redirects.ts';
import { mergeScopes, scopeKey } from './scope.ts';
import { type Bearer, isScopeRefusal, type TokenOptions, Tokens, tokenKey } from './token-service.ts';

/** The address at which a registry accepts or refuses a sign-in. */
export const BASE = '/v2/';

/** Sets of scopes that are kept in mind because a registry wanted others than ours. */
const SETTLED_MAX = 1000;

/** A request as far as signing in goes. */
export interface Wanted {
  url: URL;
  /** What we think a token for it must allow. */
  scopes: readonly string[];
}

/**
 * Answers a registry's challenges. Credentials go to the registry's own origin, to a token service on it, to one known for a
 * public registry, or to one on a host the user approved; to nowhere else, whatever a challenge says (CVE-2026-48978).
 *
 * What one endpoint asks for says nothing of the others: Harbor wants Basic for its catalogue and tokens for the rest. Only
 * what `/v2/` asks for is taken to hold where nothing else was said.
 */
export class Authenticator {
  readonly #origin: URL;
  readonly #credentials: HeldCredentials;
  readonly #tokens: Tokens;
  /** How each part of the registry wants to be signed in to, see {@link partOf}. */
  readonly #ways = new Map<string, Bearer | 'basic'>();
  /** By the scopes we think a request needs: those that the registry and its token service took in their place. */
  readonly #settled = new Map<string, readonly string[]>();
  /** Scopes of ours that the token service would have none of, until it is known what the registry itself asks for. */
  readonly #refused = new Set<string>();

  constructor(options: TokenOptions) {
    this.#origin = options.origin;
    this.#credentials = options.credentials;
    this.#tokens = new Tokens(options);
  }

  get scheme(): AuthScheme {
    if (!this.hasCredentials) return 'anonymous';
    if (this.#bearer()) return 'token';
    return this.#ways.size > 0 ? 'basic' : 'anonymous';
  }

  get hasCredentials(): boolean {
    return this.#credentials.current !== undefined;
  }

  /** The realm of the registry's challenge; identifies products. */
  get tokenService(): Bearer | undefined {
    return this.#bearer();
  }

  /** Takes the reply that `/v2/` gave to a request without credentials for how to sign in where nothing else is said. */
  learn(challenges: readonly Challenge[]): void {
    const found = this.#readBearer(challenges);
    if (found) this.#ways.set(BASE, found.bearer);
    else if (challenges.some(({ scheme }) => scheme === 'basic') && basicOf(this.#credentials.current))
      this.#ways.set(BASE, 'basic');
  }

  /** What is known to be wanted, before the first try: saves the refusal that would ask for it. */
  async prepare({ url, scopes }: Wanted, signal?: AbortSignal): Promise<Authorization | undefined> {
    const way = this.#ways.get(partOf(url)) ?? this.#ways.get(BASE) ?? this.#bearer();
    if (way === undefined || way === 'basic') return way && (await this.basic(signal));
    const key = scopeKey(scopes);
    const settled = this.#settled.get(key);
    if (!settled && this.#refused.has(key)) return undefined;
    try {
      return await this.#tokens.get(way, settled ?? scopes, signal);
    } catch (error) {
      // What the registry itself asks for is not known yet.
      if (!isScopeRefusal(error)) throw error;
      this.#keepRefused(key);
      return undefined;
    }
  }

  /**
   * The authorization that answers a refusal, or undefined if there is none: then the refusal is final. `used` is what the
   * refused request was sent with, `round` how many refusals of this request were answered before.
   *
   * A token is asked for with what the registry names and we think is needed; where that is refused, by the token service or
   * again by the registry, with what the registry names alone: our own scopes are guesses.
   */
  async answer(
    challenges: readonly Challenge[],
    { url, scopes }: Wanted,
    used: Authorization | undefined,
    round: number,
    signal?: AbortSignal,
  ): Promise<Authorization | undefined> {
    const found = this.#readBearer(challenges);
    if (!found) {
      if (!challenges.some(({ scheme }) => scheme === 'basic')) return undefined;
      if (used?.scheme === 'basic') return await this.#credentials.basicAfter(used.header, signal);
      // Where `/v2/` is for tokens, Basic is what Harbor says to a token that lacks a right: the password would not help.
      if (used && partOf(url) === '' && this.#ways.get(BASE) !== 'basic') return undefined;
      const authorization = await this.basic(signal);
      if (authorization) this.#ways.set(partOf(url), 'basic');
      return authorization;
    }
    const { bearer, asked } = found;
    this.#ways.set(partOf(url), bearer);
    // What was missing goes first: some services read one scope only.
    const candidates = [mergeScopes([...asked, ...scopes]), mergeScopes(asked)].filter(
      (candidate, at, all) =>
        at === 0 ? !this.#refused.has(scopeKey(candidate)) : scopeKey(candidate) !== scopeKey(all[0] ?? []),
    );
    let at = candidates.findIndex((candidate) => tokenKey(bearer, candidate) === used?.key);
    // Sent with it from the start, it may have run out.
    if (used && at >= 0 && round === 0) this.#tokens.drop(used);
    else at += 1;
    let failure: RegistryError | undefined;
    for (const candidate of candidates.slice(at)) {
      try {
        const authorization = await this.#tokens.get(bearer, candidate, signal);
        this.#settle(scopes, candidate);
        return authorization;
      } catch (error) {
        if (!isScopeRefusal(error)) throw error;
        failure ??= error;
      }
    }
    // Rights may be given later: the next request begins anew.
    this.#settled.delete(scopeKey(scopes));
    this.#refused.delete(scopeKey(scopes));
    if (failure && !used) throw failure;
    return undefined;
  }

  /** What was refused where the request cannot be sent again: the next one gets a new token, or a password read anew. */
  forget(used: Authorization | undefined): void {
    if (used?.scheme === 'basic') this.#credentials.basicAfter(used.header).catch(() => {});
    else if (used) this.#tokens.drop(used);
  }

  /** The password as Basic, whatever the registry asked for: for a product's own API beside the registry's. */
  async basic(signal?: AbortSignal): Promise<Authorization | undefined> {
    return basicOf(await this.#credentials.get(signal));
  }

  /** In place of one that was refused, see {@link HeldCredentials.after}. */
  basicAfter(refused: string): Promise<Authorization | undefined> {
    return this.#credentials.basicAfter(refused);
  }

  #bearer(): Bearer | undefined {
    const ways = [this.#ways.get(BASE), ...this.#ways.values()];
    return ways.find((way) => way !== undefined && way !== 'basic');
  }

  #settle(scopes: readonly string[], taken: readonly string[]): void {
    const key = scopeKey(scopes);
    if (this.#settled.size >= SETTLED_MAX) this.#settled.clear();
    if (scopeKey(taken) === key) this.#settled.delete(key);
    else this.#settled.set(key, taken);
    this.#refused.delete(key);
  }

  #keepRefused(key: string): void {
    if (this.#refused.size >= SETTLED_MAX) this.#refused.clear();
    this.#refused.add(key);
  }

  #readBearer(challenges: readonly Challenge[]): { bearer: Bearer; asked: string[] } | undefined {
    for (const { scheme, parameters } of challenges) {
      const realm = parameters.get('realm');
      if (scheme !== 'bearer' || realm === undefined) continue;
      try {
        const url = ownRealm(new URL(realm, this.#origin), this.#origin);
        if (url.protocol !== 'https:' && url.protocol !== 'http:') continue;
        const asked = parameters.get('scope')?.split(' ').filter(Boolean) ?? [];
        return { bearer: { realm: url, service: parameters.get('service') }, asked };
      } catch {
        // A realm that is no URL is no token service.
      }
    }
    return undefined;
  }
}

/** What is signed in to alike: `/v2/` itself, each list of the whole registry (`/v2/_catalog`), and everything else. */
function partOf({ pathname }: URL): string {
  if (pathname === '/v2' || pathname === BASE) return BASE;
  return /^\/v2\/_[^/]+/.exec(pathname)?.[0] ?? '';
}
