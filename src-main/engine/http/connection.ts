import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { RegistryError } from '../errors.ts';
import { describeRequest } from '../redact.ts';
import { guardHostname } from './address-guard.ts';
import { type DispatcherOptions, Dispatchers, type Peer, policyOf, type Trust } from './dispatchers.ts';
import { transportFailure } from './failure.ts';
import { reach, speaksTls, wantsCertificate } from './probes.ts';
import { type Environment, type ProxySetting, proxyFor } from './proxy.ts';
import type { Timeouts } from './timeouts.ts';

/** Interim replies (1xx) to one request. Real servers send one or two. */
const INTERIM_MAX = 100;

export type Method = 'GET' | 'HEAD' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';

export interface RawRequest {
  method: Method;
  url: URL;
  headers: Readonly<Record<string, string>>;
  body?: Uint8Array | string | Readable;
  /** Closes the connection after this reply. */
  reset?: boolean;
  headersTimeout?: number;
  signal?: AbortSignal | undefined;
}

export interface RawReply {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Dispatcher.ResponseData['body'];
}

export interface ConnectionOptions extends Omit<DispatcherOptions, 'connectTimeout'> {
  proxy: ProxySetting;
  environment: Environment;
  approvedHosts: readonly string[];
  timeouts: Timeouts;
}

/**
 * The sockets of one registry account: its TLS, its proxy, its bounds. Knows nothing of credentials beyond the client
 * certificate, which only the registry's own origin sees. Uses undici's `request`, never `fetch`: a body streams through.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #dispatchers: Dispatchers;
  readonly #approved: ReadonlySet<string>;
  /** The registry's own origin has answered a request over this client's TLS. */
  #answered = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#dispatchers = new Dispatchers({ ...options, connectTimeout: options.timeouts.connect });
    this.#approved = new Set(options.approvedHosts.map((host) => host.trim().toLowerCase()));
  }

  /** The last peer connected to directly at the registry's own origin. */
  get peer(): Peer | undefined {
    return this.#dispatchers.peer;
  }

  trustOf(url: URL): Trust {
    if (url.origin === this.#options.origin.origin) return 'own';
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    return this.#approved.has(url.hostname) || this.#approved.has(`${url.hostname}:${port}`)
      ? 'approved'
      : 'foreign';
  }

  /** The proxy that requests to the registry go through. */
  proxy(): URL | undefined {
    return proxyFor(this.#options.origin, this.#options.proxy, this.#options.environment);
  }

  /** Sends one request, follows nothing. @throws {RegistryError} with a code of the transport. */
  async send(request: RawRequest): Promise<RawReply> {
    const { url, method, signal, body } = request;
    const description = describeRequest(method, url);
    if (signal?.aborted) throw new RegistryError('cancelled', description, { cause: signal.reason });
    let proxied = false;
    try {
      const proxy = proxyFor(url, this.#options.proxy, this.#options.environment);
      proxied = proxy !== undefined;
      const trust = this.trustOf(url);
      guardHostname(url.hostname, policyOf(trust));
      const {
        statusCode,
        headers,
        body: replyBody,
      } = await this.#dispatchers.to(trust, proxy).request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method,
        headers: { ...request.headers },
        body: typeof body === 'string' || body === undefined ? (body ?? null) : body,
        // undici closes the connection after each HEAD by default.
        ...(request.reset === undefined
          ? method === 'HEAD'
            ? { reset: false }
            : {}
          : { reset: request.reset }),
        headersTimeout: request.headersTimeout ?? this.#options.timeouts.headers,
        bodyTimeout: this.#options.timeouts.body,
        signal: signal ?? null,
        onInfo: this.#boundInterim(description, request.headersTimeout),
      });
      if (statusCode === 407) {
        await replyBody.dump();
        throw new RegistryError('proxyFailed', description, {
          reason: 'The proxy asks for a user name and password.',
          status: 407,
        });
      }
      if (trust === 'own') this.#answered = true;
      return { status: statusCode, headers, body: replyBody };
    } catch (error) {
      const failure = transportFailure(error, description, { proxied, signal, host: url.host });
      const hungUp = failure.code === 'connectionLost' && url.protocol === 'https:' && !proxied;
      if (hungUp && !this.#answered && this.trustOf(url) === 'own' && (await this.#wantsCertificate()))
        throw new RegistryError('tlsClientCertificate', description, {
          reason: this.#options.tls?.clientCertificate
            ? 'The server closed the connection on the client certificate it was shown.'
            : 'The server closed the connection because no client certificate was shown.',
          cause: error,
        });
      throw failure;
    }
  }

  /**
   * Opens a TCP connection to the registry's own origin and closes it: the first step of the connection test.
   *
   * @throws {RegistryError}
   */
  reach(signal?: AbortSignal): Promise<string> {
    return reach(this.#options.origin, this.#options.timeouts.connect, signal);
  }

  /** Whether the port of the registry's own origin speaks TLS. */
  speaksTls(): Promise<boolean> {
    return speaksTls(this.#options.origin);
  }

  /** Each interim reply starts the wait for the headers anew: they may double it, and no more. */
  #boundInterim(description: string, headersTimeout = this.#options.timeouts.headers): () => void {
    let first: number | undefined;
    let count = 0;
    return () => {
      first ??= performance.now();
      count += 1;
      if (count > INTERIM_MAX || performance.now() - first > headersTimeout)
        throw new RegistryError('timeout', description, { reason: 'Interim replies came and no reply.' });
    };
  }

  /** Ends all requests and sockets. */
  close(): Promise<void> {
    return this.#dispatchers.close();
  }

  #wantsCertificate(): Promise<boolean> {
    return wantsCertificate(this.#options.origin, this.#dispatchers.tls('own'));
  }
}
