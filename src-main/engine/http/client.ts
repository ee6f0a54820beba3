import { RegistryError } from '../errors.ts';
import { digestOf } from '../model/digest.ts';
import { hostOfRegistry, parseRegistryAddress } from '../model/reference.ts';
import { withRetries } from './attempts.ts';
import { Authenticator, type Authorization, type AuthScheme, type Credentials, type Wanted } from './auth.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import { Connection, DEFAULT_TIMEOUTS, type Method, type Peer } from './connection.ts';
import { elsewhere } from './elsewhere.ts';
import { type ClientRequest, isReplayable, type RegistryOptions } from './options.ts';
import { ceilingOf, kindOf, pacingOf, type RequestKind, socketsFor } from './pacing.ts';
import { type PullCount, pullsOf, type RateLimit } from './pulls.ts';
import { describeRequest } from './redact.ts';
import type { Reply } from './reply.ts';
import { DEFAULT_RETRY, isRetriedStatus, type RetryPolicy } from './retry.ts';
import { isGuessed, mergeScopes, pullScope, pushScope } from './scope.ts';
import { SecretGuard } from './secrets.ts';
import { Sender } from './sender.ts';
import { type Exchange, secretsOf, TOKEN_REPLY_MAX } from './token-service.ts';
import { Turn } from './turn.ts';

/** Small requests of a kind in flight at one registry: it begins with fewer and gets there while the registry takes them all. */
const DEFAULT_CONCURRENCY = 16;
/** Refusals of one request that are answered: a stale token, a scope we did not think of, one that we made up. */
const CHALLENGES_ANSWERED = 3;

/** Registries that one may send us to; more are an endless row of names. */
const GUESTS_MAX = 16;

