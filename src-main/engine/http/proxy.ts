import { BlockList, isIP } from 'node:net';
import { RegistryError } from '../errors.ts';
import { LOOPBACK } from '../vocabulary/connection.ts';

/** `system` reads HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY of the environment. */
export type ProxySetting = { kind: 'system' } | { kind: 'none' } | { kind: 'url'; url: string };

export type Environment = Readonly<Record<string, string | undefined>>;

const PROTOCOLS = new Set(['http:', 'https:', 'socks5:', 'socks5h:', 'socks:']);

/**
 * A proxy's URL: of http or https, or of SOCKS 5, where `socks5` (and `socks`) resolves names here and `socks5h` at the proxy.
 *
 * @throws {RegistryError} `invalidAddress`, which quotes nothing of it but the scheme: it may hold a password.
 */
export function readProxy(text: string): URL {
  const scheme = /^([a-z][a-z0-9+.-]*:)\/\//i.exec(text)?.[1]?.toLowerCase();
  const invalid = (reason: string): RegistryError => new RegistryError('invalidAddress', '', { reason });
  if (scheme !== undefined && !PROTOCOLS.has(scheme))
    throw invalid(`A proxy is reached by http, https, socks5 or socks5h, and not by ${scheme.slice(0, -1)}.`);
  try {
    const url = new URL(scheme === undefined ? `http://${text}` : text);
    if (url.hostname !== '') return url;
  } catch {
    // Reported below.
  }
  throw invalid('The proxy is not a URL like http://proxy.example:3128.');
}

/** The credentials for a proxy, from its URL; undefined if it has none. */
export function proxyUser(proxy: URL): { name: string; password: string } | undefined {
  if (proxy.username === '') return undefined;
  return { name: decodePart(proxy.username), password: decodePart(proxy.password) };
}

/** A percent sign that encodes nothing is meant as one: passwords have them, and few people encode them. */
function decodePart(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}

const defaultPort = (url: URL): string => url.port || (url.protocol === 'https:' ? '443' : '80');

/**
 * Whether NO_PROXY names the target: `*`, `host`, `.domain`, `host:port`, an address or a network of addresses (`10.0.0.0/8`); a
 * domain covers what is below it. Names are not resolved for it.
 */
export function isExempt(target: URL, noProxy: string): boolean {
  const hostname = target.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  for (const entry of noProxy.toLowerCase().split(/[\s,]+/)) {
    if (entry === '') continue;
    if (entry === '*' || isWithin(hostname, entry)) return true;
    const match = /^\[?(.*?)\]?(?::(\d+))?$/.exec(
      entry.split(':').length > 2 && !entry.startsWith('[') ? `[${entry}]` : entry,
    );
    const name = match?.[1]?.replace(/^\*?\./, '') ?? '';
    if (name === '' || (match?.[2] !== undefined && match[2] !== defaultPort(target))) continue;
    if (hostname === name || hostname.endsWith(`.${name}`)) return true;
  }
  return false;
}

/** Whether an address is in a network in CIDR notation. */
function isWithin(address: string, network: string): boolean {
  const [base = '', length = ''] = network.split('/', 2);
  const family = isIP(base);
  if (family === 0 || isIP(address) === 0 || !/^\d{1,3}$/.test(length)) return false;
  if (Number(length) > (family === 6 ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(base, Number(length), family === 6 ? 'ipv6' : 'ipv4');
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * The proxy to reach a URL through, or undefined for a direct connection. This machine's own addresses are never asked of
 * the system's proxy, which would be another machine; a proxy that the account names is used for everything.
 *
 * @throws {RegistryError} `invalidAddress` for a proxy that is no URL.
 */
export function proxyFor(target: URL, setting: ProxySetting, environment: Environment): URL | undefined {
  if (setting.kind === 'none') return undefined;
  if (setting.kind === 'url') return readProxy(setting.url);
  if (LOOPBACK.test(target.hostname)) return undefined;
  const read = (name: string): string | undefined =>
    environment[name.toLowerCase()] || environment[name] || undefined;
  const named =
    (target.protocol === 'https:' ? read('HTTPS_PROXY') : read('HTTP_PROXY')) ?? read('ALL_PROXY');
  if (named === undefined || isExempt(target, read('NO_PROXY') ?? '')) return undefined;
  return readProxy(named);
}
