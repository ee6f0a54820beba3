import { RegistryError } from '../errors.ts';

/**
 * Where a registry sends us (redirect, upload location, next page), made absolute and without user and password. Never from
 * https down to http, except to the very host that sends us: one behind a TLS proxy may not know that it is, and is asked the
 * way we came. The address itself is checked when it is connected. What is asked below another path than `/v2/` may speak of `/v2/`
 * all the same, as if it stood at the root: it is meant below that path.
 *
 * @throws {RegistryError} `invalidResponse`, `addressRefused`
 */
export function resolveRedirect(location: string, base: URL, request: string): URL {
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
  if (url.origin === base.origin) url.pathname = `${prefixOf(base, url)}${url.pathname}`;
  if (base.protocol === 'https:' && url.protocol === 'http:') {
    if (url.hostname === base.hostname)
      return new URL(`${prefixOf(base, url)}${url.pathname}${url.search}`, base);
    throw new RegistryError('addressRefused', request, {
      reason: `It points from https to plain http at ${url.host}.`,
    });
  }
  return url;
}

/** What is before `/v2/` where we asked, of a path that begins with it. */
function prefixOf(base: URL, { pathname }: URL): string {
  return pathname.startsWith('/v2/') ? (/^(\/(?!v2\/).*?)\/v2\//.exec(base.pathname)?.[1] ?? '') : '';
}

/**
 * A token service of the registry itself that it names by http although it is reached by https, made https. Only on the port
 * that the registry is on, or on none: another port is another service.
 */
export function ownRealm(realm: URL, own: URL): URL {
  const same = realm.hostname === own.hostname && (realm.port === '' || realm.port === (own.port || '443'));
  return same && own.protocol === 'https:' && realm.protocol === 'http:'
    ? new URL(`${realm.pathname}${realm.search}`, own)
    : realm;
}
