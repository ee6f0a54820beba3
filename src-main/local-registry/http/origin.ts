import type { IncomingHttpHeaders } from 'node:http';
import { RegistryError } from '../registry-error.ts';

const LOCAL_HOST = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|(?:[a-z0-9-]+\.)*localhost)$/;

/** Names under which containers and virtual machines reach the machine they run on: Docker, Podman, minikube, Lima, OrbStack, k3d, Rancher. */
const CONTAINER_HOST =
  /^(?:(?:host|gateway)\.docker|host\.(?:containers|minikube|lima|orb|k3d|rancher-desktop))\.internal$/;

export interface HostPolicy {
  checkHost: boolean;
  /** Whether the names by which containers reach their host are answered to. */
  containers: boolean;
  hosts: readonly string[];
}

/**
 * Refuses what only a web page in a browser sends: a request with an Origin and, where anyone may read (no TLS, no
 * sign-in), one for a name that is not local, which a page gets by DNS rebinding. Registry clients do neither.
 *
 * @throws {RegistryError} 403 DENIED
 */
export function refuseBrowsers(
  headers: IncomingHttpHeaders,
  { checkHost, containers, hosts }: HostPolicy,
): void {
  if (headers.origin !== undefined)
    throw new RegistryError(403, 'DENIED', 'no web page may use this registry');
  // A program of the days before HTTP/1.1, which Node lets by; a browser always sends one.
  if (headers.host === undefined) return;
  const host = headers.host.toLowerCase().replace(/:\d+$/, '');
  if (!checkHost || LOCAL_HOST.test(host) || hosts.includes(host)) return;
  if (containers && CONTAINER_HOST.test(host)) return;
  throw new RegistryError(403, 'DENIED', refusalOf(host), {
    detail: { host: host.slice(0, 300) },
  });
}

function refusalOf(host: string): string {
  return CONTAINER_HOST.test(host)
    ? 'this registry is closed to containers; its settings can open it to them'
    : 'this registry does not answer to this host name';
}
