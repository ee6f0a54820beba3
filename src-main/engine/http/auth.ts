import { z } from 'zod';
import { RegistryError } from '../errors.ts';
import type { Challenge } from './challenge.ts';
import type { RawRequest, Trust } from './connection.ts';
import { readErrorBody, replyFailure } from './failure.ts';
import { describeRequest } from './redact.ts';
import { mergeScopes, scopeKey } from './scope.ts';

export type Credentials =
  | { kind: 'password'; username: string; password: string }
  /** An identity (refresh) token for the registry's token service. */
  | { kind: 'identityToken'; token: string };

export type AuthScheme = 'anonymous' | 'basic' | 'token';

/** Reply of a token service that is read; real ones are a few KiB. */
export const TOKEN_REPLY_MAX = 64 * 1024;
/** Seconds a token lives where the service does not say. @see distribution, "Token Authentication Specification" */
const DEFAULT_EXPIRY = 60;
/** Tokens kept; the oldest go first. One a repository is the common case. */
const TOKENS_MAX = 1000;

/** Public registries whose token service is known to stand on another host. */
const KNOWN_TOKEN_HOSTS: Readonly<Record<string, string>> = {
  'registry-1.docker.io': 'auth.docker.io',
  'registry.gitlab.com': 'gitlab.com',
  'registry.digitalocean.com': 'api.digitalocean.com',
};

/** What is not visible ASCII cannot stand in a header, and could break out of it. */
const usableToken = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]+$/);

/** Each field for itself: Harbor sends an empty `access_token` beside the token, others null or a lifetime as text. */
const tokenReply = z.object({
  token: usableToken.optional().catch(undefined),
  access_token: usableToken.optional().catch(undefined),
  expires_in: z
    .union([z.number(), z.string().trim().regex(/^\d+$/).transform(Number)])
    .pipe(z.number().nonnegative().finite())
    .optional()
    .catch(undefined),
});

/** What a request was sent with, so that a refusal can be told from a stale token. */
export interface Authorization {
  header: string;
  scheme: 'basic' | 'bearer';
  /** Of a token: where from and for what. */
  key?: string;
}

/** One small request and its whole reply, with retries; the client's, without credentials of its own. */
export type Exchange = (
  request: Pick<RawRequest, 'method' | 'url' | 'headers' | 'signal'> & { body?: string },
) => Promise<{ status: number; header: (name: string) => string | undefined; text: string }>;

interface Bearer {
  realm: URL;
  service: string | undefined;
}

/**
 * Answers a registry's challenges. Credentials go to the registry's own origin, to a token service on it, to one known for a
 * public registry, or to one on a host the user approved; to nowhere else, whatever a challenge says (CVE-2026-48978).
 */
export class Authenticator {
  readonly #origin: URL;
  readonly #credentials: Credentials | undefined;
  readonly #trustOf: (url: URL) => Trust;
  readonly #exchange: Exchange;
  readonly #tokens = new Map<string, { token: string; staleAt: number }>();
  readonly #fetching = new Map<string, Promise<string>>();
  /** What a registry asked for beyond what we thought a request needs. */
  readonly #extended = new Map<string, readonly string[]>();
  #bearer: Bearer | undefined;
  #basic = false;

  constructor(options: {
    origin: URL;
    credentials: Credentials | undefined;
    trustOf: (url: URL) => Trust;
    exchange: Exchange;
  }) {
    this.#origin = options.origin;
    this.#credentials = options.credentials;
    this.#trustOf = options.trustOf;
    this.#exchange = options.exchange;
  }

