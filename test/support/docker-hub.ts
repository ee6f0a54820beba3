import { makeCertificates } from './certificates.ts';
import { sha256, type TestBlob, type TestManifest } from './images.ts';
import { startProxy } from './proxy.ts';
import { type Answer, type Seen, startServer } from './server.ts';

/** Who signs in, by what a password, a personal access token or an organisation access token is here. */
export const HUB_SIGN_INS = {
  person: { username: 'ann', password: 'dckr_pat_of_ann' },
  organisation: { username: 'acme', password: 'dckr_oat_of_acme' },
  password: { username: 'eve', password: 'her password' },
  stranger: { username: 'bob', password: 'dckr_pat_of_bob' },
} as const;
/** Namespaces that each may write to, the own one first. */
const NAMESPACES: Readonly<Record<string, readonly string[]>> = {
  ann: ['ann', 'acme'],
  acme: ['acme'],
  bob: ['bob'],
  eve: ['eve'],
};

interface HubTag {
  readonly manifest: TestManifest;
  readonly pushed: string;
  readonly pulled: string | null;
}

interface HubRepository {
  readonly tags: Map<string, HubTag>;
  isPrivate: boolean;
  immutable: readonly string[];
  readonly about: { description: string; full_description: string };
  badge: 'official' | 'verified_publisher' | 'open_source' | 'none' | null;
}

const PULLS = { limit: 200, window: 21_600 };

/**
 * Docker Hub as its documents describe it: the registry at registry-1.docker.io, its token service, and the API at hub.docker.com,
 * all behind a proxy that leads to this machine. Fails the test on any other request, and where a sign-in of one of them reaches
 * another.
 *
 * - Sign-in, namespaces, repositories, tags, pages of at most 100 with `next`: docs.docker.com/reference/api/hub/latest
 * - Organisations, deletion of a tag: docker/hub-tool, pkg/hub
 * - Search: docker/hub-mcp, specs/search.yaml, "Search V4"
 * - Pulls: GETs of manifests count, HEADs report: docs.docker.com/docker-hub/usage/pulls
 */
class DockerHub {
  readonly #repositories = new Map<string, HubRepository>();
  readonly #blobs = new Map<string, TestBlob>();
  readonly #manifests = new Map<string, TestBlob>();
  #generation = 1;
  /** GETs of manifests. */
  pulls = 0;
  /** Whether the sign-in of today is there, or only the one before it. */
  older = false;
  /** Whether accounts have a second factor: a password is then half a sign-in. */
  secondFactor = false;
  /** Whether every request of the API is one too many for now. */
  busy = false;

  push(
    name: string,
    tag: string,
    manifest: TestManifest,
    { pushed = '2026-01-02T03:04:05.678901Z', pulled = null as string | null } = {},
  ): void {
    this.#keep(manifest);
    this.repository(name).tags.set(tag, { manifest, pushed, pulled });
  }

  repository(name: string): HubRepository {
    let found = this.#repositories.get(name);
    if (!found) {
      found = {
        tags: new Map(),
        isPrivate: false,
        immutable: [],
        about: { description: '', full_description: '' },
        badge: null,
      };
      this.#repositories.set(name, found);
    }
    return found;
  }

  /** Tokens of the API that were given out are worth nothing any more. */
  expire(): void {
    this.#generation++;
  }

