import type { LookupFunction } from 'node:net';
import type { buildConnector } from 'undici';
import { proxyUser } from './proxy.ts';

type Connector = ReturnType<typeof buildConnector>;

/** The port of SOCKS proxies whose URL names none. @see RFC 1928, section 3 */
const DEFAULT_PORT = 1080;

export interface SocksOptions {
  /** Makes a TLS connection, or passes a plain one on, over a socket that is there. */
  connect: Connector;
  /** For `socks5:`, where names are resolved here; with `socks5h:` the proxy resolves them. */
  lookup: LookupFunction;
  /** Milliseconds, to the proxy and through it. */
  timeout: number;
}

/**
 * Connects through a SOCKS 5 proxy.
 *
 * undici's own agent for it resolves names at the proxy only, where no address can be checked, bounds no pool and gives a
 * connection five seconds.
 *
 * @see RFC 1928, RFC 1929
 */
export function socksConnector(proxy: URL, { connect, lookup, timeout }: SocksOptions): Connector {
  const user = proxyUser(proxy);
  const open = async ({ hostname, port, protocol }: buildConnector.Options) => {
    const target = hostname.replace(/^\[|\]$/g, '');
    const host = proxy.protocol === 'socks5h:' ? target : await resolve(lookup, target);
    // Loaded where it is needed: few machines have such a proxy.
    const { SocksClient } = await import('socks');
    try {
      const { socket } = await SocksClient.createConnection({
        command: 'connect',
        proxy: {
          type: 5,
          host: proxy.hostname.replace(/^\[|\]$/g, ''),
          port: Number(proxy.port || DEFAULT_PORT),
          ...(user ? { userId: user.name, password: user.password } : {}),
        },
        destination: { host, port: Number(port || (protocol === 'https:' ? 443 : 80)) },
        timeout,
        set_tcp_nodelay: true,
      });
      return socket;
    } catch (error) {
      // Not as the cause: the library's errors hold the proxy's password. No error of undici's either, after which it tries again.
      throw new Error(`The SOCKS proxy: ${error instanceof Error ? error.message : 'failed'}`);
    }
  };
  return (options, callback) => {
    open(options).then(
      (socket) => {
        if (options.protocol === 'https:') connect({ ...options, httpSocket: socket }, callback);
        else callback(null, socket);
      },
      (error: Error) => callback(error, null),
    );
  };
}

async function resolve(lookup: LookupFunction, hostname: string): Promise<string> {
  return await new Promise((done, fail) => {
    lookup(hostname, { all: false }, (error, address) => {
      if (error) fail(error);
      else done(String(address));
    });
  });
}
