import type { TestManifest } from './images.ts';
import { type Answer, type Seen, startServer } from './server.ts';

interface ZotTag {
  readonly manifest: TestManifest;
  readonly pushed: string;
  readonly pulled: string;
}

interface Cve {
  readonly Id: string;
  readonly Severity: string;
  readonly PackageList: readonly object[];
}

/** What zot allows its own pages to send. */
const CORS = { 'access-control-allow-headers': 'Authorization,content-type,X-ZOT-API-CLIENT' };
const NEVER = '1970-01-01T00:00:00Z';

/**
 * zot 2.1 as its sources have it (project-zot/zot: `pkg/api/routes.go`, `pkg/extensions/search/schema.graphql`,
 * `pkg/extensions/extension_mgmt.go`): the registry, search, mgmt and health. Fails the test on any other request, and answers a query
 * with fields that its schema does not have as gqlgen does: 422.
 */
class Zot {
  readonly #tags = new Map<string, Map<string, ZotTag>>();
  readonly #kept = new Map<string, TestManifest>();
  readonly cves = new Map<string, readonly Cve[]>();
  /** Off in a minimal build, and where it is not configured. */
  search = true;
  /** Whether it has the times of pushes and pulls: from 2.1 on. */
  times = true;
  /** Whether its scanner is configured. */
  scanner = true;

  push(
    repository: string,
    tag: string,
    manifest: TestManifest,
    { pushed = '2026-01-02T03:04:05Z', pulled = NEVER } = {},
  ): void {
    for (const one of [manifest, ...manifest.children]) this.#kept.set(`${repository}@${one.digest}`, one);
    const tags = this.#tags.get(repository) ?? new Map<string, ZotTag>();
    this.#tags.set(repository, tags.set(tag, { manifest, pushed, pulled }));
  }

  tags(repository: string): string[] {
    return [...(this.#tags.get(repository)?.keys() ?? [])];
  }

  answer({ method, url }: Seen): Answer {
    const { pathname, searchParams } = new URL(url, 'http://zot');
    if (pathname === '/v2/') return { headers: CORS, body: {} };
    if (pathname === '/readyz') return { status: 200 };
    if (pathname === '/v2/_zot/ext/mgmt')
      return this.search
        ? { body: { distSpecVersion: '1.1.1', releaseTag: 'v2.1.8', binaryType: '-search' } }
        : { status: 404 };
    if (pathname === '/v2/_zot/ext/search')
      return this.search ? this.#query(searchParams.get('query') ?? '') : { status: 404 };
    if (pathname === '/v2/_catalog') return { body: { repositories: [...this.#tags.keys()] } };
    const [, name = '', kind, reference = ''] = /^\/v2\/(.+)\/(tags|manifests)\/(.+)$/.exec(pathname) ?? [];
    if (kind === 'tags') return { body: { name, tags: this.tags(name) } };
    if (kind === 'manifests') return this.#manifest(method, name, reference);
    throw new Error(`zot was asked for ${method} ${url}`);
  }

  #manifest(method: string, name: string, reference: string): Answer {
    const tags = this.#tags.get(name);
    const found = tags?.get(reference)?.manifest ?? this.#kept.get(`${name}@${reference}`);
    if (!tags) return { status: 400, body: { errors: [{ code: 'NAME_UNKNOWN', message: 'unknown' }] } };
    if (!found) return { status: 404, body: { errors: [{ code: 'MANIFEST_UNKNOWN', message: 'unknown' }] } };
    if (method === 'DELETE') {
      // A tag leaves its manifest; a digest takes its tags along.
      if (!tags.delete(reference)) {
        this.#kept.delete(`${name}@${reference}`);
        for (const [tag, { manifest }] of tags) if (manifest.digest === reference) tags.delete(tag);
      }
      return { status: 202 };
    }
    return {
      headers: { 'content-type': found.mediaType, 'docker-content-digest': found.digest },
      body: found.bytes,
    };
  }

  #query(query: string): Answer {
    if (!this.times && query.includes('PushTimestamp'))
      return {
        status: 422,
        body: { errors: [{ message: 'Cannot query field "PushTimestamp"' }], data: null },
      };
    const listed = /ImageList\(repo:"([^"]+)",requestedPage:\{limit:(\d+),offset:(\d+)/.exec(query);
    if (listed) {
      const [, repository = '', limit, offset] = listed;
      const names = this.tags(repository)
        .toSorted()
        .slice(Number(offset), Number(offset) + Number(limit));
      return {
        body: { data: { ImageList: { Results: names.map((tag) => this.#summary(repository, tag)) } } },
      };
    }
    const [, repository = '', tag = ''] = /Image\(image:"([^":]+):([^"]+)"\)/.exec(query) ?? [];
    if (tag !== '' && !query.includes('CVE')) {
      if (this.tags(repository).includes(tag))
        return { body: { data: { Image: this.#summary(repository, tag) } } };
      return { body: { errors: [{ message: `can't find image: ${repository}:${tag}` }], data: null } };
    }
    const [, digest = ''] = /CVEListForImage\(image:"[^"@]+@([^"]+)"/.exec(query) ?? [];
    if (digest !== '') return this.#cves(digest, query);
    if (query === '{__typename}') return { body: { data: { __typename: 'Query' } } };
    throw new Error(`zot's search was asked for ${query}`);
  }

  #summary(repository: string, tag: string): object {
    const { manifest, pushed, pulled } = this.#tags.get(repository)?.get(tag) ?? {};
    if (!manifest) throw new Error(`There is no ${repository}:${tag}`);
    const isIndex = manifest.children.length > 0;
    const images = isIndex ? manifest.children : [manifest];
    return {
      Tag: tag,
      Digest: manifest.digest,
      MediaType: manifest.mediaType,
      Size: String(3_000_000_000),
      LastUpdated: '2026-01-01T00:00:00Z',
      ...(this.times ? { PushTimestamp: pushed, LastPullTimestamp: pulled } : {}),
      Manifests: images.map(({ digest }, index) => ({
        Digest: digest,
        ArtifactType: 'application/vnd.oci.image.config.v1+json',
        Platform: { Os: 'linux', Arch: index === 0 ? 'amd64' : 'arm/v7' },
      })),
      Referrers: [],
    };
  }

  #cves(digest: string, query: string): Answer {
    const found = this.cves.get(digest);
    if (!this.scanner || !found)
      return { body: { errors: [{ message: 'cve search is disabled' }], data: null } };
    const count = (severity: string) => found.filter(({ Severity }) => Severity === severity).length;
    const Summary = {
      Count: found.length,
      UnknownCount: 0,
      LowCount: count('LOW'),
      MediumCount: count('MEDIUM'),
      HighCount: count('HIGH'),
      CriticalCount: count('CRITICAL'),
    };
    const part = query.includes('Summary{') ? { Summary } : { CVEList: found };
    return { body: { data: { CVEListForImage: part } } };
  }
}

export async function startZot() {
  const zot = new Zot();
  const route = (seen: Seen): Answer => zot.answer(seen);
  const methods = ['GET', 'HEAD', 'DELETE'];
  const server = await startServer(Object.fromEntries(methods.map((method) => [`${method} *`, route])));
  return { zot, server };
}
