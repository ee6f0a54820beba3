import { z } from 'zod';
import { RegistryError } from '../errors.ts';
import { describeRequest } from '../redact.ts';
import { abandonable } from './abandonable.ts';
import type { RawRequest } from './connection.ts';
import { type Authorization, basicPair, type Credentials } from './credentials.ts';
import type { Trust } from './dispatchers.ts';
import { readErrorBody, replyFailure } from './failure.ts';
import type { HeldCredentials } from './held-credentials.ts';
import { scopeKey } from './scope.ts';

/** Reply of a token service that is read; real ones are a few KiB. */
export const TOKEN_REPLY_MAX = 64 * 1024;
/** Seconds a token lives where the service does not say. @see distribution, "Token Authentication Specification" */
const DEFAULT_EXPIRY = 60;
/** Tokens kept; the oldest go first. One a repository is the common case. */
const TOKENS_MAX = 1000;
/** Refusals of a token service that may be about what was asked for, and not about who asks. */
const SCOPE_REFUSALS: ReadonlySet<number> = new Set([400, 403, 404, 422]);

/** Public registries whose token service is known to be on another host. */
const KNOWN_TOKEN_HOSTS: Readonly<Record<string, string>> = {
  'registry-1.docker.io': 'auth.docker.io',
  'registry.gitlab.com': 'gitlab.com',
  'registry.digitalocean.com': 'api.digitalocean.com',
};

/** What is not visible ASCII is not allowed in a header, and could break out of it. */
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

/** One small request and its whole reply, with retries; the client's, without credentials of its own. */
export type Exchange = (
  request: Pick<RawRequest, 'method' | 'url' | 'headers' | 'signal'> & { body?: string },
) => Promise<{ status: number; header: (name: string) => string | undefined; text: string }>;

/** Where a registry says that its tokens are had. */
export interface Bearer {
  realm: URL;
  service: string | undefined;
}

export interface TokenOptions {
  /** Of the registry that the tokens are for. */
  origin: URL;
  credentials: HeldCredentials;
  trustOf: (url: URL) => Trust;
  exchange: Exchange;
}

/** Fetches tokens and keeps them while they are good; one request at a time for a set of scopes. */
export class Tokens {
  readonly #options: TokenOptions;
  readonly #kept = new Map<string, { token: string; staleAt: number }>();
  readonly #fetching = new Map<string, Promise<string>>();

  constructor(options: TokenOptions) {
    this.#options = options;
  }

  /**
   * @throws {RegistryError} of the service; `addressRefused` where credentials would go to a host that the user did not approve;
   * a refusal that may be about the scopes, see {@link isScopeRefusal}.
   */
  async get(bearer: Bearer, scopes: readonly string[], signal?: AbortSignal): Promise<Authorization> {
    const key = tokenKey(bearer, scopes);
    const kept = this.#kept.get(key);
    if (kept && kept.staleAt > performance.now()) return authorization(kept.token, key);
    let fetching = this.#fetching.get(key);
    if (!fetching) {
      // Shared by all that wait for it: one of them being cancelled must not fail the others.
      fetching = this.#fetch(bearer, scopes, key).finally(() => this.#fetching.delete(key));
      this.#fetching.set(key, fetching);
      // When a client is closed, no caller may be left to receive its failure.
      fetching.catch(() => {});
    }
    return authorization(await abandonable(fetching, signal), key);
  }

  /** Drops the token that was used, unless a newer one has taken its place. */
  drop({ key, header }: Authorization): void {
    if (key !== undefined && this.#kept.get(key)?.token === header.slice('Bearer '.length))
      this.#kept.delete(key);
  }

  async #fetch(bearer: Bearer, scopes: readonly string[], key: string): Promise<string> {
    const held = this.#options.credentials;
    const credentials = await held.get();
    try {
      return await this.#ask(bearer, scopes, key, credentials);
    } catch (error) {
      const refused = error instanceof RegistryError && error.code === 'unauthorized';
      const others = refused && credentials ? await held.after(credentials) : undefined;
      if (!others) throw error;
      return await this.#ask(bearer, scopes, key, others);
    }
  }

