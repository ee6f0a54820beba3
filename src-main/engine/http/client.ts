import { RegistryError } from '../errors.ts';
import { digestOf } from '../model/digest.ts';
import { hostOfRegistry, parseRegistryAddress } from '../model/reference.ts';
import { describeRequest } from '../redact.ts';
import type { AuthScheme } from '../vocabulary/connection.ts';
import type { Authenticator } from './auth.ts';
import { parseChallenges } from './challenge.ts';
import { Channel, isRepeatable } from './channel.ts';
import { type Credentials, secretsOf } from './credentials.ts';
import { Denials } from './denials.ts';
import type { Peer } from './dispatchers.ts';
import { HeldCredentials } from './held-credentials.ts';
import { type ClientRequest, isReplayable, type RegistryOptions } from './options.ts';
import { kindOf } from './pacing.ts';
import { type PullCount, pullsOf, type RateLimit } from './pulls.ts';
import type { Reply } from './reply.ts';
import type { RequestSlot } from './request-slot.ts';
import { isRetriedStatus, type RetryPolicy } from './retry.ts';
import { mergeScopes, pullScope, pushScope } from './scope.ts';
import { SignedSender } from './signed-sender.ts';
import { type Exchange, TOKEN_REPLY_MAX } from './token-service.ts';

/** What endpoints go by without knowing products. */
export interface ClientTraits {
  /** Bytes of a blob that it takes in one request. */
  uploadChunk?: number | undefined;
  /** What a failed write to a repository means. */
  explainWrite?: (failure: RegistryError, repository: string) => Promise<RegistryError>;
  /** Whether a user of this name is a robot account. */
  isRobot?: ((username: string) => boolean) | undefined;
  /** Where a path of the protocol is at this registry, where that is elsewhere. */
  route?: (path: string) => string | Promise<string>;
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
  /** Where its program says how it is, if somebody gave that. */
  readonly debugUrl: URL | undefined;
  /** Below which its product's own API is, if somebody gave that: `/some/prefix`. */
  readonly apiPath: string | undefined;
  /** What its product is known for below all that asks which one it is; set when it is identified. */
  readonly traits: ClientTraits = {};
  readonly #channel: Channel;
  readonly #username: string | undefined;
  /** Beside it, by the origins that they lead to. */
  readonly #channels = new Map<string, Channel>();
  readonly #signedSender: SignedSender;
  readonly #denials: Denials;
  readonly #pulls: PullCount;
  #servedAt: number | undefined;
  #failedAt: number | undefined;
  /** The scope to ask for in place of each pull scope: of repositories that something is to be written to. */
  readonly #written = new Map<string, string>();

