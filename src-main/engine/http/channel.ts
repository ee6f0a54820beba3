import { SecretGuard } from '../secrets.ts';
import { withRetries } from './attempts.ts';
import { Connection, type Method } from './connection.ts';
import { type ClientRequest, isReplayable, type RegistryOptions } from './options.ts';
import { ceilingOf, pacingOf, type RequestKind, socketsFor } from './pacing.ts';
import { RequestSlot } from './request-slot.ts';
import { DEFAULT_RETRY, type RetryPolicy } from './retry.ts';
import { Sender } from './sender.ts';
import { DEFAULT_TIMEOUTS } from './timeouts.ts';

/** Small requests of a kind in flight at one registry: it begins with fewer and gets there while the registry takes them all. */
const DEFAULT_CONCURRENCY = 16;

const IDEMPOTENT: ReadonlySet<Method> = new Set(['GET', 'HEAD', 'PUT', 'DELETE']);

/** All that says how requests are made, and not who signs in. */
export type ChannelOptions = Omit<
  RegistryOptions,
  'url' | 'credentials' | 'readCredentials' | 'uploadChunk'
> & {
  /** The registry's own. */
  origin: URL;
  /** Receives the headers of each reply of that origin. */
  onHeaders?: (header: (name: string) => string | undefined) => void;
};

/** One request, of whatever tries. */
interface Work {
  kind: RequestKind;
  /** Where it begins. */
  url: URL;
  /** Sending it twice does no harm. */
  repeatable: boolean;
  /** Its body is gone with the first try. */
  streaming?: boolean;
  /** Requests in all; 1 forbids retries. */
  tries?: number | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * The way that requests of one account go: sockets, guards, pacing, retries, redaction. Knows nothing of signing in. Holds sockets
 * until closed.
 */
export class Channel {
  readonly connection: Connection;
  readonly retry: RetryPolicy;
  readonly sender: Sender;
  readonly #options: ChannelOptions;
  readonly #requestConcurrency: number;
  readonly #closing = new AbortController();
  readonly #secrets = new SecretGuard();

  constructor(options: ChannelOptions) {
    this.#options = options;
    const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
    this.retry = { ...DEFAULT_RETRY, ...options.retry };
    this.#requestConcurrency = options.requestConcurrency ?? DEFAULT_CONCURRENCY;
    this.connection = new Connection({
      origin: options.origin,
      tls: options.tls,
      proxy: options.proxy ?? { kind: 'system' },
      environment: options.environment ?? process.env,
      approvedHosts: options.approvedHosts ?? [],
      sockets: socketsFor(this.#requestConcurrency),
      timeouts,
    });
    this.sender = new Sender({
      connection: this.connection,
      origin: options.origin,
      userAgent: options.userAgent ?? 'wharfinger',
      timeouts,
      maxRetryAfter: this.retry.maxRetryAfter,
      trace: options.trace,
      onAuthorizations: (used) =>
        this.keepSecret([...used].map(({ header }) => header.slice(header.indexOf(' ') + 1))),
      onHeaders: options.onHeaders ?? (() => undefined),
    });
  }

  /** Keeps these texts out of all that is shown and kept, as long as the channel is open. */
  keepSecret(texts: Iterable<string>): void {
    this.#secrets.add(texts);
  }

  /** A channel of the same account, TLS and proxy on which these hosts are approved, too. */
  approving(hosts: readonly string[]): Channel {
    const { onHeaders: _, ...options } = this.#options;
    return new Channel({ ...options, approvedHosts: [...(options.approvedHosts ?? []), ...hosts] });
  }

  /**
   * Does one request's work in a slot of its kind, and again where that may help: on 408, 429, 5xx and lost connections, where it is
   * repeatable. `Retry-After` holds back all requests to the host.
   *
   * @throws {RegistryError} of the last attempt; `cancelled`, also when the channel is closed.
   */
  run<T>(
    { kind, url, repeatable, streaming = false, tries = this.retry.tries, signal: own }: Work,
    once: (slot: RequestSlot, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const closing = this.#closing.signal;
    const signal = own ? AbortSignal.any([own, closing]) : closing;
    const ceiling = ceilingOf(kind, this.#requestConcurrency);
    const attempt = async (): Promise<T> => {
      const slot = new RequestSlot(kind, ceiling, signal);
      try {
        return await once(slot, signal);
      } finally {
        slot.leave();
      }
    };
    const { origin } = url;
    const answersLately = () => pacingOf(origin).answersLately;
    return withRetries(attempt, {
      policy: this.retry,
      tries,
      repeatable,
      streaming,
      answersLately,
      signal,
    });
  }

  /** Ends every request with `cancelled` and closes the sockets. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.connection.close();
    this.#secrets.release();
  }
}

/** A POST without a body begins an upload; one begun for nothing ends by itself. */
export function isRepeatable({ method, body }: Pick<ClientRequest, 'method' | 'body'>): boolean {
  if (body !== undefined && !isReplayable(body)) return false;
  return IDEMPOTENT.has(method) || (method === 'POST' && body === undefined);
}