  async #ask(
    bearer: Bearer,
    scopes: readonly string[],
    key: string,
    credentials: Credentials | undefined,
  ): Promise<string> {
    this.#checkRealm(bearer.realm, credentials !== undefined);
    // Passwords go by GET, which every service knows; identity tokens by POST, the only form that defines them.
    const [first, second] =
      credentials?.kind === 'identityToken' ? [byPost, byGet] : ([byGet, byPost] as const);
    let request = first(bearer, scopes, credentials);
    let reply = await this.#options.exchange(request);
    if ((reply.status === 404 || reply.status === 405) && credentials) {
      request = second(bearer, scopes, credentials);
      reply = await this.#options.exchange(request);
    }
    const description = describeRequest(request.method, bearer.realm);
    if (reply.status !== 200) {
      const words = readErrorBody(reply.text, reply.header('content-type') ?? '');
      // A form's refusal is 400 invalid_grant; for the user it is the same wrong password.
      if (reply.status === 400 && credentials && /"invalid_(?:grant|client)"/.test(reply.text))
        throw new RegistryError('unauthorized', description, { status: 400, reason: words.reason });
      throw replyFailure(description, reply.status, reply.header, words);
    }
    const { token, expires } = readTokenReply(reply.text, description);
    if (this.#kept.size >= TOKENS_MAX) {
      const oldest = this.#kept.keys().next();
      if (!oldest.done) this.#kept.delete(oldest.value);
    }
    // A tenth of its life is left unused, at most ten seconds: a token must not expire on its way.
    const usable = expires - Math.min(10, expires / 10);
    this.#kept.set(key, { token, staleAt: performance.now() + usable * 1000 });
    return token;
  }

  #checkRealm(realm: URL, withCredentials: boolean): void {
    const { origin, trustOf } = this.#options;
    const request = describeRequest('GET', realm);
    if (origin.protocol === 'https:' && realm.protocol !== 'https:')
      throw new RegistryError('addressRefused', request, {
        reason: 'The registry is reached by https and names a token service on plain http.',
      });
    if (!withCredentials || trustOf(realm) !== 'foreign') return;
    if (realm.protocol === 'https:' && KNOWN_TOKEN_HOSTS[origin.hostname] === realm.host) return;
    throw new RegistryError('addressRefused', request, {
      reason: `The registry asks to send its password to ${realm.host}. Approve that host if it is the registry's token service.`,
      approvable: realm.host,
    });
  }
}

/** Whether a token service may have refused what was asked for: another set of scopes may be given. */
export function isScopeRefusal(error: unknown): error is RegistryError {
  return (
    error instanceof RegistryError && error.code !== 'unauthorized' && SCOPE_REFUSALS.has(error.status ?? 0)
  );
}

type TokenRequest = Parameters<Exchange>[0];

function byGet(
  { realm, service }: Bearer,
  scopes: readonly string[],
  credentials: Credentials | undefined,
): TokenRequest {
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set('service', service);
  for (const scope of scopes) url.searchParams.append('scope', scope);
  const headers: Record<string, string> = { accept: 'application/json' };
  if (credentials) {
    const [user, secret] =
      credentials.kind === 'password'
        ? [credentials.username, credentials.password]
        : ['<token>', credentials.token];
    headers.authorization = `Basic ${basicPair(user, secret)}`;
  }
  return { method: 'GET', url, headers };
}

function byPost(
  { realm, service }: Bearer,
  scopes: readonly string[],
  credentials: Credentials | undefined,
): TokenRequest {
  const form = new URLSearchParams({ client_id: 'wharfinger' });
  if (service !== undefined) form.set('service', service);
  if (scopes.length > 0) form.set('scope', scopes.join(' '));
  if (credentials?.kind === 'password') {
    form.set('grant_type', 'password');
    form.set('username', credentials.username);
    form.set('password', credentials.password);
  } else if (credentials) {
    form.set('grant_type', 'refresh_token');
    form.set('refresh_token', credentials.token);
  }
  const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
  return { method: 'POST', url: realm, headers, body: form.toString() };
}

/** The same for tokens of one service for the same scopes, in whatever order they are named. */
export function tokenKey({ realm, service }: Bearer, scopes: readonly string[]): string {
  return `${realm.href} ${service ?? ''} ${scopeKey(scopes)}`;
}

function authorization(token: string, key: string): Authorization {
  return { header: `Bearer ${token}`, scheme: 'bearer', key };
}

/** @throws {RegistryError} `invalidResponse` */
function readTokenReply(text: string, request: string): { token: string; expires: number } {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
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
