import type { Readable } from 'node:stream';
import { RegistryError } from '../errors.ts';
import { hostOfRegistry, parseRegistryAddress } from '../model/reference.ts';
import { Authenticator, type Authorization, type AuthScheme, TOKEN_REPLY_MAX } from './auth.ts';
import { parseChallenges } from './challenge.ts';
import { Connection, DEFAULT_TIMEOUTS, type Method, type Peer, type RawRequest } from './connection.ts';
import { elsewhere } from './elsewhere.ts';
import { isBrokenFraming } from './failure.ts';
import type { ClientRequest, RegistryOptions } from './options.ts';
import { type HostPacing, pacingOf, type RateLimit } from './pacing.ts';
import { describeRequest } from './redact.ts';
import { Reply } from './reply.ts';
import {
  backoff,
  DEFAULT_RETRY,
  isRetriedFailure,
  isRetriedStatus,
  pause,
  type RetryPolicy,
} from './retry.ts';
import { mergeScopes } from './scope.ts';

/** Requests in flight at one registry, blobs aside: quick over 50 ms of distance, and unnoticed by a small server. */
const DEFAULT_CONCURRENCY = 8;
const REDIRECTS_MAX = 5;
/** Refusals of one request that are answered: one for a stale token, one for a scope we did not think of. */
const CHALLENGES_ANSWERED = 2;

const IDEMPOTENT: ReadonlySet<Method> = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);

/**
 * One registry as one account sees it: connection, sign-in, retries, pacing. Requests are made by the functions of
 * `endpoints/`. Holds sockets until closed.
 */
export class RegistryClient {
  /** The registry's origin. */
  readonly url: URL;
  /** As it stands in references: `docker.io` for Docker Hub. */
  readonly host: string;
  readonly #connection: Connection;
  readonly #authenticator: Authenticator;
  readonly #retry: RetryPolicy;
  readonly #userAgent: string;
  readonly #closing = new AbortController();
  #headKeepsAlive = true;

