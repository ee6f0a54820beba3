import { RegistryError } from '../errors.ts';
import type { Authorization } from './auth.ts';
import type { Connection, RawReply, RawRequest } from './connection.ts';
import { elsewhere } from './elsewhere.ts';
import { isBrokenFraming } from './failure.ts';
import type { ClientRequest } from './options.ts';
import { describeRequest } from './redact.ts';
import { isRefusedConnection } from './refusal.ts';
import { Reply } from './reply.ts';
import { isRetriedStatus, parseRetryAfter } from './retry.ts';
import type { Turn } from './turn.ts';

const REDIRECTS_MAX = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export interface SenderOptions {
  connection: Connection;
  /** The registry's own. */
  origin: URL;
  userAgent: string;
  /** Seconds; a longer `Retry-After` is told and not waited for. */
  maxRetryAfter: number;
  /** Texts that must appear in no error of a request sent with this. */
  secretsOf(used: Authorization | undefined): readonly string[];
  /** Told the headers of each reply of the registry itself. */
  onHeaders(header: (name: string) => string | undefined): void;
}

/** Sends requests in their turn and follows their redirects; knows nothing of challenges and retries. */
export class Sender {
  readonly #options: SenderOptions;
  #headsSent = false;
  #headKeepsAlive = true;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /**
   * The authorization goes to the registry's own origin only, whatever redirects say.
   *
   * @throws {RegistryError} of the transport; `invalidResponse` after too many redirects; `addressRefused`.
   */
  async send(
    request: Omit<ClientRequest, 'expect' | 'url'>,
    start: URL,
    turn: Turn,
    used?: Authorization,
  ): Promise<Reply> {
    const { origin, userAgent, secretsOf, onHeaders, maxRetryAfter } = this.#options;
    let url = start;
    for (let hops = 0; ; hops++) {
      await turn.at(url.origin);
      const own = url.origin === origin.origin;
      const raw = await this.#sendOnce(
        {
          method: request.method,
          url,
          headers: {
            'user-agent': userAgent,
            ...request.headers,
            ...(used && own ? { authorization: used.header } : {}),
          },
          ...(request.body === undefined ? {} : { body: request.body }),
          ...(request.headersTimeout === undefined ? {} : { headersTimeout: request.headersTimeout }),
          ...(request.method === 'HEAD' && !this.#headKeepsAlive ? { reset: true } : {}),
          signal: request.signal,
        },
        turn,
      );
      const reply = new Reply(raw, describeRequest(request.method, url), url, {
        secrets: secretsOf(used),
        signal: request.signal,
      });
      const wait = isRetriedStatus(reply.status) ? parseRetryAfter(reply.header('retry-after')) : undefined;
      turn.answered(reply.status, wait !== undefined && wait <= maxRetryAfter ? wait : undefined);
      if (own) onHeaders(reply.header);
      const location = reply.header('location');
      if (!request.follow || !REDIRECTS.has(reply.status) || location === undefined) return reply;
      await reply.dump();
      if (hops >= REDIRECTS_MAX)
        throw new RegistryError('invalidResponse', reply.request, {
          reason: `More than ${REDIRECTS_MAX} redirects.`,
        });
      url = elsewhere(location, url, origin, reply.request);
    }
  }

  async #sendOnce(request: RawRequest, turn: Turn): Promise<RawReply> {
    if (request.method === 'HEAD') this.#headsSent = true;
    const { givesWay } = turn;
    const signals = [request.signal, givesWay].filter((signal) => signal !== undefined);
    const signal = signals.length > 1 ? AbortSignal.any(signals) : signals[0];
    const lost = (reason: string, cause: unknown): RegistryError =>
      new RegistryError('connectionLost', describeRequest(request.method, request.url), { reason, cause });
    try {
      return await this.#options.connection.send({ ...request, signal });
    } catch (error) {
      if (givesWay?.aborted && !request.signal?.aborted)
        throw lost('The host takes too few connections; this one made room for another.', error);
      if (isRefusedConnection(error)) turn.refused();
      if (!isBrokenFraming(error) || !this.#headsSent) throw error;
      // Whatever came next on that connection read the body of a HEAD as its reply; it never got one of its own.
      this.#headKeepsAlive = false;
      throw lost('The server sent a body to a HEAD, which spoiled the connection.', error);
    }
  }
}
