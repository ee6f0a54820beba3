import { connect as connectSocket, isIP, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { connect as connectTls, type SecureContext } from 'node:tls';
import { Agent, buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici';
import { RegistryError } from '../errors.ts';
import { describeRequest } from '../redact.ts';
import { type AddressPolicy, guardedLookup, guardHostname } from './address-guard.ts';
import { makeSecureContext, type TlsSettings } from './certificates.ts';
import { transportFailure } from './failure.ts';
import { type Environment, type ProxySetting, proxyFor, proxyUser } from './proxy.ts';
import { readInTurns, returnWhenWritten, slabReading } from './read-buffers.ts';
import { noteRefusal } from './refusal.ts';
import { socksConnector } from './socks.ts';

/** Milliseconds. */
export interface Timeouts {
  /** Name, TCP and TLS together. */
  connect: number;
  /** From the request's last byte to the reply's first. */
  headers: number;
  /** Longest silence within a body. */
  body: number;
  /** A small reply (all but blobs) from its headers to its end, however it comes. */
  whole: number;
  /** Of a blob: how often it is looked at whether it comes fast enough, see {@link RateWatch}. */
  window: number;
}

/**
 * A registry that says nothing for half a minute is down for a user; within a body, storage may pause longer. The longest small
 * reply, a list of 32 MB, comes in two minutes over a line of 2 Mbit/s.
 */
export const DEFAULT_TIMEOUTS: Timeouts = {
  connect: 10_000,
  headers: 30_000,
  body: 60_000,
  whole: 120_000,
  window: 60_000,
};

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

/** What was reached, as the connection test reports it. */
export interface Peer {
  address: string;
  /** `TLSv1.3`; absent for plain http. */
  tls?: string;
}

export interface ConnectionOptions {
  origin: URL;
  tls?: TlsSettings | undefined;
  proxy: ProxySetting;
  environment: Environment;
  approvedHosts: readonly string[];
  /** To each host. More than pacing lets through: in a line for sockets an upload would keep its own download out. */
  sockets: number;
  timeouts: Timeouts;
}

/** Milliseconds that a server is given to say why it hung up on a connection it had just accepted. */
const HANG_UP_WAIT = 1_000;

/** How far a URL is trusted: the registry itself, a host the user approved, or wherever a registry points. */
export type Trust = 'own' | 'approved' | 'foreign';

/**
 * The sockets of one registry account: its TLS, its proxy, its bounds. Knows nothing of credentials beyond the client
 * certificate, which only the registry's own origin sees. Uses undici's `request`, never `fetch`: a body streams through.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #dispatchers = new Map<string, Dispatcher>();
  readonly #contexts = new Map<Trust, SecureContext>();
  readonly #approved: ReadonlySet<string>;
  #peer: Peer | undefined;
  /** The registry's own origin has answered a request over this client's TLS. */
  #answered = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#approved = new Set(options.approvedHosts.map((host) => host.trim().toLowerCase()));
  }

  /** The last peer connected to directly at the registry's own origin. */
  get peer(): Peer | undefined {
    return this.#peer;
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
      } = await this.#dispatcher(trust, proxy).request({
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
  async reach(signal?: AbortSignal): Promise<string> {
    const { origin, timeouts } = this.#options;
    const description = `CONNECT ${origin.host}`;
    const timeout = AbortSignal.timeout(timeouts.connect);
    const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
    let socket: Socket | undefined;
    try {
      signal?.throwIfAborted();
      guardHostname(origin.hostname, 'own');
      return await new Promise<string>((resolve, reject) => {
        const opened = connectSocket({
          host: origin.hostname.replace(/^\[|\]$/g, ''),
          port: Number(origin.port || (origin.protocol === 'https:' ? 443 : 80)),
          lookup: guardedLookup('own'),
        });
        socket = opened;
        opened.once('error', reject);
        opened.once('connect', () => resolve(opened.remoteAddress ?? ''));
        either.addEventListener('abort', () => reject(either.reason), { once: true });
      });
    } catch (error) {
      if (timeout.aborted && !signal?.aborted)
        throw new RegistryError('timeout', description, {
          reason: `No answer within ${timeouts.connect / 1000} s.`,
          cause: error,
        });
      throw transportFailure(error, description, { proxied: false, signal });
    } finally {
      socket?.destroy();
    }
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
  async close(): Promise<void> {
    const dispatchers = [...this.#dispatchers.values()];
    this.#dispatchers.clear();
    await Promise.all(dispatchers.map((dispatcher) => dispatcher.destroy()));
  }

  #dispatcher(trust: Trust, proxy: URL | undefined): Dispatcher {
    const key = `${trust} ${proxy?.href ?? ''}`;
    let dispatcher = this.#dispatchers.get(key);
    if (!dispatcher) {
      dispatcher = this.#makeDispatcher(trust, proxy);
      this.#dispatchers.set(key, dispatcher);
    }
    return dispatcher;
  }

  #makeDispatcher(trust: Trust, proxy: URL | undefined): Dispatcher {
    const { timeouts, sockets } = this.#options;
    // Pipelining stays at 1: a blob ahead in the line would hold up everything behind it.
    const common = { connections: sockets, pipelining: 1 };
    const tls = { ...this.#tlsOptions(trust), timeout: timeouts.connect };
    if (proxy?.protocol.startsWith('socks')) {
      const lookup = guardedLookup(policyOf(trust));
      const options = { connect: buildConnector(tls), lookup, timeout: timeouts.connect };
      return new Agent({ ...common, connect: socksConnector(proxy, options) });
    }
    if (proxy) {
      const token = proxyAuthorization(proxy);
      return new ProxyAgent({
        ...common,
        uri: `${proxy.protocol}//${proxy.host}`,
        ...(token === undefined ? {} : { token }),
        // Plain http is forwarded: most proxies open tunnels to https ports only.
        proxyTunnel: false,
        requestTls: tls,
        proxyTls: { timeout: timeouts.connect },
        factory: (origin: string | URL, options: object) => new Pool(origin, { ...options, ...common }),
      });
    }
    const connect = buildConnector({ ...tls, lookup: guardedLookup(policyOf(trust)), ...slabReading() });
    return new Agent({
      ...common,
      connect: (options, callback) => {
        connect(options, (...result) => {
          noteRefusal(result[0], result[1]);
          if (result[1]) {
            readInTurns(result[1]);
            returnWhenWritten(result[1]);
          }
          if (result[1] && trust === 'own') this.#notePeer(result[1]);
          callback(...result);
        });
      },
    });
  }

  #tlsOptions(trust: Trust): { secureContext?: SecureContext; rejectUnauthorized?: boolean } {
    if (trust === 'own' && this.#options.origin.protocol === 'http:') return {};
    let secureContext = this.#contexts.get(trust);
    if (!secureContext) {
      secureContext = makeSecureContext(this.#options.tls, trust === 'own');
      this.#contexts.set(trust, secureContext);
    }
    const skip = this.#options.tls?.verify === false && trust !== 'foreign';
    return { secureContext, ...(skip ? { rejectUnauthorized: false } : {}) };
  }

  /**
   * Whether the registry hangs up right after the handshake. In TLS 1.3 it looks at the client certificate only then, and its
   * alert is lost where our request is on its way already; on a connection without a request it can be read.
   */
  #wantsCertificate(): Promise<boolean> {
    const { origin } = this.#options;
    const hostname = origin.hostname.replace(/^\[|\]$/g, '');
    const socket = connectTls({
      host: hostname,
      port: Number(origin.port || 443),
      ...(isIP(hostname) ? {} : { servername: hostname }),
      ...this.#tlsOptions('own'),
      lookup: guardedLookup('own'),
      ALPNProtocols: ['http/1.1'],
    });
    let shaken = false;
    return new Promise<boolean>((resolve) => {
      socket.setTimeout(HANG_UP_WAIT, () => resolve(false));
      socket.once('secureConnect', () => {
        shaken = true;
      });
      socket.once('error', (error) => {
        resolve(transportFailure(error, '', { proxied: false }).code === 'tlsClientCertificate');
      });
      socket.once('close', () => resolve(shaken));
      socket.resume();
    }).finally(() => socket.destroy());
  }

  #notePeer(socket: Socket & { getProtocol?: () => string | null }): void {
    const version = socket.getProtocol?.();
    this.#peer = { address: socket.remoteAddress ?? '', ...(version ? { tls: version } : {}) };
  }
}

function policyOf(trust: Trust): AddressPolicy {
  return trust === 'foreign' ? 'public' : 'own';
}

function proxyAuthorization(proxy: URL): string | undefined {
  const user = proxyUser(proxy);
  return user && `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`;
}