  #keep(manifest: TestManifest): void {
    for (const child of manifest.children) this.#keep(child);
    for (const blob of manifest.blobs) this.#blobs.set(blob.digest, blob);
    this.#manifests.set(manifest.digest, manifest);
  }

  answer(seen: Seen): Answer {
    const { pathname, searchParams } = new URL(seen.url, 'http://hub');
    const path = pathname.replace(/(?<=.)\/$/, '');
    switch (seen.headers.host) {
      case 'auth.docker.io':
        return this.#token(seen, searchParams);
      case 'registry-1.docker.io':
        return this.#registry(seen, pathname);
      case 'hub.docker.com':
        return this.#api(seen, path, searchParams);
      default:
        return { status: 418 };
    }
  }

  #token({ headers }: Seen, query: URLSearchParams): Answer {
    const user = userOf(headers.authorization);
    if (user === null) return { status: 401, body: { details: 'incorrect username or password' } };
    return { body: { token: tokenOf({ user, scopes: query.getAll('scope') }) } };
  }

  #registry(seen: Seen, path: string): Answer {
    const token = readToken(seen);
    if (!token?.scopes) return challenge(path);
    if (path === '/v2/') return { body: {} };
    const [, name = '', kind = '', reference = ''] =
      /^\/v2\/(.+)\/(manifests|blobs|tags|referrers)\/(.*)$/.exec(path) ?? [];
    const repository = this.#visible(name, token.user);
    if (!token.scopes.some((scope) => scope.startsWith(`repository:${name}:`))) return challenge(path);
    if (name === 'ratelimitpreview/test') return { headers: this.#limit() };
    if (!repository) return { status: 404, body: { errors: [{ code: 'NAME_UNKNOWN' }] } };
    if (kind === 'referrers') return { status: 404, body: '404 page not found' };
    if (kind === 'tags') return { body: { name, tags: [...repository.tags.keys()] } };
    if (seen.method === 'DELETE') return { status: 405, body: { errors: [{ code: 'UNSUPPORTED' }] } };
    if (kind === 'blobs') {
      const blob = this.#blobs.get(reference);
      return blob ? { body: blob.bytes } : { status: 404 };
    }
    if (seen.method === 'PUT') {
      const [digest, mediaType] = [sha256(seen.body), seen.headers['content-type'] ?? ''];
      const manifest = { digest, mediaType, bytes: seen.body, blobs: [], children: [] };
      this.push(name, reference, manifest);
      return { status: 201, headers: { 'docker-content-digest': digest } };
    }
    if (seen.method === 'GET') this.pulls++;
    const found = this.#manifests.get(repository.tags.get(reference)?.manifest.digest ?? reference);
    if (!found) return { status: 404, body: { errors: [{ code: 'MANIFEST_UNKNOWN' }] } };
    return {
      headers: {
        ...this.#limit(),
        'content-type': found.mediaType,
        'docker-content-digest': found.digest,
      },
      body: found.bytes,
    };
  }

  #limit(): Record<string, string> {
    const of = (count: number): string => `${count};w=${PULLS.window}`;
    return { 'ratelimit-limit': of(PULLS.limit), 'ratelimit-remaining': of(PULLS.limit - this.pulls) };
  }

  /** Undefined for what is private, as for what is not there. */
  #visible(name: string, user: string | undefined): HubRepository | undefined {
    const found = this.#repositories.get(name);
    return found && (!found.isPrivate || mayWrite(user, name)) ? found : undefined;
  }

  #api(seen: Seen, path: string, query: URLSearchParams): Answer {
    if (this.busy)
      return { status: 429, headers: { 'retry-after': '1' }, body: { detail: 'Too many requests' } };
    if (path === '/v2/auth/token' || path === '/v2/users/login') return this.#signIn(seen, path);
    const held = readToken(seen);
    if (seen.headers.authorization !== undefined && held?.generation !== this.#generation)
      return { status: 401, body: { detail: 'Token is invalid or expired' } };
    const user = held?.user;
    if (path === '/api/search/v4') return this.#search(query);
    if (path === '/v2/user/orgs') {
      if (user === undefined) return { status: 401, body: { detail: 'authentication required' } };
      if (user === HUB_SIGN_INS.organisation.username)
        return { status: 403, body: { message: 'access denied' } };
      return page(
        path,
        query,
        (NAMESPACES[user] ?? []).slice(1).map((orgname) => ({ orgname })),
      );
    }
    const [, namespace, name, rest] =
      /^\/v2\/(?:namespaces|repositories)\/([^/]+)(?:\/repositories)?(?:\/([^/]+)(?:\/(tags(?:\/.*)?|immutabletags))?)?$/.exec(
        path,
      ) ?? [];
    if (namespace === undefined) return { status: 418 };
    if (name === undefined) {
      const listed = [...this.#repositories].filter(
        ([each]) => each.startsWith(`${namespace}/`) && this.#visible(each, user),
      );
      return page(
        path,
        query,
        listed.map(([each, held]) => described(each, held, user)),
      );
    }
    const repository = this.#visible(`${namespace}/${name}`, user);
    if (!repository) return { status: 404, body: { message: 'object not found', errinfo: {} } };
    if (rest === undefined) {
      if (seen.method === 'PATCH' && !mayWrite(user, `${namespace}/${name}`))
        return { status: 403, body: { message: 'access denied' } };
      if (seen.method === 'PATCH') Object.assign(repository.about, JSON.parse(seen.body.toString()));
      return { body: described(`${namespace}/${name}`, repository, user) };
    }
    if (rest === 'immutabletags') {
      if (!mayWrite(user, `${namespace}/${name}`)) return { status: 403, body: { message: 'access denied' } };
      const wanted = JSON.parse(seen.body.toString()) as Record<string, unknown>;
      repository.immutable = wanted.immutable_tags ? (wanted.immutable_tags_rules as string[]) : [];
      return { body: described(`${namespace}/${name}`, repository, user) };
    }
    if (rest === 'tags')
      return page(
        path,
        query,
        [...repository.tags].map(([tag, held]) => listed(tag, held)),
      );
    const [, tag = ''] = /^tags\/([^/]+)$/.exec(rest ?? '') ?? [];
    const at = repository.tags.get(tag);
    if (!at) return { status: 404, body: { message: 'tag not found' } };
    if (seen.method !== 'DELETE') return { body: listed(tag, at) };
    if (!mayWrite(user, `${namespace}/${name}`)) return { status: 403, body: { message: 'access denied' } };
    if (repository.immutable.some((rule) => new RegExp(rule).test(tag)))
      return { status: 403, body: { message: `tag ${tag} is immutable` } };
    repository.tags.delete(tag);
    return { status: 204 };
  }

  #search(query: URLSearchParams): Answer {
    const [words = '', size = ''] = [query.get('query') ?? '', query.get('size') ?? ''];
    if (words === '') return { status: 400, body: { message: 'query is required' } };
    const all = [...this.#repositories].filter(
      ([name, { isPrivate, about }]) => !isPrivate && `${name} ${about.description}`.includes(words),
    );
    const results = all.slice(0, Number(size)).map(([name, { about, badge }]) => ({
      id: name,
      name: badge === 'official' ? name.replace(/^library\//, '') : name,
      slug: name,
      type: 'image',
      publisher: { id: '1', name: 'Somebody' },
      created_at: '2020-01-02T03:04:05.678901Z',
      updated_at: '2026-01-02T03:04:05.678901Z',
      short_description: about.description,
      badge,
      star_count: 7,
      pull_count: '10K+',
      operating_systems: [{ name: 'linux', label: 'Linux' }],
      architectures: [{ name: 'amd64', label: 'x86-64' }],
      extension_reviewed: false,
      categories: [],
      archived: false,
    }));
    return { body: { total: all.length, results } };
  }

  #signIn({ body }: Seen, path: string): Answer {
    const said = JSON.parse(body.toString()) as Record<string, string>;
    if (path === '/v2/auth/token' && this.older) return { status: 404 };
    const pair = `${said.identifier ?? said.username}:${said.secret ?? said.password}`;
    const user = userOf(`Basic ${Buffer.from(pair).toString('base64')}`);
    if (typeof user !== 'string')
      return { status: 401, body: { detail: 'Incorrect authentication credentials' } };
    if (this.secondFactor && !/^dckr_/.test(said.secret ?? said.password ?? ''))
      return {
        status: 401,
        body: { detail: 'Require secondary authentication on MFA enabled account', login_2fa_token: 'half' },
      };
    const token = tokenOf({ user, generation: this.#generation });
    return { body: path === '/v2/auth/token' ? { access_token: token } : { token } };
  }
}

