import type { IncomingHttpHeaders } from 'node:http';
import { RegistryError } from '../registry-error.ts';

/** Loopback, and the names under which containers reach their host. */
const LOCAL_HOST =
  /^(?:127(?:\.\d{1,3}){3}|\[::1\]|(?:[a-z0-9-]+\.)*localhost|host\.docker\.internal|host\.containers\.internal)$/;

/**
 * Refuses what only a web page in a browser sends: a request with an Origin and, where anyone may read (no TLS, no
 * sign-in), one for a name that is not local, which a page gets by DNS rebinding. Registry clients do neither.
 *
 * @throws {RegistryError} 403 DENIED
 */
export function refuseBrowsers(
  headers: IncomingHttpHeaders,
  { checkHost, hosts }: { checkHost: boolean; hosts: readonly string[] },
): void {
  if (headers.origin !== undefined)
    throw new RegistryError(403, 'DENIED', 'no web page may use this registry');
  const host = (headers.host ?? '').toLowerCase().replace(/:\d+$/, '');
  if (!checkHost || LOCAL_HOST.test(host) || hosts.includes(host)) return;
  throw new RegistryError(403, 'DENIED', 'this registry does not answer to this host name', {
    detail: { host: host.slice(0, 300) },
  });
}