  get scheme(): AuthScheme {
    if (!this.#credentials) return 'anonymous';
    return this.#bearer ? 'token' : this.#basic ? 'basic' : 'anonymous';
  }

  /** Where the registry said its tokens come from; tells products apart. */
  get tokenService(): { realm: URL; service: string | undefined } | undefined {
    return this.#bearer;
  }

  /** Texts that must appear in no error. */
  get secrets(): readonly string[] {
    const credentials = this.#credentials;
    if (!credentials) return [];
    return credentials.kind === 'password'
      ? [credentials.password, basicPair(credentials.username, credentials.password)]
      : [credentials.token];
  }

  /** What is known to be wanted, before the first try: saves the refusal that would ask for it. */
  async prepare(needed: readonly string[], signal?: AbortSignal): Promise<Authorization | undefined> {
    if (this.#bearer) {
      const scopes = this.#extended.get(scopeKey(needed)) ?? needed;
      return this.#token(this.#bearer, scopes, signal);
    }
    return this.#basic ? this.#basicAuthorization() : undefined;
  }

  /**
   * The authorization that answers a refusal, or undefined where there is none: then the refusal stands. `used` is what the
   * refused request was sent with, `round` how many refusals of this request were answered before.
   */
  async answer(
    challenges: readonly Challenge[],
    needed: readonly string[],
    used: Authorization | undefined,
    round: number,
    signal?: AbortSignal,
  ): Promise<Authorization | undefined> {
    const bearer = this.#readBearer(challenges);
    if (bearer) {
      const asked = bearer.challenge.parameters.get('scope')?.split(' ').filter(Boolean) ?? [];
      // What was missing goes first: some services read one scope only.
      const scopes = mergeScopes([...asked, ...needed]);
      const key = tokenKey(bearer, scopes);
      if (used?.key === key) {
        if (round > 0) return undefined;
        if (this.#tokens.get(key)?.token === used.header.slice('Bearer '.length)) this.#tokens.delete(key);
      }
      this.#bearer = { realm: bearer.realm, service: bearer.service };
      if (scopeKey(scopes) !== scopeKey(needed)) this.#remember(needed, scopes);
      return this.#token(bearer, scopes, signal);
    }
    if (challenges.some(({ scheme }) => scheme === 'basic') && used?.scheme !== 'basic') {
      const authorization = this.#basicAuthorization();
      if (authorization) this.#basic = true;
      return authorization;
    }
    return undefined;
  }

  /** Drops a token that was refused where the request cannot be sent again; the next one fetches a new one. */
  forget(used: Authorization | undefined): void {
    if (used?.key !== undefined) this.#tokens.delete(used.key);
  }

  #remember(needed: readonly string[], scopes: readonly string[]): void {
    if (this.#extended.size >= TOKENS_MAX) this.#extended.clear();
    this.#extended.set(scopeKey(needed), scopes);
  }

  #readBearer(challenges: readonly Challenge[]): (Bearer & { challenge: Challenge }) | undefined {
    for (const challenge of challenges) {
      const realm = challenge.parameters.get('realm');
      if (challenge.scheme !== 'bearer' || realm === undefined) continue;
      try {
        const url = new URL(realm, this.#origin);
        if (url.protocol !== 'https:' && url.protocol !== 'http:') continue;
        return { realm: url, service: challenge.parameters.get('service'), challenge };
      } catch {
        // A realm that is no URL is no token service.
      }
    }
    return undefined;
  }

  /** The password as Basic, whatever the registry asked for: for a product's own API beside the registry's. */
  basic(): Authorization | undefined {
    return this.#basicAuthorization();
  }

  #basicAuthorization(): Authorization | undefined {
    const credentials = this.#credentials;
    if (credentials?.kind !== 'password') return undefined;
    return { header: `Basic ${basicPair(credentials.username, credentials.password)}`, scheme: 'basic' };
  }

  async #token(bearer: Bearer, scopes: readonly string[], signal?: AbortSignal): Promise<Authorization> {
    const key = tokenKey(bearer, scopes);
    const kept = this.#tokens.get(key);
    if (kept && kept.staleAt > performance.now()) return authorization(kept.token, key);
    let fetching = this.#fetching.get(key);
    if (!fetching) {
      // Shared by all that wait for it: one of them being cancelled must not fail the others.
      fetching = this.#fetch(bearer, scopes, key).finally(() => this.#fetching.delete(key));
      this.#fetching.set(key, fetching);
      // Nobody may be left to hear of its failure, when a client is closed.
      fetching.catch(() => {});
    }
    return authorization(await abandonable(fetching, signal), key);
  }