/** Undefined for nobody, null for a wrong password. */
function userOf(header: string | undefined): string | undefined | null {
  const encoded = /^Basic (.*)$/.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [name, password] = Buffer.from(encoded, 'base64').toString().split(':');
  const known = Object.values(HUB_SIGN_INS).find(({ username }) => username === name);
  return known && known.password === password ? known.username : null;
}

/** Of the registry with its scopes, of the API with its generation. */
interface Token {
  readonly user?: string | undefined;
  readonly scopes?: readonly string[];
  readonly generation?: number;
}

const tokenOf = (token: Token): string => Buffer.from(JSON.stringify(token)).toString('base64url');

function readToken({ headers }: Seen): Token | undefined {
  const text = /^Bearer (.*)$/.exec(headers.authorization ?? '')?.[1];
  return text === undefined ? undefined : JSON.parse(Buffer.from(text, 'base64url').toString());
}

const mayWrite = (user: string | undefined, name: string): boolean =>
  (NAMESPACES[user ?? ''] ?? []).includes(name.split('/')[0] ?? '');

function challenge(path: string): Answer {
  const name = /^\/v2\/(.+)\/(?:manifests|blobs|tags|referrers)\//.exec(path)?.[1];
  const scope = name === undefined ? '' : `,scope="repository:${name}:pull"`;
  const realm = 'Bearer realm="https://auth.docker.io/token",service="registry.docker.io"';
  return { status: 401, headers: { 'www-authenticate': `${realm}${scope}` }, body: { errors: [] } };
}

