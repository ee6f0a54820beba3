import { RegistryError } from '../errors.ts';
import { isLoopback } from '../model/loopback.ts';

/** `system` reads HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY of the environment. */
export type ProxySetting = { kind: 'system' } | { kind: 'none' } | { kind: 'url'; url: string };

export type Environment = Readonly<Record<string, string | undefined>>;

const PROTOCOLS = new Set(['http:', 'https:', 'socks5:', 'socks:']);

/** @throws {RegistryError} `invalidAddress` */
function readProxy(text: string): URL {
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
    if (PROTOCOLS.has(url.protocol) && url.hostname !== '') return url;
  } catch {
    // Told below.
  }
  throw new RegistryError('invalidAddress', '', {
    reason: 'The proxy is not a URL like http://proxy.example:3128.',
  });
}

const defaultPort = (url: URL): string => url.port || (url.protocol === 'https:' ? '443' : '80');

/** Whether NO_PROXY names the target: `*`, `host`, `.domain`, `host:port`; a domain covers what is below it. */
export function isExempt(target: URL, noProxy: string): boolean {
  const hostname = target.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  for (const entry of noProxy.toLowerCase().split(/[\s,]+/)) {
    if (entry === '') continue;
    if (entry === '*') return true;
    const match = /^\[?(.*?)\]?(?::(\d+))?$/.exec(
      entry.split(':').length > 2 && !entry.startsWith('[') ? `[${entry}]` : entry,
    );
    const name = match?.[1]?.replace(/^\*?\./, '') ?? '';
    if (name === '' || (match?.[2] !== undefined && match[2] !== defaultPort(target))) continue;
    if (hostname === name || hostname.endsWith(`.${name}`)) return true;
  }
  return false;
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
  if (isLoopback(target.hostname)) return undefined;
  const read = (name: string): string | undefined =>
    environment[name.toLowerCase()] || environment[name] || undefined;
  const named =
    (target.protocol === 'https:' ? read('HTTPS_PROXY') : read('HTTP_PROXY')) ?? read('ALL_PROXY');
  if (named === undefined || isExempt(target, read('NO_PROXY') ?? '')) return undefined;
  return readProxy(named);
}
