import type { TestManifest } from './images.ts';
import { type Answer, type Seen, startServer } from './server.ts';

export const GITEA_USER = { username: 'dev', token: 'gitea-token' } as const;

const BASIC = `Basic ${Buffer.from(`${GITEA_USER.username}:${GITEA_USER.token}`).toString('base64')}`;
const BEARER = 'Bearer registry-token';

interface GiteaVersion {
  readonly name: string;
  /** A tag, or `sha256:…` of what was put by its digest. */
  readonly version: string;
  readonly manifest: TestManifest;
  readonly created_at: string;
}

/**
 * Gitea 1.26 as its sources have it (go-gitea/gitea: `routers/api/packages/container/container.go`, `routers/api/v1/packages/package.go`,
 * `services/convert/package.go`, `routers/web/healthcheck/check.go`): the registry behind its token service, the packages API for who
 * is signed in, version and health. Fails the test on any other request.
 */
class Gitea {
  #versions: GiteaVersion[] = [];
  /** Items in a page, whatever is asked for. */
  readonly page: number;

  constructor(page = 50) {
    this.page = page;
  }

  /** Its children are put by digest first, as clients do. */
  push(
    name: string,
    tag: string | undefined,
    manifest: TestManifest,
    created_at = '2026-01-02T03:04:05Z',
  ): void {
    for (const child of manifest.children) this.push(name, undefined, child, created_at);
    const version = (tag ?? manifest.digest).toLowerCase();
    this.#versions = this.#versions.filter((one) => one.name !== name || one.version !== version);
    this.#versions.push({ name, version, manifest, created_at });
  }

  versions(name: string): string[] {
    return this.#of(name).map(({ version }) => version);
  }

  #of(name: string): GiteaVersion[] {
    return this.#versions.filter((one) => one.name === name);
  }

  answer(seen: Seen): Answer {
    const { pathname, searchParams } = new URL(seen.url, 'http://gitea');
    if (pathname === '/api/v1/version') return { body: { version: '1.26.0' } };
    if (pathname === '/api/healthz')
      return {
        body: {
          status: 'pass',
          description: 'Gitea: Git with a cup of tea',
          checks: { 'database:ping': [{ status: 'pass', time: '2026-01-02T03:04:05Z' }] },
        },
      };
    if (pathname === '/v2/token')
      return seen.headers.authorization === BASIC ? { body: { token: 'registry-token' } } : { status: 401 };
    if (pathname.startsWith('/api/v1/packages/')) return this.#packages(seen, searchParams);
    if (seen.headers.authorization !== BEARER)
      return {
        status: 401,
        headers: {
          'www-authenticate': [
            `Bearer realm="http://${seen.headers.host}/v2/token",service="container_registry",scope="*"`,
            'Basic realm="Gitea Container Registry"',
          ],
        },
        body: { errors: [{ code: 'UNAUTHORIZED', message: '' }] },
      };
    return this.#registry(seen.method, pathname, seen.url);
  }

  /** All packages of the one owner, by a part of their names. */
  #packages({ headers }: Seen, query: URLSearchParams): Answer {
    if (headers.authorization !== BASIC) return { status: 401, body: { message: 'token is required' } };
    const found = this.#versions.filter(({ name }) => name.includes(query.get('q') ?? ''));
    const start = (Number(query.get('page')) - 1) * this.page;
    return {
      body: found.slice(start, start + this.page).map(({ name, version, created_at }, index) => ({
        id: start + index,
        type: 'container',
        name,
        version,
        created_at,
      })),
    };
  }

  #registry(method: string, path: string, url: string): Answer {
    if (path === '/v2/') return { body: {} };
    if (path === '/v2/_catalog')
      return { body: { repositories: [...new Set(this.#versions.map(({ name }) => `dev/${name}`))] } };
    const [, name = '', kind, reference = ''] = /^\/v2\/dev\/(.+)\/(tags|manifests)\/(.+)$/.exec(path) ?? [];
    if (kind === 'tags')
      return {
        body: { name: `dev/${name}`, tags: this.versions(name).filter((version) => !version.includes(':')) },
      };
    if (kind !== 'manifests') throw new Error(`Gitea was asked for ${method} ${url}`);
    const isNamed = ({ version, manifest }: GiteaVersion) =>
      reference.includes(':') ? manifest.digest === reference : version === reference.toLowerCase();
    const [found] = this.#of(name).filter(isNamed);
    if (!found) return { status: 404, body: { errors: [{ code: 'MANIFEST_UNKNOWN', message: '' }] } };
    if (method === 'DELETE') {
      this.#versions = this.#versions.filter((one) => one.name !== name || !isNamed(one));
      return { status: 202 };
    }
    const { mediaType, digest, bytes } = found.manifest;
    return { headers: { 'content-type': mediaType, 'docker-content-digest': digest }, body: bytes };
  }
}

export async function startGitea(page?: number) {
  const gitea = new Gitea(page);
  const route = (seen: Seen): Answer => gitea.answer(seen);
  const methods = ['GET', 'HEAD', 'DELETE'];
  const server = await startServer(Object.fromEntries(methods.map((method) => [`${method} *`, route])));
  return { gitea, server };
}