  /** @throws {RegistryError} `invalidAddress` */
  constructor(options: RegistryOptions) {
    this.url = parseRegistryAddress(options.url);
    this.host = hostOfRegistry(this.url);
    this.uploadChunk = options.uploadChunk;
    this.debugUrl = options.debugUrl === undefined ? undefined : new URL(options.debugUrl);
    this.apiPath = options.apiPath;
    const { url: _, credentials, readCredentials, ...ways } = options;
    this.#username = credentials?.kind === 'password' ? credentials.username : undefined;
    this.#pulls = pullsOf(this.url.origin, accountOf(credentials));
    const onHeaders = (header: (name: string) => string | undefined) => this.#pulls.note(header);
    this.#channel = new Channel({ ...ways, origin: this.url, onHeaders });
    this.#channel.keepSecret(secretsOf(credentials));
    const { sender, connection } = this.#channel;
    this.#signedSender = new SignedSender({
      sender,
      origin: this.url,
      credentials: new HeldCredentials(credentials, readCredentials, (read) =>
        this.#channel.keepSecret(secretsOf(read)),
      ),
      trustOf: (url) => connection.trustOf(url),
      exchange: (request) => this.#exchange(request),
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

  /** When the registry last gave what it was asked for, and no refusal: Unix milliseconds. */
  get servedAt(): number | undefined {
    return this.#servedAt;
  }

  /** When a request of it last had no answer, or none but that somebody has to sign in: Unix milliseconds. */
  get failedAt(): number | undefined {
    return this.#failedAt;
  }

  /** What its endpoints go by, too, when they take up a body that was cut. */
  get retry(): RetryPolicy {
    return this.#channel.retry;
  }

  /** How this client is signed in, as far as the registry has asked yet. */
  authScheme(): AuthScheme {
    return this.#authenticator.scheme;
  }

  /** Whether there is anything to sign in with. */
  hasCredentials(): boolean {
    return this.#authenticator.hasCredentials;
  }

  /** A failure to sign in with who failed, where that is nobody or a robot account. Others stay as they are. */
  ofWhom(failure: RegistryError): RegistryError {
    if (!this.hasCredentials()) return failure.ofNobody(this.host);
    return this.#username !== undefined && this.traits.isRobot?.(this.#username)
      ? failure.ofRobot()
      : failure;
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
    return this.#channel.connection.peer;
  }

  /** The proxy on the way to the registry. @throws {RegistryError} `invalidAddress` */
  proxy(): URL | undefined {
    return this.#channel.connection.proxy();
  }

  /** Connects by TCP to the registry itself, and hangs up; answers the address reached. @throws {RegistryError} */
  reach(signal?: AbortSignal): Promise<string> {
    return this.#channel.connection.reach(signal);
  }

  /** Whether its port speaks TLS; asked where it did not take plain http. */
  speaksTls(): Promise<boolean> {
    return this.#channel.connection.speaksTls();
  }

  /** The password as `Authorization`, for a product's own API that takes it; undefined where there is none. */
  async basic(): Promise<string | undefined> {
    return (await this.#authenticator.basic())?.header;
  }

  /** In place of one that was refused; undefined where there is no other. @throws {RegistryError} `unauthorized` */
  async basicAfter(refused: string): Promise<string | undefined> {
    return (await this.#authenticator.basicAfter(refused))?.header;
  }

  /**
   * The way to an API of the product: the registry's own where it is on its origin. Another port of its host is trusted like a host
   * that was approved, any other host like whatever a registry points to.
   *
   * @throws {RegistryError} `addressRefused` where it is reached by plain http, and the registry by https.
   */
  channelTo({ origin, protocol, hostname, port }: URL): Channel {
    if (origin === this.url.origin) return this.#channel;
    if (this.url.protocol === 'https:' && protocol !== 'https:')
      throw new RegistryError('addressRefused', origin, {
        reason: 'The registry is reached by https, and its API would be by plain http.',
      });
    return this.#approved({ origin, protocol, hostname, port }, hostname === this.url.hostname);
  }

  /** The way to an address that the user gave for this registry, where nothing is signed in: by plain http, too. */
  channelToGiven(url: URL): Channel {
    return url.origin === this.url.origin ? this.#channel : this.#approved(url, true);
  }

  #approved(
    { origin, protocol, hostname, port }: Pick<URL, 'origin' | 'protocol' | 'hostname' | 'port'>,
    trusted: boolean,
  ): Channel {
    let channel = this.#channels.get(origin);
    if (!channel) {
      const own = `${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`;
      channel = this.#channel.approving(trusted ? [own] : []);
      this.#channels.set(origin, channel);
    }
    return channel;
  }

  /** Ends every request of this client with `cancelled` and closes its sockets. */
  async close(): Promise<void> {
    await Promise.all([this.#channel, ...this.#channels.values()].map((channel) => channel.close()));
  }

  /**
   * Makes a request as soon as the host takes it (see {@link HostPacing}), signing in as the registry asks, and tries again what
   * may be tried again, see {@link Channel.run}.
   *
   * @throws {RegistryError} for a status that is not in `expect`, and everything else; `rateLimited` also for a GET of a manifest
   * that would use the last pulls that the registry counts.
   */
  request(request: ClientRequest): Promise<Reply> {
    const url = typeof request.url === 'string' ? new URL(request.url, this.url) : request.url;
    const path = url.origin === this.url.origin ? this.traits.route?.(url.pathname) : undefined;
    if (path === undefined || path === url.pathname) return this.#run(request, url);
    return Promise.resolve(path).then((at) => this.#run(request, new URL(`${at}${url.search}`, url)));
  }

  #run(request: ClientRequest, url: URL): Promise<Reply> {
    const { body, tries, signal } = request;
    const streaming = body !== undefined && !isReplayable(body);
    return this.#channel.run(
      { kind: kindOf(request, url), url, repeatable: isRepeatable(request), streaming, tries, signal },
      (slot, either) => this.#attempt({ ...request, signal: either }, url, slot, !streaming),
    );
  }

  async #attempt(request: ClientRequest, url: URL, slot: RequestSlot, replayable: boolean): Promise<Reply> {
    const counted = this.#isPull(request, url);
    if (counted)
      await this.#pulls.begin(describeRequest(request.method, url), {
        urgent: request.urgent === true,
        maxWait: this.retry.maxRetryAfter,
        signal: request.signal,
      });
    let answered = false;
    try {
      const wanted = { url, scopes: this.#scopesOf(request) };
      const reply = await this.#signedSender.send(request, wanted, slot, { replayable });
      slot.endWith(reply);
      answered = reply.status !== 401;
      if (!request.expect.includes(reply.status)) throw await this.#denials.explain(reply, request);
      if (reply.status < 400) this.#servedAt = Date.now();
      if (request.wholeUpTo !== undefined && reply.status === 200) await reply.readWhole(request.wholeUpTo);
      return reply;
    } catch (error) {
      if (!answered && request.signal?.aborted !== true) this.#failedAt = Date.now();
      throw error instanceof RegistryError ? this.ofWhom(error) : error;
    } finally {
      if (counted) this.#pulls.end();
    }
  }

  /** A token request: redirected on its own origin only, no sign-in of its own, retried like any other that can be repeated. */
  #exchange(request: Parameters<Exchange>[0]): ReturnType<Exchange> {
    const { sender } = this.#channel;
    return this.#channel.run(
      { kind: 'token', url: request.url, repeatable: true },
      async (slot, signal): ReturnType<Exchange> => {
        const reply = await sender.send({ ...request, signal }, request.url, slot);
        slot.endWith(reply);
        if (isRetriedStatus(reply.status)) throw await reply.failure();
        const bytes =
          reply.status === 200 ? await reply.bytes(TOKEN_REPLY_MAX) : await reply.beginning(TOKEN_REPLY_MAX);
        return { status: reply.status, header: reply.header, text: bytes.toString('utf8') };
      },
    );
  }

  #scopesOf({ scopes = [] }: ClientRequest): string[] {
    return mergeScopes(scopes.map((scope) => this.#written.get(scope) ?? scope));
  }

  /** What registries count that limit pulls: not HEADs, not blobs, not what another host answers. */
  #isPull({ method }: ClientRequest, url: URL): boolean {
    return method === 'GET' && url.origin === this.url.origin && url.pathname.includes('/manifests/');
  }
}

function accountOf(credentials: Credentials | undefined): string {
  if (!credentials) return '';
  return credentials.kind === 'password' ? credentials.username : digestOf(Buffer.from(credentials.token));
}
