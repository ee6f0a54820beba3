import { RegistryError } from '../errors.ts';

/**
 * Where a registry sends us (redirect, upload location, next page), made absolute and without user and password. Never from
 * https down to http, except to the registry's own host: one behind a TLS proxy may not know that it is, and is asked the way
 * we came. The address itself is checked when it is connected.
 *
 * @throws {RegistryError} `invalidResponse`, `addressRefused`
 */
export function elsewhere(location: string, base: URL, own: URL, request: string): URL {
  let url: URL;
  try {
    url = new URL(location, base);
  } catch (cause) {
    throw new RegistryError('invalidResponse', request, {
      reason: 'It points to no valid address.',
      cause,
    });
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new RegistryError('addressRefused', request, {
      reason: `It points to a ${url.protocol} address.`,
    });
  url.username = '';
  url.password = '';
  url.hash = '';
  if (base.protocol === 'https:' && url.protocol === 'http:') {
    // A registry behind a TLS proxy may not know that it is: the same host means the way we came.
    if (url.hostname === own.hostname && base.origin === own.origin)
      return new URL(`${url.pathname}${url.search}`, own);
    throw new RegistryError('addressRefused', request, {
      reason: `It points from https to plain http at ${url.host}.`,
    });
  }
  return url;
}
