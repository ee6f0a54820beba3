import { sha256, type TestBlob, type TestManifest } from './images.ts';
import { type Answer, type Seen, startServer } from './server.ts';

export const NEXUS_USERS = {
  administrator: { username: 'admin', password: 'admin123' },
  deployer: { username: 'deployer', password: 'deploy123' },
} as const;

interface NexusTag {
  readonly manifest: TestManifest;
  readonly created: string;
  readonly downloaded: string | null;
}

interface NexusRepository {
  readonly name: string;
  readonly type: 'hosted' | 'proxy' | 'group';
  readonly docker: { httpPort?: number; subdomain?: string; pathEnabled: boolean };
  readonly members?: readonly string[];
  /** By image and tag: `app:1`. */
  readonly tags: Map<string, NexusTag>;
}

interface NexusTask {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  currentState: string;
  lastRun: string | null;
  lastRunResult: string | null;
}

/** Components in a page. */
const PAGE = 3;

/**
 * Nexus Repository 3.83 as its documents describe it (help.sonatype.com). Fails the test on any other request.
 *
 * - Repositories by path, by connector and below their base path `/repository/NAME/`: "Docker Registry", "Docker Reverse Proxy
 *   Strategies" (what is named there begins with `/v2/`, for the proxy that leads there)
 * - Components and search with continuation tokens: "Components API", "Search API", "Pagination"
 * - What administrators read and run: "Repositories API", "Blob Store API", "Cleanup Policies API", "Tasks API", "Security
 *   Management API" (realms), "Status API", "Read-Only API"; rights: "Privileges"
 * - Tokens: "Docker Authentication"
 */
export class Nexus {
  readonly #repositories: NexusRepository[] = [];
  readonly #manifests = new Map<string, TestBlob>();
  readonly #blobs = new Map<string, TestBlob>();
  readonly tasks: NexusTask[] = [
    {
      id: 'b',
      name: 'Compact',
      type: 'blobstore.compact',
      currentState: 'WAITING',
      lastRun: null,
      lastRunResult: null,
    },
    {
      id: 'c',
      name: 'A backup',
      type: 'db.backup',
      currentState: 'WAITING',
      lastRun: null,
      lastRunResult: null,
    },
    {
      id: 'a',
      name: 'Unused',
      type: 'repository.docker.gc',
      currentState: 'WAITING',
      lastRun: '2026-01-02T03:04:05.678+0000',
      lastRunResult: 'OK',
    },
  ];
  /** Whether the "Docker Bearer Token Realm" is active. */
  realm = true;
  /** Whether who is not signed in may look around; images are not given to him here. */
  anonymous = false;
  /** Whether a task has ended before anybody asks. */
  quick = false;
  /** Whether a proxy in front of it takes away the header that says what it is. */
  hidden = false;
  /** Whether base paths of repositories are let through, by a proxy in front of it. */
  rooted = true;
  /** Whether this is a connector, by which one repository is reached and no API. */
  connector: string | undefined;
  /** Path below which its own pages and API are, the registry's protocol being led to it by a proxy: `/nexus`. */
  context = '';

  add(
    name: string,
    type: NexusRepository['type'] = 'hosted',
    more: Partial<Pick<NexusRepository, 'docker' | 'members'>> = {},
  ): void {
    this.#repositories.push({ name, type, docker: { pathEnabled: true }, tags: new Map(), ...more });
  }

  /** @param image with the Nexus repository that it lies in before it */
  push(
    image: string,
    tag: string,
    manifest: TestManifest,
    { created = '2026-01-02T03:04:05.678+00:00', downloaded = null as string | null } = {},
  ): void {
    for (const one of [manifest, ...manifest.children]) {
      this.#manifests.set(one.digest, one);
      for (const blob of one.blobs) this.#blobs.set(blob.digest, blob);
    }
    const [name = '', ...rest] = image.split('/');
    this.#of(name)?.tags.set(`${rest.join('/')}:${tag}`, { manifest, created, downloaded });
  }

