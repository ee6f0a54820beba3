import { LOOPBACK } from '../../src-main/engine/vocabulary/connection.ts';
import { DOCKER_HUB_HOSTS, PRODUCT_HOSTS, type SystemId } from '../../src-main/engine/vocabulary/products.ts';
import { type Command, isVariable, readCommands } from './shell-words.ts';

/** What a pasted text says of a registry. */
export interface Pasted {
  /** `host[:port]`, as in references. */
  host: string;
  /** Absent where the text does not say it. */
  scheme?: 'http' | 'https';
  /** That the text names beside the registry. */
  repository?: string;
  username?: string;
  password?: string;
}

const DOCKER_HUB = 'docker.io';
const HOST = /^(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9_.-]*[a-z0-9])?)(?::\d{1,5})?$/i;
const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_|__|-+|\/)[a-z0-9]+)*$/;
const DIGEST = /@[a-z0-9+._-]+:[a-f0-9]{32,}$/i;

/** Pages of products that show an image: where it is, and what it is called there. */
const PAGES: readonly { page: RegExp; host: string; repository: string }[] = [
  { page: /^hub\.docker\.com\/_\/([^/]+)/, host: DOCKER_HUB, repository: 'library/$1' },
  { page: /^hub\.docker\.com\/(?:r|repository\/docker)\/([^/]+\/[^/]+)/, host: DOCKER_HUB, repository: '$1' },
  { page: /^(?:hub|www)\.docker\.com(?:\/|$)/, host: DOCKER_HUB, repository: '' },
  {
    page: /^github\.com\/(?:orgs|users)\/([^/]+)\/packages\/container\/(?:package\/)?([^/]+)/,
    host: 'ghcr.io',
    repository: '$1/$2',
  },
  { page: /^github\.com\/([^/]+)\/[^/]+\/pkgs\/container\/([^/]+)/, host: 'ghcr.io', repository: '$1/$2' },
  { page: /^github\.com(?:\/|$)/, host: 'ghcr.io', repository: '' },
  { page: /^quay\.io\/repository\/([^/]+\/[^/]+)/, host: 'quay.io', repository: '$1' },
  {
    page: /^gitlab\.com\/(?:groups\/)?(.+?)(?:\/-)?\/container_registry/,
    host: 'registry.gitlab.com',
    repository: '$1',
  },
  { page: /^gitlab\.com(?:\/|$)/, host: 'registry.gitlab.com', repository: '' },
  // Of whatever host: Harbor, Gitea and Forgejo, Artifactory.
  { page: /^([^/]+)\/harbor\/.*/, host: '$1', repository: '' },
  { page: /^([^/]+)\/([^/]+)\/-\/packages\/container\/([^/]+)/, host: '$1', repository: '$2/$3' },
  { page: /^([^/]+)\/ui\/.*/, host: '$1', repository: '' },
];

/**
 * Reads whatever names a registry: an address, a URL with a path, a reference of an image, a line with `docker login` or `docker
 * pull` in it. Undefined where it names none. Runs nothing; what is a variable of a shell counts as not given.
 */
export function readPasted(text: string): Pasted | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  if (/\s/.test(trimmed)) return readLine(trimmed);
  return readName(trimmed);
}

/** Commands that sign in, and what makes them do so. */
const TOOLS = /^(?:docker|podman|nerdctl|buildah|finch|skopeo|crane|oras|helm|regctl)(?:\.exe)?$/i;
/** Flags of theirs that are followed by a value; what is not here is taken for one that stands alone. */
const WITH_VALUE =
  /^(?:-u|--username|-p|--password|--authfile|--cert-dir|--config|--registry-config|--ca-file|--cert-file|--key-file|-H|--context|-c|-l|--log-level|--platform|--creds)$/;

function readLine(line: string): Pasted | undefined {
  const commands = readCommands(line);
  for (const [position, command] of commands.entries()) {
    const words = command.words.map(({ text }) => text);
    const tool = words.findIndex((word) => TOOLS.test(word.replace(/^.*[\\/]/, '')));
    if (tool < 0) continue;
    const login = words.indexOf('login', tool);
    if (login > 0) return readLogin(command, login, commands[position - 1]);
    const pull = words.findIndex((word, at) => at > tool && /^(?:pull|push)$/.test(word));
    const name = pull > 0 && words.slice(pull + 1).find((word) => !word.startsWith('-'));
    if (name) return readName(name);
  }
  return undefined;
}

