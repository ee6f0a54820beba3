import { RegistryError } from '../errors.ts';
import { digestOf } from '../model/digest.ts';
import { hostOfRegistry, parseRegistryAddress } from '../model/reference.ts';
import { describeRequest } from '../redact.ts';
import { SecretGuard } from '../secrets.ts';
import { withRetries } from './attempts.ts';
import type { Authenticator } from './auth.ts';
import { parseChallenges } from './challenge.ts';
import { Connection, DEFAULT_TIMEOUTS, type Method, type Peer } from './connection.ts';
import { type AuthScheme, type Credentials, secretsOf } from './credentials.ts';
import { Denials } from './denials.ts';
import { type ClientRequest, isReplayable, type RegistryOptions } from './options.ts';
import { ceilingOf, kindOf, pacingOf, type RequestKind, socketsFor } from './pacing.ts';
import { type PullCount, pullsOf, type RateLimit } from './pulls.ts';
import type { Reply } from './reply.ts';
import { RequestSlot } from './request-slot.ts';
import { DEFAULT_RETRY, isRetriedStatus, type RetryPolicy } from './retry.ts';
import { mergeScopes, pullScope, pushScope } from './scope.ts';
import { Sender } from './sender.ts';
import { SignedSender } from './signed-sender.ts';
import { type Exchange, TOKEN_REPLY_MAX } from './token-service.ts';

/** Small requests of a kind in flight at one registry: it begins with fewer and gets there while the registry takes them all. */
const DEFAULT_CONCURRENCY = 16;

const IDEMPOTENT: ReadonlySet<Method> = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);

/** What endpoints go by without knowing products. */
export interface ClientTraits {
  /** Bytes of a blob that it takes in one request. */
  uploadChunk?: number | undefined;
  /** What a failed write to a repository means. */
  explainWrite?: (failure: RegistryError, repository: string) => Promise<RegistryError>;
}

/**
 * One registry as one account sees it: connection, sign-in, retries, pacing. Requests are made by the functions of
 * `endpoints/`. Holds sockets until closed.
 */
export class RegistryClient {
  /** The registry's origin. */
  readonly url: URL;
  /** As written in references: `docker.io` for Docker Hub. */
  readonly host: string;
  /** Most bytes of a blob sent to it in one request, where somebody chose that. */
  readonly uploadChunk: number | undefined;
  /** What its product is known for below all that asks which one it is; set by whoever identifies it. */
  readonly traits: ClientTraits = {};
  readonly #connection: Connection;
  readonly #retry: RetryPolicy;
  readonly #signedSender: SignedSender;
  readonly #denials: Denials;
  readonly #pulls: PullCount;
  readonly #requestConcurrency: number;
  readonly #closing = new AbortController();
  readonly #guard = new SecretGuard();
  /** The scope to ask for in place of each pull scope: of repositories that something is to be written to. */
  readonly #written = new Map<string, string>();