function page(path: string, query: URLSearchParams, all: readonly object[]): Answer {
  const [number, size] = [
    Number(query.get('page') ?? 1),
    Math.min(100, Number(query.get('page_size') ?? 10)),
  ];
  const next = number * size < all.length;
  return {
    body: {
      count: all.length,
      next: next ? `https://hub.docker.com${path}?page=${number + 1}&page_size=${size}` : null,
      previous: null,
      results: all.slice((number - 1) * size, number * size),
    },
  };
}

/** As in `repository_info` of the reference. */
function described(
  name: string,
  { about, isPrivate, immutable }: HubRepository,
  user: string | undefined,
): object {
  const own = mayWrite(user, name);
  return {
    namespace: name.split('/')[0],
    name: name.split('/')[1],
    ...about,
    is_private: isPrivate,
    pull_count: 5,
    star_count: 1,
    last_updated: '2026-01-02T03:04:05.678901Z',
    permissions: { read: true, write: own, admin: own },
    immutable_tags_settings: { enabled: immutable.length > 0, rules: immutable },
  };
}

/** As in `tag` and `image` of the reference; digest and media type are in replies only. */
function listed(name: string, { manifest, pushed, pulled }: HubTag): object {
  const images = (manifest.children.length > 0 ? manifest.children : [manifest]).map((image) => ({
    architecture: platformOf(image).architecture,
    os: platformOf(image).os,
    variant: null,
    digest: image.digest,
    size: sizeOf(image),
    status: 'active',
    last_pulled: pulled,
    last_pushed: pushed,
  }));
  return {
    name,
    digest: manifest.digest,
    media_type: manifest.mediaType,
    content_type: 'image',
    full_size: images[0]?.size ?? 0,
    images,
    tag_status: pulled === null ? 'inactive' : 'active',
    tag_last_pulled: pulled,
    tag_last_pushed: pushed,
  };
}

const sizeOf = ({ blobs }: TestManifest): number => blobs.reduce((sum, { bytes }) => sum + bytes.length, 0);

function platformOf({ blobs: [config] }: TestManifest): { os: string; architecture: string } {
  const { os = 'unknown', architecture = 'unknown' } = JSON.parse(config?.bytes.toString() ?? '{}');
  return { os, architecture };
}

/** Starts it. @returns also what an account's settings need to reach it */
export async function startDockerHub() {
  const { authority, dockerHub: tls } = await makeCertificates();
  const hub = new DockerHub();
  const route = (seen: Seen): Answer => hub.answer(seen);
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
  const server = await startServer(Object.fromEntries(methods.map((method) => [`${method} *`, route])), {
    tls,
  });
  const proxy = await startProxy(undefined, { to: Number(new URL(server.url).port) });
  return {
    hub,
    lines: () => server.seen.map(({ method, url, headers }) => `${method} ${headers.host}${url}`),
    reach: {
      url: 'https://docker.io',
      tls: { verify: true, authorities: authority },
      proxy: { kind: 'url', url: proxy.url },
    } as const,
  };
}