/** Where a registry tells whether it lets somebody in. */
const BASE = '/v2/';

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
  /** By the origin of registries that this one sends us to. */
  readonly #guests = new Map<string, Authenticator>();
  readonly #sender: Sender;
  readonly #pulls: PullCount;
  readonly #requestConcurrency: number;
  readonly #closing = new AbortController();
  readonly #guard = new SecretGuard();
  #signedInto: Promise<boolean> | undefined;
  /** The scope to ask for in place of each pull scope: of repositories that something is to be written to. */
  readonly #written = new Map<string, string>();

  /** @throws {RegistryError} `invalidAddress` */
  constructor(options: RegistryOptions) {
    this.url = parseRegistryAddress(options.url);
    this.host = hostOfRegistry(this.url);
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
    this.#authenticator = this.#authenticatorFor(this.url, options.credentials);
    this.#sender = new Sender({
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
  }

  /** Pulls left, where the registry counts them and has told. */
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

  /** How the registry asks to be signed in to, told by its reply to an unauthenticated `/v2/`. */
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
    const turn = this.#turn(kindOf(request, url), request.signal);
    try {
      const reply = await this.#signedIn(request, url, turn, replayable);
      turn.endWith(reply);
      if (!request.expect.includes(reply.status)) throw await this.#explain(reply, request);
      if (request.wholeUpTo !== undefined && reply.status === 200) await reply.readWhole(request.wholeUpTo);
      return reply;
    } catch (error) {
      turn.leave();
      const refused = error instanceof RegistryError && error.code === 'unauthorized';
      throw refused && !this.hasCredentials() ? error.ofNobody(this.host) : error;
    } finally {
      if (counted) this.#pulls.end();
    }
  }

  /** One request with its sign-in; a refusal is answered and the request sent again. */
  async #signedIn(request: ClientRequest, url: URL, turn: Turn, replayable: boolean): Promise<Reply> {
    const wanted: Wanted = { url, scopes: this.#scopesOf(request) };
    // First the place and then the token, which might run out in line.
    await turn.at(url.origin);
    const own = this.#connection.trustOf(url) === 'own';
    const first =
      !own || request.signIn === 'none'
        ? undefined
        : request.signIn === 'basic'
          ? this.#authenticator.basic()
          : await this.#authenticator.prepare(wanted, request.signal);
    const sent = new Map(first ? [[this.url.origin, first]] : []);
    const answered = new Map<string, number>();
    let challenges: Challenge[] | undefined;
    let bare: RegistryError | undefined;
    for (;;) {
      const unasked = bare && !challenges;
      const reply = await this.#sender.send(request, url, turn, unasked ? undefined : sent);
      const { origin } = reply.url;
      const [used, round] = [sent.get(origin), answered.get(origin) ?? 0];
      const signer = own && request.signIn === undefined ? this.#signerAt(origin) : undefined;
      const refused = isRefusal(reply);
      const refusesGuess = !refused && replayable && isBareRefusal(reply, used) && isGuessed(wanted.scopes);
      if (!signer || !(refused || refusesGuess) || round >= CHALLENGES_ANSWERED) return reply;
      if (!replayable) {
        signer.forget(used);
        return reply;
      }
      answered.set(origin, round + 1);
      if (refused) challenges = parseChallenges(reply.headerValues('www-authenticate'));
      else bare = await reply.failure();
      // Asked without a token, the registry names the scope that it wants in place of our guess.
      if (!challenges) continue;
      const next = await signer
        .answer(challenges, wanted, used, round, request.signal)
        .catch(async (error: unknown) => {
          await reply.dump();
          throw error;
        });
      if (!next && !bare) return reply;
      await reply.dump();
      if (!next) throw bare;
      sent.set(origin, next);
    }
  }

  /**
   * Who answers a challenge. A registry that this one sends us to gets an anonymous token of its own service, and never our
   * credentials; object storage and the like ask for what nobody here has.
   */
  #signerAt(origin: string): Authenticator {
    if (origin === this.url.origin) return this.#authenticator;
    let guest = this.#guests.get(origin);
    if (!guest) {
      if (this.#guests.size >= GUESTS_MAX) this.#guests.clear();
      guest = this.#authenticatorFor(new URL(origin), undefined);
      this.#guests.set(origin, guest);
    }
    return guest;
  }

  #authenticatorFor(origin: URL, credentials: Credentials | undefined): Authenticator {
    return new Authenticator({
      origin,
      credentials,
      trustOf: (url) => this.#connection.trustOf(url),
      exchange: (request) => this.#exchange(request),
    });
  }

  /**
   * Where the registry's reply sends us: see {@link elsewhere}.
   *
   * @throws {RegistryError} `invalidResponse`, `addressRefused`
   */
  elsewhere(location: string, base: URL, request: string): URL {
    return elsewhere(location, base, request);
  }

  /** The refusal as an error: 401 for want of a right is `denied`, for want of a sign-in `unauthorized`. */
  async #explain(reply: Reply, request: ClientRequest): Promise<RegistryError> {
    const failure = await reply.failure();
    if (failure.code === 'unauthorized' && reply.url.origin !== this.url.origin) {
      const whose = `${reply.url.host}, to which the registry sends us, asks for a sign-in of its own.`;
      const { status, reason, registryCodes } = failure;
      return new RegistryError('unauthorized', failure.request, {
        reason: reason === undefined ? whose : `${whose} ${reason}`,
        status,
        registryCodes,
      });
    }
    if (failure.code !== 'unauthorized' || this.#authenticator.scheme === 'anonymous') return failure;
    const challenges = parseChallenges(reply.headerValues('www-authenticate'));
    const told = challenges.some(({ parameters }) => parameters.get('error') === 'insufficient_scope');
    if (!told && !(this.#mayLackRight(request) && (await this.#isSignedIn()))) return failure;
    // Harbor answers so for projects that are not there, too.
    const code = /\bnot found\b/i.test(failure.reason ?? '') ? 'notFound' : 'denied';
    return new RegistryError(code, failure.request, {
      reason: failure.reason,
      status: failure.status,
      registryCodes: failure.registryCodes,
    });
  }

  /** A wrong password is told at once where it is sent with each request; and a body that is gone may have met a stale token. */
  #mayLackRight({ signIn, url, body }: ClientRequest): boolean {
    const replayable = body === undefined || isReplayable(body);
    return this.#authenticator.scheme === 'token' && signIn === undefined && url !== BASE && replayable;
  }

  /**
   * Whether the registry takes our sign-in: it lets us in at `/v2/`, where it does not let in everybody. Asked when a refusal
   * has to be understood, and kept once it is so.
   */
  async #isSignedIn(): Promise<boolean> {
    this.#signedInto ??= this.#proveSignIn();
    const proven = await this.#signedInto;
    if (!proven) this.#signedInto = undefined;
    return proven;
  }

  async #proveSignIn(): Promise<boolean> {
    const asked = { method: 'GET', url: BASE, expect: [200, 401], tries: 1 } as const;
    try {
      const anybody = await this.request({ ...asked, signIn: 'none' });
      await anybody.dump();
      if (anybody.status === 200) return false;
      this.learnSignIn(anybody);
      const us = await this.request(asked);
      await us.dump();
      return us.status === 200;
    } catch (error) {
      if (error instanceof RegistryError) return false;
      throw error;
    }
  }

  /** A token request: redirected on its own origin only, no sign-in of its own, retried like any other that can be repeated. */
  #exchange(request: Parameters<Exchange>[0]): ReturnType<Exchange> {
    const { signal } = this.#closing;
    const once = async (): ReturnType<Exchange> => {
      const turn = this.#turn('token', signal);
      try {
        const reply = await this.#sender.send({ ...request, signal }, request.url, turn);
        turn.endWith(reply);
        if (isRetriedStatus(reply.status)) throw await reply.failure();
        const bytes =
          reply.status === 200 ? await reply.bytes(TOKEN_REPLY_MAX) : await reply.beginning(TOKEN_REPLY_MAX);
        return { status: reply.status, header: reply.header, text: bytes.toString('utf8') };
      } finally {
        turn.leave();
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

  #turn(kind: RequestKind, signal: AbortSignal | undefined): Turn {
    return new Turn(kind, ceilingOf(kind, this.#requestConcurrency), signal);
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

function isRefusal(reply: Reply): boolean {
  if (reply.status === 401) return true;
  if (reply.status !== 403) return false;
  return parseChallenges(reply.headerValues('www-authenticate')).some(
    ({ scheme, parameters }) => scheme === 'bearer' && parameters.get('error') === 'insufficient_scope',
  );
}

/** The token is good and gives too little, and the registry does not say what it wants. */
function isBareRefusal(reply: Reply, used: Authorization | undefined): boolean {
  return reply.status === 403 && used?.scheme === 'bearer' && !isRefusal(reply);
}

function accountOf(credentials: Credentials | undefined): string {
  if (!credentials) return '';
  return credentials.kind === 'password' ? credentials.username : digestOf(Buffer.from(credentials.token));
}