  /** @throws {RegistryError} `invalidAddress` */
  constructor(options: RegistryOptions) {
    this.url = parseRegistryAddress(options.url);
    this.host = hostOfRegistry(this.url);
    this.uploadChunk = options.uploadChunk;
    this.#guard.add(secretsOf(options.credentials));
    const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
    this.#retry = { ...DEFAULT_RETRY, ...options.retry };
    this.#requestConcurrency = options.requestConcurrency ?? DEFAULT_CONCURRENCY;
    this.#pulls = pullsOf(this.url.origin, accountOf(options.credentials));
    this.#connection = new Connection({
      origin: this.url,
      tls: options.tls,
      proxy: options.proxy ?? { kind: 'system' },
      environment: options.environment ?? process.env,
      approvedHosts: options.approvedHosts ?? [],
      sockets: socketsFor(this.#requestConcurrency),
      timeouts,
    });
    const sender = new Sender({
      connection: this.#connection,
      origin: this.url,
      userAgent: options.userAgent ?? 'wharfinger',
      timeouts,
      maxRetryAfter: this.#retry.maxRetryAfter,
      trace: options.trace,
      onAuthorizations: (used) =>
        this.#guard.add([...used].map(({ header }) => header.slice(header.indexOf(' ') + 1))),
      onHeaders: (header) => this.#pulls.note(header),
    });
    this.#signedSender = new SignedSender({
      sender,
      origin: this.url,
      credentials: options.credentials,
      trustOf: (url) => this.#connection.trustOf(url),
      exchange: (request) => this.#exchange(sender, request),
    });
    this.#denials = new Denials({
      origin: this.url,
      authenticator: this.#authenticator,
      request: (request) => this.request(request),
    });
  }

  get #authenticator(): Authenticator {
    return this.#signedSender.authenticator;
  }

  /** Pulls left, if the registry counts them and has reported it. */
  rateLimit(): RateLimit | undefined {
    return this.#pulls.rateLimit;
  }

  /** What its endpoints go by, too, when they take up a body that was cut. */
  get retry(): RetryPolicy {
    return this.#retry;
  }

  /** How this client is signed in, as far as the registry has asked yet. */
  authScheme(): AuthScheme {
    return this.#authenticator.scheme;
  }

  /** Whether there is anything to sign in with. */
  hasCredentials(): boolean {
    return this.#authenticator.hasCredentials;
  }

  /** How the registry asks for a sign-in, from its reply to an unauthenticated `/v2/`. */
  learnSignIn(reply: Reply): void {
    this.#authenticator.learn(parseChallenges(reply.headerValues('www-authenticate')));
  }

  /** Where the registry's tokens come from, once it has asked for one. */
  tokenService(): { realm: URL; service: string | undefined } | undefined {
    return this.#authenticator.tokenService;
  }

  /**
   * From now on a token for this repository is asked for with the right to push: one serves the looks before a write and the
   * write, and some registries let a repository that does not exist yet be looked at with no other.
   */
  expectWrites(repository: string): void {
    this.#written.set(pullScope(repository), pushScope(repository));
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
    this.#guard.release();
  }

  /**
   * Makes a request as soon as the host takes it (see {@link HostPacing}), signing in as the registry asks, and tries again what
   * may be tried again: requests that can be repeated without harm, on 408, 429, 5xx and lost connections. `Retry-After` holds
   * back all requests to the host.
   *
   * @throws {RegistryError} for a status that is not in `expect`, and everything else; `rateLimited` also for a GET of a manifest
   * that would use the last pulls that the registry counts.
   */
  request(request: ClientRequest): Promise<Reply> {
    const url = typeof request.url === 'string' ? new URL(request.url, this.url) : request.url;
    const signal = request.signal
      ? AbortSignal.any([request.signal, this.#closing.signal])
      : this.#closing.signal;
    const streaming = request.body !== undefined && !isReplayable(request.body);
    return withRetries(() => this.#attempt({ ...request, signal }, url, !streaming), {
      policy: this.#retry,
      tries: request.tries ?? this.#retry.tries,
      repeatable: !streaming && isRepeatable(request),
      streaming,
      answersLately: () => pacingOf(url.origin).answersLately,
      signal,
    });
  }

  async #attempt(request: ClientRequest, url: URL, replayable: boolean): Promise<Reply> {
    const counted = this.#isPull(request, url);
    if (counted)
      await this.#pulls.begin(describeRequest(request.method, url), {
        urgent: request.urgent === true,
        maxWait: this.#retry.maxRetryAfter,
        signal: request.signal,
      });
    const slot = this.#requestSlot(kindOf(request, url), request.signal);
    try {
      const wanted = { url, scopes: this.#scopesOf(request) };
      const reply = await this.#signedSender.send(request, wanted, slot, { replayable });
      slot.endWith(reply);
      if (!request.expect.includes(reply.status)) throw await this.#denials.explain(reply, request);
      if (request.wholeUpTo !== undefined && reply.status === 200) await reply.readWhole(request.wholeUpTo);
      return reply;
    } catch (error) {
      slot.leave();
      const refused = error instanceof RegistryError && error.code === 'unauthorized';
      throw refused && !this.hasCredentials() ? error.ofNobody(this.host) : error;
    } finally {
      if (counted) this.#pulls.end();
    }
  }

  /** A token request: redirected on its own origin only, no sign-in of its own, retried like any other that can be repeated. */
  #exchange(sender: Sender, request: Parameters<Exchange>[0]): ReturnType<Exchange> {
    const { signal } = this.#closing;
    const once = async (): ReturnType<Exchange> => {
      const slot = this.#requestSlot('token', signal);
      try {
        const reply = await sender.send({ ...request, signal }, request.url, slot);
        slot.endWith(reply);
        if (isRetriedStatus(reply.status)) throw await reply.failure();
        const bytes =
          reply.status === 200 ? await reply.bytes(TOKEN_REPLY_MAX) : await reply.beginning(TOKEN_REPLY_MAX);
        return { status: reply.status, header: reply.header, text: bytes.toString('utf8') };
      } finally {
        slot.leave();
      }
    };
    return withRetries(once, {
      policy: this.#retry,
      tries: this.#retry.tries,
      repeatable: true,
      streaming: false,
      answersLately: () => pacingOf(request.url.origin).answersLately,
      signal,
    });
  }

  #scopesOf({ scopes = [] }: ClientRequest): string[] {
    return mergeScopes(scopes.map((scope) => this.#written.get(scope) ?? scope));
  }

  #requestSlot(kind: RequestKind, signal: AbortSignal | undefined): RequestSlot {
    return new RequestSlot(kind, ceilingOf(kind, this.#requestConcurrency), signal);
  }

  /** What registries count that limit pulls: not HEADs, not blobs, not what another host answers. */
  #isPull({ method }: ClientRequest, url: URL): boolean {
    return method === 'GET' && url.origin === this.url.origin && url.pathname.includes('/manifests/');
  }
}

/** A POST without a body begins an upload; one begun for nothing ends by itself. */
function isRepeatable({ method, body }: ClientRequest): boolean {
  return IDEMPOTENT.has(method) || (method === 'POST' && body === undefined);
}

function accountOf(credentials: Credentials | undefined): string {
  if (!credentials) return '';
  return credentials.kind === 'password' ? credentials.username : digestOf(Buffer.from(credentials.token));
}