function readLogin(
  { words, given }: Command,
  login: number,
  before: Command | undefined,
): Pasted | undefined {
  let address: string | undefined;
  let username: string | undefined;
  let password: string | undefined;
  for (let at = login + 1; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) break;
    if (word.text.startsWith('<') && !isVariable(word)) {
      // A file that only a shell can read.
      if (word.text === '<') at += 1;
      continue;
    }
    const [, flag = '', joined] = /^(--?[\w-]+)(?:=(.*))?$/s.exec(word.text) ?? [];
    const short = /^-([up])(.+)$/s.exec(word.text);
    if (!word.text.startsWith('-')) {
      // Where it is, only a shell knows.
      if (address === undefined && isVariable(word)) return undefined;
      address ??= word.text;
      continue;
    }
    let value = joined === undefined ? undefined : { text: joined, literal: word.literal };
    let name = flag;
    if (short?.[2] !== undefined && joined === undefined) {
      name = `-${short[1]}`;
      value = { text: short[2], literal: word.literal };
    } else if (value === undefined && WITH_VALUE.test(flag)) {
      at += 1;
      value = words[at];
    }
    if (value === undefined || isVariable(value)) {
      if (name === '--password-stdin') password = readPiped(before, given);
    } else if (name === '-u' || name === '--username') {
      username = value.text;
    } else if (name === '-p' || name === '--password') {
      password = value.text;
    }
  }
  const named = readName(address ?? DOCKER_HUB);
  if (!named) return undefined;
  return {
    ...named,
    ...(username !== undefined && username !== '' && { username }),
    ...(password !== undefined && password !== '' && { password }),
  };
}

/** The text that `echo` or `printf` gives to the command after it, where it is one. */
function readPiped(before: Command | undefined, given: Command['given']): string | undefined {
  const [first, ...rest] = before?.words ?? [];
  const echoed = first && /^(?:echo|printf)$/.test(first.text) ? rest.at(-1) : undefined;
  const word = given ?? echoed;
  return word === undefined || isVariable(word) ? undefined : word.text;
}

/** A name without spaces: an address, a URL, a reference; with a user before an `@` as some write it. */
function readName(text: string): Pasted | undefined {
  const schemed = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text);
  const scheme = schemed?.[1]?.toLowerCase();
  let rest = (schemed ? (schemed[2] ?? '') : text).replace(/[?#].*$/s, '');
  const found: Omit<Pasted, 'host'> = {};
  if (scheme === 'http' || scheme === 'https') found.scheme = scheme;
  const user = DIGEST.test(rest) ? undefined : /^([^/@:]+)(?::([^/@]*))?@(.*)$/s.exec(rest);
  if (user?.[1] !== undefined && user[3] !== undefined) {
    found.username = decoded(user[1]);
    if (user[2]) found.password = decoded(user[2]);
    rest = user[3];
  }
  for (const { page, host, repository } of found.scheme ? PAGES : []) {
    const shown = page.exec(rest);
    if (shown) {
      const put = (into: string) => shown[0].replace(page, into).toLowerCase();
      return named(found, put(host), put(repository));
    }
  }
  const slash = rest.indexOf('/');
  const first = slash < 0 ? rest : rest.slice(0, slash);
  const path = slash < 0 ? '' : rest.slice(slash + 1);
  if (scheme === undefined && isImageOfDockerHub(first, slash >= 0))
    return named(found, DOCKER_HUB, rest.includes('/') ? rest : `library/${rest}`);
  if (!HOST.test(first)) return undefined;
  return named(found, first.toLowerCase(), path);
}

function named(found: Omit<Pasted, 'host'>, host: string, path: string): Pasted {
  const name = path
    .replace(/^v[12](?:\/|$)/, '')
    .replace(/\/(?:manifests|blobs|tags|referrers)\/.*$/, '')
    .replace(DIGEST, '')
    .replace(/:[\w.-]+$/, '')
    .replace(/\/+$/, '');
  const isHub = DOCKER_HUB_HOSTS.includes(host);
  const scheme = isHub ? {} : found;
  return {
    host: isHub ? DOCKER_HUB : host,
    ...(scheme.scheme && { scheme: scheme.scheme }),
    ...(REPOSITORY.test(name) && { repository: name }),
    ...(found.username !== undefined && { username: found.username }),
    ...(found.password !== undefined && { password: found.password }),
  };
}

/** As Docker decides it: what could not be a host is a name at Docker Hub. A bare word may be a host of this network. */
function isImageOfDockerHub(first: string, hasPath: boolean): boolean {
  const name = first.replace(/:.*$/, '');
  if (name === '' || name.includes('.') || LOOPBACK.test(name)) return false;
  if (hasPath) return !first.includes(':') && first === first.toLowerCase();
  return /^[a-z0-9][a-z0-9._-]*:(?!\d{1,5}$)[\w.-]+$/.test(first);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The product that a host's name shows; undefined where only asking it shows that. */
export function systemOfHost(host: string): SystemId | undefined {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const known = Object.entries(PRODUCT_HOSTS) as [keyof typeof PRODUCT_HOSTS, RegExp][];
  return known.find(([, pattern]) => pattern.test(name))?.[0];
}