  async #fetch(bearer: Bearer, scopes: readonly string[], key: string): Promise<string> {
    const { realm } = bearer;
    const credentials = this.#credentials;
    this.#checkRealm(realm, credentials !== undefined);
    const byGet = (): ReturnType<Exchange> => {
      const url = new URL(realm);
      if (bearer.service !== undefined) url.searchParams.set('service', bearer.service);
      for (const scope of scopes) url.searchParams.append('scope', scope);
      const headers: Record<string, string> = { accept: 'application/json' };
      if (credentials) {
        const [user, secret] =
          credentials.kind === 'password'
            ? [credentials.username, credentials.password]
            : ['<token>', credentials.token];
        headers.authorization = `Basic ${basicPair(user, secret)}`;
      }
      return this.#exchange({ method: 'GET', url, headers });
    };
    const byPost = (): ReturnType<Exchange> => {
      const form = new URLSearchParams({ client_id: 'wharfinger' });
      if (bearer.service !== undefined) form.set('service', bearer.service);
      if (scopes.length > 0) form.set('scope', scopes.join(' '));
      if (credentials?.kind === 'password') {
        form.set('grant_type', 'password');
        form.set('username', credentials.username);
        form.set('password', credentials.password);
      } else if (credentials) {
        form.set('grant_type', 'refresh_token');
        form.set('refresh_token', credentials.token);
      }
      const headers = {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
      };
      return this.#exchange({ method: 'POST', url: realm, headers, body: form.toString() });
    };
    // Passwords go by GET, which every service knows; identity tokens by POST, the only form that defines them.
    const [first, second] = credentials?.kind === 'identityToken' ? [byPost, byGet] : [byGet, byPost];
    let method = first === byGet ? 'GET' : 'POST';
    let reply = await first();
    if ((reply.status === 404 || reply.status === 405) && credentials) {
      method = second === byGet ? 'GET' : 'POST';
      reply = await second();
    }
    const request = describeRequest(method, realm);
    if (reply.status !== 200) {
      const words = readErrorBody(reply.text, reply.header('content-type') ?? '', this.secrets);
      const failure = replyFailure(request, reply.status, reply.header, words);
      // A form's refusal is 400 invalid_grant; for the user it is the same wrong password.
      if (reply.status === 400 && credentials)
        throw new RegistryError('unauthorized', request, { status: 400, reason: words.reason });
      throw failure;
    }
    const { token, expires } = readTokenReply(reply.text, request);
    if (this.#tokens.size >= TOKENS_MAX) {
      const oldest = this.#tokens.keys().next();
      if (!oldest.done) this.#tokens.delete(oldest.value);
    }
    // A tenth of its life is left unused, at most ten seconds: a token must not expire on its way.
    const usable = expires - Math.min(10, expires / 10);
    this.#tokens.set(key, { token, staleAt: performance.now() + usable * 1000 });
    return token;
  }

  #checkRealm(realm: URL, withCredentials: boolean): void {
    const request = describeRequest('GET', realm);
    if (this.#origin.protocol === 'https:' && realm.protocol !== 'https:')
      throw new RegistryError('addressRefused', request, {
        reason: 'The registry is reached by https and names a token service on plain http.',
      });
    if (!withCredentials || this.#trustOf(realm) !== 'foreign') return;
    if (realm.protocol === 'https:' && KNOWN_TOKEN_HOSTS[this.#origin.hostname] === realm.host) return;
    throw new RegistryError('addressRefused', request, {
      reason: `The registry asks to send its password to ${realm.host}. Approve that host if it is the registry's token service.`,
    });
  }
}

function basicPair(username: string, password: string): string {
  return Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
}

function tokenKey({ realm, service }: Bearer, scopes: readonly string[]): string {
  return `${realm.href} ${service ?? ''} ${scopeKey(scopes)}`;
}

function authorization(token: string, key: string): Authorization {
  return { header: `Bearer ${token}`, scheme: 'bearer', key };
}

/** @throws {RegistryError} `invalidResponse` */
function readTokenReply(text: string, request: string): { token: string; expires: number } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new RegistryError('invalidResponse', request, {
      reason: "The token service's reply is not JSON.",
      cause,
    });
  }
  const read = tokenReply.safeParse(value);
  const token = read.data?.token ?? read.data?.access_token;
  if (token === undefined)
    throw new RegistryError('invalidResponse', request, {
      reason: "The token service's reply has no token.",
    });
  return { token, expires: read.data?.expires_in ?? DEFAULT_EXPIRY };
}

/** The promise's outcome, or `cancelled` as soon as the signal fires; the promise itself goes on for others. */
async function abandonable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  const cancelled = (): RegistryError => new RegistryError('cancelled', '', { cause: signal.reason });
  if (signal.aborted) throw cancelled();
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(cancelled());
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}
