import { RegistryError } from '../errors.ts';
import { describeRequest } from '../redact.ts';
import type { Connection, RawReply, RawRequest } from './connection.ts';
import type { Authorization } from './credentials.ts';
import { isBrokenFraming } from './failure.ts';
import { type ClientRequest, isReplayable, type TracedExchange } from './options.ts';
import { resolveRedirect } from './redirects.ts';
import { isRefusedConnection } from './refusal.ts';
import { Reply } from './reply.ts';
import type { RequestSlot } from './request-slot.ts';
import { isRetriedStatus, parseRetryAfter } from './retry.ts';
import type { Timeouts } from './timeouts.ts';

const REDIRECTS_MAX = 5;
/** 303 means "the outcome is there", which only GET and HEAD can follow. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 307, 308]);

/** What is sent to sign in, by the origin that it is for. */
export type Authorizations = ReadonlyMap<string, Authorization>;

const NONE: Authorizations = new Map();

export interface SenderOptions {
  connection: Connection;
  /** The registry's own. */
  origin: URL;
  userAgent: string;
  timeouts: Timeouts;
  /** Seconds; a longer `Retry-After` is reported and not waited for. */
  maxRetryAfter: number;
  trace: ((exchange: TracedExchange) => void) | undefined;
  /** Receives what a request is signed in with, before it is sent. */
  onAuthorizations(used: Iterable<Authorization>): void;
  /** Receives the headers of each reply of the registry itself. */
  onHeaders(header: (name: string) => string | undefined): void;
}

/** Sends requests when their slot is free and follows their redirects; knows nothing of challenges and retries. */
export class Sender {
  readonly #options: SenderOptions;
  #headsSent = false;
  #headKeepsAlive = true;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /**
   * Each authorization goes to the origin that it is for and to no other, whatever redirects say.
   *
   * @throws {RegistryError} of the transport; `invalidResponse` after too many redirects; `addressRefused`.
   */
  async send(
    request: Omit<ClientRequest, 'expect' | 'url'>,
    start: URL,
    slot: RequestSlot,
    used: Authorizations = NONE,
  ): Promise<Reply> {
    const { origin, userAgent, onAuthorizations, onHeaders, maxRetryAfter } = this.#options;
    onAuthorizations(used.values());
    let url = start;
    for (let hops = 0; ; hops++) {
      await slot.at(url.origin);
      const authorization = used.get(url.origin);
      const raw = await this.#sendOnce(
        {
          method: request.method,
          url,
          headers: {
            'user-agent': userAgent,
            'accept-encoding': 'identity',
            ...request.headers,
            ...(authorization ? { authorization: authorization.header } : {}),
          },
          ...(request.body === undefined ? {} : { body: request.body }),
          ...(request.headersTimeout === undefined ? {} : { headersTimeout: request.headersTimeout }),
          ...(request.method === 'HEAD' && !this.#headKeepsAlive ? { reset: true } : {}),
          signal: request.signal,
        },
        slot,
      );
      const reply = new Reply(raw, describeRequest(request.method, url), url, {
        signal: request.signal,
        timeouts: this.#options.timeouts,
      });
      const wait = isRetriedStatus(reply.status) ? parseRetryAfter(reply.header('retry-after')) : undefined;
      slot.answered(reply.status, wait !== undefined && wait <= maxRetryAfter ? wait : undefined);
      if (url.origin === origin.origin) onHeaders(reply.header);
      const next = redirectOf(request, reply);
      if (!next) return reply;
      await reply.dump();
      if (hops >= REDIRECTS_MAX)
        throw new RegistryError('invalidResponse', reply.request, {
          reason: `More than ${REDIRECTS_MAX} redirects.`,
        });
      url = next;
    }
  }

  async #sendOnce(request: RawRequest, slot: RequestSlot): Promise<RawReply> {
    const { trace } = this.#options;
    if (!trace) return await this.#sendUntraced(request, slot);
    const started = performance.now();
    let status: number | undefined;
    try {
      const reply = await this.#sendUntraced(request, slot);
      status = reply.status;
      return reply;
    } finally {
      const signIn = request.headers.authorization?.split(' ', 1)[0];
      trace({
        request: describeRequest(request.method, request.url),
        ...(signIn === undefined ? {} : { signIn }),
        ...(status === undefined ? {} : { status }),
        milliseconds: Math.round(performance.now() - started),
      });
    }
  }

  async #sendUntraced(request: RawRequest, slot: RequestSlot): Promise<RawReply> {
    if (request.method === 'HEAD') this.#headsSent = true;
    const { givesWay } = slot;
    const signals = [request.signal, givesWay].filter((signal) => signal !== undefined);
    const signal = signals.length > 1 ? AbortSignal.any(signals) : signals[0];
    const lost = (reason: string, cause: unknown): RegistryError =>
      new RegistryError('connectionLost', describeRequest(request.method, request.url), { reason, cause });
    try {
      return await this.#options.connection.send({ ...request, signal });
    } catch (error) {
      if (givesWay?.aborted && !request.signal?.aborted)
        throw lost('The host takes too few connections; this one made room for another.', error);
      if (isRefusedConnection(error)) slot.refused();
      if (!isBrokenFraming(error) || !this.#headsSent) throw error;
      // Whatever came next on that connection read the body of a HEAD as its reply; it never got one of its own.
      this.#headKeepsAlive = false;
      throw lost('The server sent a body to a HEAD, which spoiled the connection.', error);
    }
  }
}

/**
 * Where a reply sends the request, or undefined where it is the answer.
 *
 * @throws {RegistryError} where other origins are allowed: `invalidResponse`, `addressRefused`.
 */
function redirectOf(request: Omit<ClientRequest, 'expect' | 'url'>, reply: Reply): URL | undefined {
  const { method, body, follow = false } = request;
  const looks = method === 'GET' || method === 'HEAD';
  const location = reply.header('location');
  if (location === undefined || !(REDIRECTS.has(reply.status) || (looks && reply.status === 303)))
    return undefined;
  if (body !== undefined && !isReplayable(body)) return undefined;
  if (follow && looks) return resolveRedirect(location, reply.url, reply.request);
  try {
    const url = resolveRedirect(location, reply.url, reply.request);
    return url.origin === reply.url.origin ? url : undefined;
  } catch {
    // Reported with the reply itself, which no caller expects.
    return undefined;
  }
}
