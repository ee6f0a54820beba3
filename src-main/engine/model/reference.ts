import { RegistryError } from '../errors.ts';
import { LOOPBACK } from '../vocabulary/connection.ts';
import { DOCKER_HUB_HOSTS } from '../vocabulary/products.ts';
import { checkDigest } from './digest.ts';

/** A place in a registry. Without tag and digest it names a repository. */
export interface Reference {
  /** `host[:port]`; `docker.io` for Docker Hub. */
  host: string;
  repository: string;
  tag?: string;
  digest?: string;
}

/** Longest repository name: with the host it has to fit what distribution/reference takes. */
const REPOSITORY_MAX = 255;
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
/** Components in one pattern: a list has tens of thousands of names. */
const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_|__|-+|\/)[a-z0-9]+)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const HOST =
  /^(?:\[[0-9a-fA-F:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*)(?::([0-9]{1,5}))?$/;

const DOCKER_HUB = 'docker.io';
/** What Docker Hub's API answers on; references say `docker.io`. */
const DOCKER_HUB_API = 'registry-1.docker.io';

function invalid(reason: string): RegistryError {
  return new RegistryError('invalidReference', '', { reason });
}

/** Text as it may appear in an error: short, without control characters and what may be a password before an `@`. */
function quote(text: string): string {
  const last = text.slice(text.lastIndexOf('@') + 1);
  const shown = last === text ? text : `…@${last}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const plain = shown.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/g, '\u{fffd}');
  return `"${plain.length > 80 ? `${plain.slice(0, 80)}…` : plain}"`;
}

/**
 * The repository name itself if it follows the grammar: nothing that passes can leave its place in a URL path.
 *
 * @throws {RegistryError} `invalidReference` saying what is wrong.
 * @see OCI distribution-spec 1.1, "Pulling manifests"; github.com/distribution/reference
 */
export function checkRepository(text: string): string {
  if (text === '') throw invalid('A repository name is missing.');
  if (text.length > REPOSITORY_MAX)
    throw invalid(`The repository name is longer than ${REPOSITORY_MAX} characters.`);
  for (const component of text.split('/')) {
    if (COMPONENT.test(component)) continue;
    if (component === '') throw invalid(`The repository name ${quote(text)} has an empty part.`);
    if (component !== component.toLowerCase())
      throw invalid(`The repository name ${quote(text)} has capital letters.`);
    throw invalid(
      `${quote(component)} cannot be part of a repository name: letters and digits, separated by one ".", one or two "_" or any "-".`,
    );
  }
  return text;
}

/** True for what {@link checkRepository} lets pass. */
export function isRepository(text: string): boolean {
  return text.length <= REPOSITORY_MAX && REPOSITORY.test(text);
}

/** True for what {@link checkTag} lets pass. */
export function isTag(text: string): boolean {
  return TAG.test(text);
}

/** The tag itself if it follows the grammar. @throws {RegistryError} `invalidReference` */
export function checkTag(text: string): string {
  if (TAG.test(text)) return text;
  if (text === '') throw invalid('A tag is missing.');
  if (text.length > 128) throw invalid('The tag is longer than 128 characters.');
  throw invalid(
    `${quote(text)} cannot be a tag: letters, digits, "_", "." and "-", and neither "." nor "-" first.`,
  );
}

/** A tag or a digest, distinguished by the colon no tag has. @throws `invalidReference` or `invalidDigest` */
export function checkManifestReference(text: string): string {
  return text.includes(':') ? checkDigest(text) : checkTag(text);
}

function checkHost(text: string): string {
  const match = HOST.exec(text);
  if (!match || text.length > 255) throw invalid(`${quote(text)} is not a host name.`);
  if (match[1] !== undefined && (Number(match[1]) > 65_535 || Number(match[1]) === 0))
    throw invalid(`${quote(text)} has no valid port.`);
  const lower = text.toLowerCase();
  return DOCKER_HUB_HOSTS.includes(lower) ? DOCKER_HUB : lower;
}

/** A first part is a host if it could not be the beginning of a Docker Hub name. */
function looksLikeHost(part: string): boolean {
  return part.includes('.') || part.includes(':') || part === 'localhost' || part !== part.toLowerCase();
}

/**
 * Reads `host[:port]/repository[:tag][@digest]`. As Docker does, `nginx` means `docker.io/library/nginx`; unlike Docker, no
 * tag is made up.
 *
 * @throws {RegistryError} `invalidReference` or `invalidDigest`.
 */
export function parseReference(text: string): Reference {
  if (text !== text.trim() || text === '') throw invalid(`${quote(text)} is not a reference.`);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
    throw invalid('A URL is no reference: leave out what is before the host.');
  if (/^[^/]*@.*\//.test(text)) throw invalid('User names and passwords do not belong in a reference.');
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : checkDigest(text.slice(at + 1));
  const name = at < 0 ? text : text.slice(0, at);
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const hosted = slash >= 0 && looksLikeHost(first);
  const host = hosted ? checkHost(first) : DOCKER_HUB;
  const path = hosted ? name.slice(slash + 1) : name;
  const colon = path.indexOf(':');
  // Docker Hub would be asked for `library/localhost`, tag 5000: never meant.
  if (slash < 0 && /^(?:localhost|[^:]+\.[^:]+|\[.*\]):\d+$/.test(path))
    throw invalid(`${quote(path)} is a host: a repository name is missing.`);
  const tag = colon < 0 ? undefined : checkTag(path.slice(colon + 1));
  const short = colon < 0 ? path : path.slice(0, colon);
  const repository = checkRepository(
    host === DOCKER_HUB && !short.includes('/') ? `library/${short}` : short,
  );
  return {
    host,
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

export function formatReference({ host, repository, tag, digest }: Reference): string {
  return `${host}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/**
 * The origin of `https://host[:port]`, `http://host[:port]` or a bare `host[:port]`, which means https but on this machine
 * http, as container tools do. Docker Hub's names become the host its API answers on.
 *
 * @throws {RegistryError} `invalidAddress` for anything more than an origin, user names included.
 */
export function parseRegistryAddress(text: string, { plainHttp }: { plainHttp?: boolean } = {}): URL {
  const bad = (reason: string): RegistryError => new RegistryError('invalidAddress', '', { reason });
  const trimmed = text.trim();
  const schemed = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed);
  let url: URL;
  try {
    url = new URL(schemed ? trimmed : `https://${trimmed}`);
  } catch {
    throw bad(`${quote(trimmed)} is not a host or a URL.`);
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw bad('A registry is reached by http or https.');
  if (url.username !== '' || url.password !== '')
    throw bad('User names and passwords do not belong in the address.');
  if (url.hostname === '' || /[%\s]/.test(url.hostname)) throw bad(`${quote(trimmed)} names no host.`);
  if ((url.pathname !== '/' && url.pathname !== '/v2/' && url.pathname !== '/v2') || url.search || url.hash)
    throw bad('The address ends after the host and port.');
  if (schemed ? false : (plainHttp ?? LOOPBACK.test(url.hostname))) {
    // `URL` drops a default port when it is given and cannot change between schemes without losing one.
    const port = /:(\d+)\/?$/.exec(trimmed)?.[1];
    url = new URL(`http://${url.hostname}${port === undefined ? '' : `:${port}`}`);
  }
  if (DOCKER_HUB_HOSTS.includes(url.hostname)) return new URL(`https://${DOCKER_HUB_API}`);
  return new URL(url.origin);
}

/** `host[:port]` as in references. */
export function hostOfRegistry(url: URL): string {
  return DOCKER_HUB_HOSTS.includes(url.hostname) ? DOCKER_HUB : url.host;
}
