/** How Docker's files have always named Docker Hub. */
const DOCKER_HUB_KEY = 'https://index.docker.io/v1/';
const DOCKER_HUB_HOSTS = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
]);

/** What a key of `auths` or `credHelpers`, or a helper's list, is about. */
export interface AuthKey {
  /** `host[:port]`; Docker Hub's many names become `docker.io`. */
  host: string;
  /** The part of the registry that it is for, as Podman names it: `team`, `team/app`; empty for all of it. */
  path: string;
  /** Only where the key names a scheme. */
  scheme: 'http' | 'https' | undefined;
}

/** Where a sign-in is wanted. */
export interface SignInPlace {
  host: string;
  /** Undefined for what is of no one repository. */
  repository?: string | undefined;
  /** It goes over the network in the clear. */
  plainHttp?: boolean;
}

/**
 * Undefined for what Docker Desktop keeps beside Docker Hub's sign-in: tokens of its own, no accounts.
 *
 * @see containers-auth.json(5), "Registry namespaces"
 */
export function readAuthKey(key: string): AuthKey | undefined {
  const scheme = /^(https?):\/\//i.exec(key)?.[1]?.toLowerCase() as AuthKey['scheme'];
  const [first = '', ...rest] = key.replace(/^https?:\/\//i, '').split('/');
  const host = first.toLowerCase();
  const path = rest.filter((part) => part !== '').join('/');
  if (DOCKER_HUB_HOSTS.has(host) && /^v1\/(?:access|refresh)-token$/.test(path)) return undefined;
  // Docker's oldest keys are URLs of a registry's API: their path is no part of the registry.
  const isPart = scheme === undefined && path !== 'v1' && path !== 'v2';
  return { host: DOCKER_HUB_HOSTS.has(host) ? 'docker.io' : host, path: isPart ? path : '', scheme };
}

/** Whether a key is for a place. What was stored for https never goes over plain http. */
export function fits({ host, path, scheme }: AuthKey, place: SignInPlace): boolean {
  if (host !== place.host || (scheme === 'https' && place.plainHttp)) return false;
  return path === '' || `${place.repository ?? ''}/`.startsWith(`${path}/`);
}

/** The key under which stores and helpers keep a host. */
export function keyOfHost(host: string): string {
  return host === 'docker.io' ? DOCKER_HUB_KEY : host;
}
