import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { Agent, buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici';
import { type AddressPolicy, guardedLookup } from './address-guard.ts';
import { makeSecureContext, type TlsSettings } from './certificates.ts';
import { proxyUser } from './proxy.ts';
import { readInTurns, returnWhenWritten, slabReading } from './read-buffers.ts';
import { noteRefusal } from './refusal.ts';
import { socksConnector } from './socks.ts';

/** How far a URL is trusted: the registry itself, a host the user approved, or wherever a registry points. */
export type Trust = 'own' | 'approved' | 'foreign';

/** How TLS is made towards a host. */
export interface TlsOptions {
  secureContext?: SecureContext;
  rejectUnauthorized?: boolean;
}

/** What was reached, as the connection test reports it. */
export interface Peer {
  address: string;
  /** `TLSv1.3`; absent for plain http. */
  tls?: string;
}

export interface DispatcherOptions {
  /** Of the registry itself. */
  origin: URL;
  tls?: TlsSettings | undefined;
  /** To each host. More than pacing lets through: in a line for sockets an upload would keep its own download out. */
  sockets: number;
  /** Milliseconds for name, TCP and TLS together. */
  connectTimeout: number;
}

/** The sockets of one registry account, apart by how far a host is trusted and by the proxy on the way to it. */
export class Dispatchers {
  readonly #options: DispatcherOptions;
  readonly #made = new Map<string, Dispatcher>();
  readonly #contexts = new Map<Trust, SecureContext>();
  #peer: Peer | undefined;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /** The last peer connected to directly at the registry's own origin. */
  get peer(): Peer | undefined {
    return this.#peer;
  }

  /** Ends all requests and sockets. */
  async close(): Promise<void> {
    const made = [...this.#made.values()];
    this.#made.clear();
    await Promise.all(made.map((dispatcher) => dispatcher.destroy()));
  }

  to(trust: Trust, proxy: URL | undefined): Dispatcher {
    const key = `${trust} ${proxy?.href ?? ''}`;
    let dispatcher = this.#made.get(key);
    if (!dispatcher) {
      dispatcher = this.#make(trust, proxy);
      this.#made.set(key, dispatcher);
    }
    return dispatcher;
  }

  #make(trust: Trust, proxy: URL | undefined): Dispatcher {
    const { connectTimeout: timeout, sockets } = this.#options;
    // Pipelining stays at 1: a blob ahead in the line would hold up everything behind it.
    const common = { connections: sockets, pipelining: 1 };
    const tls = { ...this.tls(trust), timeout };
    if (proxy?.protocol.startsWith('socks')) {
      const lookup = guardedLookup(policyOf(trust));
      const options = { connect: buildConnector(tls), lookup, timeout };
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
        proxyTls: { timeout },
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

  tls(trust: Trust): TlsOptions {
    if (trust === 'own' && this.#options.origin.protocol === 'http:') return {};
    let secureContext = this.#contexts.get(trust);
    if (!secureContext) {
      secureContext = makeSecureContext(this.#options.tls, trust === 'own');
      this.#contexts.set(trust, secureContext);
    }
    const skip = this.#options.tls?.verify === false && trust !== 'foreign';
    return { secureContext, ...(skip ? { rejectUnauthorized: false } : {}) };
  }

  #notePeer(socket: Socket & { getProtocol?: () => string | null }): void {
    const version = socket.getProtocol?.();
    this.#peer = { address: socket.remoteAddress ?? '', ...(version ? { tls: version } : {}) };
  }
}

/** What an address may be that is trusted so far. */
export function policyOf(trust: Trust): AddressPolicy {
  return trust === 'foreign' ? 'public' : 'own';
}

function proxyAuthorization(proxy: URL): string | undefined {
  const user = proxyUser(proxy);
  return user && `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`;
}