  tags(name: string): string[] {
    return [...(this.#of(name)?.tags.keys() ?? [])];
  }

  #of(name: string): NexusRepository | undefined {
    return this.#repositories.find((one) => one.name === name);
  }

  /** What is in it, and for a group what is in its members, the first that has a tag before others. */
  #shown({ tags, members = [] }: NexusRepository): Map<string, NexusTag> {
    const below = members.toReversed().flatMap((name) => [...(this.#of(name)?.tags ?? [])]);
    return new Map([...below, ...tags]);
  }

  answer(seen: Seen): Answer {
    const { pathname, searchParams } = new URL(seen.url, 'http://nexus');
    const bySubdomain = this.#repositories.find(
      ({ docker: { subdomain } }) => subdomain && seen.headers.host?.startsWith(`${subdomain}.`),
    );
    const connector = bySubdomain?.name ?? this.connector;
    const [, below, path = pathname] = /^\/repository\/([^/]+)(\/v2\/.*)$/.exec(pathname) ?? [];
    const api = `${this.context}/service/rest/v1`;
    const isApi = /\/service\/rest\/v1\//.test(pathname);
    const answer = isApi
      ? connector === undefined && pathname.startsWith(`${api}/`)
        ? this.#api(seen, pathname.slice(api.length), searchParams)
        : { status: 404 }
      : this.#registry(seen, path, { into: connector ?? below, connector });
    if (this.hidden) return answer;
    return { ...answer, headers: { server: 'Nexus/3.83.1-03 (COMMUNITY)', ...answer.headers } };
  }

  /** Into the repository that a connector or an address leads into. */
  #registry(
    seen: Seen,
    path: string,
    { into, connector }: { into: string | undefined; connector: string | undefined },
  ): Answer {
    const basic = userOf(seen.headers.authorization);
    if (path === '/v2/token') return basic ? { body: { token: `DockerToken.${basic}` } } : { status: 401 };
    const user = /^Bearer DockerToken\.(.+)$/.exec(seen.headers.authorization ?? '')?.[1];
    if (user === undefined || !this.realm) {
      const realm = `http://${seen.headers.host}/v2/token`;
      return {
        status: 401,
        headers: { 'www-authenticate': `Bearer realm="${realm}",service="${realm}"` },
        body: {
          errors: [{ code: 'UNAUTHORIZED', message: 'access to the requested resource is not authorized' }],
        },
      };
    }
    if (path === '/v2/') return { body: {} };
    if (path === '/v2/_catalog')
      return {
        body: { repositories: [...new Set(this.tags(connector ?? '').map((tag) => tag.split(':')[0]))] },
      };
    const [, name = '', kind, reference = ''] = /^\/v2\/(.+)\/(tags|manifests|blobs)\/(.+)$/.exec(path) ?? [];
    const [first = '', ...rest] = into ? [into, name] : name.split('/');
    const repository = this.#of(first);
    const reached = into === undefined ? repository?.docker.pathEnabled : connector || this.rooted;
    if (!repository || !reached) return { status: 404 };
    const image = rest.join('/');
    const shown = this.#shown(repository);
    if (kind === 'tags') {
      const tags = [...shown.keys()].filter((tag) => tag.startsWith(`${image}:`));
      if (tags.length === 0) return { status: 404, body: { errors: [{ code: 'NAME_UNKNOWN' }] } };
      return { body: { name, tags: tags.map((tag) => tag.slice(image.length + 1)) } };
    }
    if (kind === 'blobs') {
      const blob = this.#blobs.get(reference);
      return blob ? { body: blob.bytes } : { status: 404 };
    }
    if (seen.method === 'PUT') {
      const [digest, mediaType] = [sha256(seen.body), seen.headers['content-type'] ?? ''];
      this.push(`${first}/${image}`, reference, {
        digest,
        mediaType,
        bytes: seen.body,
        blobs: [],
        children: [],
      });
      return { status: 201, headers: { 'docker-content-digest': digest } };
    }
    const found = this.#manifests.get(shown.get(`${image}:${reference}`)?.manifest.digest ?? reference);
    if (!found) return { status: 404, body: { errors: [{ code: 'MANIFEST_UNKNOWN' }] } };
    if (seen.method === 'DELETE') return { status: reference.startsWith('sha256:') ? 202 : 404 };
    return {
      headers: { 'content-type': found.mediaType, 'docker-content-digest': found.digest },
      body: found.bytes,
    };
  }

  #api(seen: Seen, path: string, query: URLSearchParams): Answer {
    const user = userOf(seen.headers.authorization);
    if (user === undefined && !(this.anonymous && path === '/repositories')) return { status: 401 };
    if (path === '/repositories')
      return {
        body: [
          { name: 'maven-central', format: 'maven2', type: 'proxy', url: '', attributes: {} },
          ...this.#repositories.map(({ name, type }) => ({
            name,
            format: 'docker',
            type,
            url: '',
            attributes: {},
          })),
        ],
      };
    if (path === '/components' || path === '/search') return this.#components(query);
    const [, id] = /^\/components\/(.+)$/.exec(path) ?? [];
    if (id !== undefined && seen.method === 'DELETE') return this.#deleteComponent(decodeURIComponent(id));
    if (user !== NEXUS_USERS.administrator.username) return { status: 403 };
    return this.#administration(seen, path) ?? { status: 418 };
  }

  #components(query: URLSearchParams): Answer {
    const repository = this.#of(query.get('repository') ?? '');
    if (!repository) return { status: 404 };
    const all = [...this.#shown(repository)].flatMap(([key, { manifest, created, downloaded }]) => {
      const [name = '', version = ''] = key.split(':');
      const wanted = (query.get('name') ?? name) === name && (query.get('version') ?? version) === version;
      if (!wanted) return [];
      const asset = {
        path: `v2/${name}/manifests/${version}`,
        id: `asset ${key}`,
        repository: repository.name,
        format: 'docker',
        checksum: { sha256: manifest.digest.slice('sha256:'.length) },
        contentType: manifest.mediaType,
        lastModified: created,
        lastDownloaded: downloaded,
        blobCreated: created,
        fileSize: manifest.bytes.length,
      };
      return [
        {
          id: `${repository.name} ${key}`,
          repository: repository.name,
          format: 'docker',
          group: null,
          name,
          version,
          assets: [asset],
        },
      ];
    });
    const start = Number(query.get('continuationToken') ?? 0);
    const next = start + PAGE;
    return {
      body: { items: all.slice(start, next), continuationToken: next < all.length ? String(next) : null },
    };
  }

  #deleteComponent(id: string): Answer {
    const [name = '', key = ''] = id.split(' ');
    return { status: this.#of(name)?.tags.delete(key) ? 204 : 404 };
  }

  #administration({ method }: Seen, path: string): Answer | undefined {
    if (path === '/security/realms/active')
      return { body: ['NexusAuthenticatingRealm', ...(this.realm ? ['DockerToken'] : [])] };
    if (path === '/repositorySettings')
      return {
        body: [
          { name: 'maven-central', format: 'maven2', type: 'proxy', online: true },
          ...this.#repositories.map(({ name, type, docker, members }) => ({
            name,
            format: 'docker',
            type,
            url: null,
            online: true,
            storage: { blobStoreName: 'default', writePolicy: type === 'hosted' ? 'ALLOW_ONCE' : undefined },
            cleanup: type === 'hosted' ? { policyNames: ['old'] } : null,
            docker: { v1Enabled: false, forceBasicAuth: true, ...docker },
            ...(type === 'proxy' ? { proxy: { remoteUrl: 'https://registry-1.docker.io' } } : {}),
            ...(members ? { group: { memberNames: members } } : {}),
          })),
        ],
      };
    if (path === '/blobstores')
      return {
        body: [
          {
            name: 'default',
            type: 'File',
            blobCount: 12,
            totalSizeInBytes: 3456,
            availableSpaceInBytes: 7_000_000,
            softQuota: { type: 'spaceUsedQuota', limit: 5_000_000 },
          },
        ],
      };
    if (path === '/cleanup-policies')
      return {
        body: [
          {
            name: 'old',
            format: 'docker',
            notes: '',
            criteriaLastDownloaded: 30,
            criteriaLastBlobUpdated: null,
            criteriaAssetRegex: null,
            retain: null,
          },
          { name: 'jars', format: 'maven2', notes: '' },
        ],
      };
    if (path === '/status/check')
      return { body: { 'Blob Stores Ready': { healthy: false, message: 'full' } } };
    if (path === '/read-only') return { body: { systemInitiated: false, summaryReason: '', frozen: false } };
    if (path === '/tasks') return { body: { items: this.tasks, continuationToken: null } };
    const [, id, act] = /^\/tasks\/([^/]+)(?:\/(run|stop))?$/.exec(path) ?? [];
    const task = this.tasks.find((one) => one.id === id);
    if (!task) return id === undefined ? undefined : { status: 404 };
    if (method === 'GET') return { body: task };
    if (act === 'run' && this.quick)
      Object.assign(task, { lastRun: '2026-02-02T03:04:05.678+0000', lastRunResult: 'OK' });
    else if (act === 'run') task.currentState = 'RUNNING';
    else
      Object.assign(task, {
        currentState: 'WAITING',
        lastRun: '2026-02-02T03:04:05.678+0000',
        lastRunResult: 'CANCELED',
      });
    return { status: 204 };
  }
}

function userOf(header: string | undefined): string | undefined {
  const encoded = /^Basic (.*)$/.exec(header ?? '')?.[1];
  const [name, password] = Buffer.from(encoded ?? '', 'base64')
    .toString()
    .split(':');
  return Object.values(NEXUS_USERS).find((user) => user.username === name && user.password === password)
    ?.username;
}

export async function startNexus() {
  const nexus = new Nexus();
  const route = (seen: Seen): Answer => nexus.answer(seen);
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'];
  const server = await startServer(Object.fromEntries(methods.map((method) => [`${method} *`, route])));
  return { nexus, server };
}