  /** @throws {RegistryError} `invalidAddress` */
  constructor(options: RegistryOptions) {
    this.url = parseRegistryAddress(options.url);
    this.host = hostOfRegistry(this.url);
    this.#retry = { ...DEFAULT_RETRY, ...options.retry };
    this.#userAgent = options.userAgent ?? 'wharfinger';
    this.#connection = new Connection({
      origin: this.url,
      tls: options.tls,
      proxy: options.proxy ?? { kind: 'system' },
      environment: options.environment ?? process.env,
      approvedHosts: options.approvedHosts ?? [],
      concurrency: options.requestConcurrency ?? DEFAULT_CONCURRENCY,
      timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts },
    });
    this.#authenticator = new Authenticator({
      origin: this.url,
      credentials: options.credentials,
      trustOf: (url) => this.#connection.trustOf(url),
      exchange: (request) => this.#exchange(request),
    });
  }

  /** Pulls left, where the registry counts them and has told. */
  rateLimit(): RateLimit | undefined {
    return this.#pacing(this.url).rateLimit;
  }

  /** How this client is signed in, as far as the registry has asked yet. */
  authScheme(): AuthScheme {
    return this.#authenticator.scheme;
  }

  /** Where the registry's tokens come from, once it has asked for one. */
  tokenService(): { realm: URL; service: string | undefined } | undefined {
    return this.#authenticator.tokenService;
  }

  /** What is reached at the registry's origin, after the first direct connection. */
  peer(): Peer | undefined {
    return this.#connection.peer;
  }

  /** The proxy on the way to the registry. @throws {RegistryError} `invalidAddress` */
  proxy(): URL | undefined {
    return this.#connection.proxy();
  }

  /** Connects by TCP to the registry itself, and hangs up; answers the address reached. @throws {RegistryError} */
  reach(signal?: AbortSignal): Promise<string> {
    return this.#connection.reach(signal);
  }

  /** Ends every request of this client with `cancelled` and closes its sockets. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#connection.close();
  }

  /**
   * Makes a request, signing in as the registry asks, and tries again what may be tried again: requests that can be repeated
   * without harm, on 408, 429, 5xx and lost connections. `Retry-After` holds back all requests to the host.
   *
   * @throws {RegistryError} for a status that is not in `expect`, and everything else.
   */
  async request(request: ClientRequest): Promise<Reply> {
    const url = typeof request.url === 'string' ? new URL(request.url, this.url) : request.url;
    const signal = request.signal
      ? AbortSignal.any([request.signal, this.#closing.signal])
      : this.#closing.signal;
    const streaming = request.body !== undefined && !isReplayable(request.body);
    const repeatable = IDEMPOTENT.has(request.method) && !streaming;
    const tries = request.tries ?? this.#retry.tries;
    for (let attempt = 1; ; attempt++) {
      let failure: RegistryError;
      try {
        await this.#pacing(url).wait(signal);
        const reply = await this.#signedIn({ ...request, signal }, url, !streaming);
        if (request.expect.includes(reply.status)) return reply;
        failure = await this.#explain(reply);
      } catch (error) {
        if (!(error instanceof RegistryError)) throw error;
        failure = error;
      }
      await this.#beforeRetry(failure, { attempt, tries, repeatable, streaming, url, signal });
    }
  }

  /** Returns when the failed request may be made again; throws the failure where it may not. */
  async #beforeRetry(
    failure: RegistryError,
    {
      attempt,
      tries,
      repeatable,
      streaming,
      url,
      signal,
    }: {
      attempt: number;
      tries: number;
      repeatable: boolean;
      streaming: boolean;
      url: URL;
      signal: AbortSignal;
    },
  ): Promise<void> {
    const { status, retryAfter, code } = failure;
    const waits = retryAfter !== undefined && retryAfter <= this.#retry.maxRetryAfter;
    if (waits && code !== 'cancelled') this.#pacing(url).block(retryAfter);
    if (isBrokenFraming(failure)) {
      this.#headKeepsAlive = false;
      if (repeatable && attempt < tries) return;
    }
    // A 429 was not acted upon, so that even a POST may come again.
    const safe = repeatable || (status === 429 && !streaming);
    const worthwhile =
      status === undefined
        ? isRetriedFailure(failure)
        : isRetriedStatus(status) && (retryAfter === undefined || waits);
    if (!safe || !worthwhile || attempt >= tries) throw failure;
    if (retryAfter === undefined) await pause(backoff(attempt + 1, this.#retry), signal);
  }

  /** One request with its sign-in; a refusal is answered and the request sent again. */
  async #signedIn(request: ClientRequest, url: URL, replayable: boolean): Promise<Reply> {
    const scopes = mergeScopes(request.scopes ?? []);
    const own = this.#connection.trustOf(url) === 'own';
    let used = !own
      ? undefined
      : request.signIn === 'basic'
        ? this.#authenticator.basic()
        : await this.#authenticator.prepare(scopes, request.signal);
    for (let round = 0; ; round++) {
      const reply = await this.#follow(request, url, used);
      // A challenge from elsewhere (object storage, say) is none of the registry's and gets no answer.
      const refused =
        own && request.signIn === undefined && reply.url.origin === this.url.origin && isRefusal(reply);
      if (!refused) return reply;
      if (round >= CHALLENGES_ANSWERED) return reply;
      if (!replayable) {
        this.#authenticator.forget(used);
        return reply;
      }
      const challenges = parseChallenges(reply.headerValues('www-authenticate'));
      const next = await this.#authenticator
        .answer(challenges, scopes, used, round, request.signal)
        .catch(async (error: unknown) => {
          await reply.dump();
          throw error;
        });
      if (!next) return reply;
      await reply.dump();
      used = next;
    }
  }

  async #follow(request: ClientRequest, start: URL, used: Authorization | undefined): Promise<Reply> {
    let url = start;
    for (let hops = 0; ; hops++) {
      const ownOrigin = url.origin === this.url.origin;
      const raw = await this.#connection.send({
        method: request.method,
        url,
        headers: {
          'user-agent': this.#userAgent,
          ...request.headers,
          ...(used && ownOrigin ? { authorization: used.header } : {}),
        },
        ...(request.body === undefined ? {} : { body: request.body }),
        ...(request.download === undefined ? {} : { download: request.download }),
        ...(request.headersTimeout === undefined ? {} : { headersTimeout: request.headersTimeout }),
        ...(request.method === 'HEAD' && !this.#headKeepsAlive ? { reset: true } : {}),
        signal: request.signal,
      });
      const reply = new Reply(raw, describeRequest(request.method, url), url, {
        secrets: this.#secrets(used),
        signal: request.signal,
      });
      this.#pacing(url).note(reply.header);
      const location = reply.header('location');
      const redirected = [301, 302, 303, 307, 308].includes(reply.status) && location !== undefined;
      if (!redirected || !request.follow) return reply;
      await reply.dump();
      if (hops >= REDIRECTS_MAX)
        throw new RegistryError('invalidResponse', reply.request, {
          reason: `More than ${REDIRECTS_MAX} redirects.`,
        });
      url = this.elsewhere(location, url, reply.request);
    }
  }

  /**
   * Where the registry's reply sends us: see {@link elsewhere}.
   *
   * @throws {RegistryError} `invalidResponse`, `addressRefused`
   */
  elsewhere(location: string, base: URL, request: string): URL {
    return elsewhere(location, base, this.url, request);
  }

  /** The refusal as an error: 401 for want of a right is `denied`, for want of a sign-in `unauthorized`. */
  async #explain(reply: Reply): Promise<RegistryError> {
    const failure = await reply.failure();
    if (failure.code !== 'unauthorized' || this.#authenticator.scheme === 'anonymous') return failure;
    const challenges = parseChallenges(reply.headerValues('www-authenticate'));
    if (!challenges.some(({ parameters }) => parameters.get('error') === 'insufficient_scope'))
      return failure;
    return new RegistryError('denied', failure.request, {
      reason: failure.reason,
      status: failure.status,
      registryCodes: failure.registryCodes,
    });
  }

  /** A token request: no redirect, no sign-in of its own, retried like any other that can be repeated. */
  async #exchange(request: Pick<RawRequest, 'method' | 'url' | 'headers'> & { body?: string }): Promise<{
    status: number;
    header: (name: string) => string | undefined;
    text: string;
  }> {
    const signal = this.#closing.signal;
    for (let attempt = 1; ; attempt++) {
      let failure: RegistryError;
      try {
        await this.#pacing(request.url).wait(signal);
        const raw = await this.#connection.send({
          ...request,
          headers: { 'user-agent': this.#userAgent, ...request.headers },
          signal,
        });
        const reply = new Reply(raw, describeRequest(request.method, request.url), request.url, {
          secrets: this.#authenticator.secrets,
          signal,
        });
        if (!isRetriedStatus(reply.status)) {
          const bytes =
            reply.status === 200
              ? await reply.bytes(TOKEN_REPLY_MAX)
              : await reply.beginning(TOKEN_REPLY_MAX);
          return { status: reply.status, header: reply.header, text: bytes.toString('utf8') };
        }
        failure = await reply.failure();
      } catch (error) {
        if (!(error instanceof RegistryError)) throw error;
        failure = error;
      }
      await this.#beforeRetry(failure, {
        attempt,
        tries: this.#retry.tries,
        repeatable: true,
        streaming: false,
        url: request.url,
        signal,
      });
    }
  }

  #secrets(used: Authorization | undefined): readonly string[] {
    return used
      ? [...this.#authenticator.secrets, used.header.slice(used.header.indexOf(' ') + 1)]
      : this.#authenticator.secrets;
  }

  #pacing(url: URL): HostPacing {
    return pacingOf(url.origin);
  }
}

function isReplayable(body: Uint8Array | string | Readable): body is Uint8Array | string {
  return typeof body === 'string' || body instanceof Uint8Array;
}

function isRefusal(reply: Reply): boolean {
  if (reply.status === 401) return true;
  if (reply.status !== 403) return false;
  return parseChallenges(reply.headerValues('www-authenticate')).some(
    ({ scheme, parameters }) => scheme === 'bearer' && parameters.get('error') === 'insufficient_scope',
  );
}
