import { recorded, replay } from './harbor-recorded.ts';
import { descriptor, sha256, type TestBlob, type TestManifest } from './images.ts';
import type { Answer, Seen } from './server.ts';

interface Kept extends TestBlob {
  readonly pushed: number;
}

/** A signature by its tag, as cosign names it. */
const COSIGN = /^sha256-([0-9a-f]{64})\.sig$/;

/**
 * What the replayed Harbor holds in its repository, and what becomes of it. The recording has no manifests: these are the tests'
 * own, in replies of the recorded shape.
 */
export class HarborContent {
  readonly #manifests = new Map<string, Kept>();
  readonly #blobs = new Map<string, TestBlob>();
  readonly #tags = new Map<string, string>();
  readonly #immutable = new Set<string>();
  #clock = 0;
  /** The other repositories of the project, which lists name, are there and hold nothing. */
  alone = false;
  /** Digests that nobody has pulled; of the others it is as recorded. */
  readonly unpulled = new Set<string>();
  /** Whether its project is a proxy cache. */
  caches = false;

  push(manifest: TestManifest, ...tags: readonly string[]): void {
    for (const child of manifest.children) this.push(child);
    for (const blob of manifest.blobs) this.#blobs.set(blob.digest, blob);
    this.#keep(manifest);
    for (const tag of tags) this.#tags.set(tag, manifest.digest);
  }

  protect(tag: string): void {
    this.#immutable.add(tag);
  }

  /** Every tag, those of signatures included, with what it points at. */
  tags(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#tags].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  holds(digest: string): boolean {
    return this.#manifests.has(digest);
  }

  #keep(blob: TestBlob): void {
    this.#manifests.set(blob.digest, { ...blob, pushed: this.#clock++ });
  }

  /** By the registry protocol; who asks may do it. */
  answer({ method, headers, body }: Seen, path: string): Answer | undefined {
    const [, kind, reference = ''] = /^(manifests|blobs|referrers)\/(.+)$/.exec(path) ?? [];
    if (path === 'tags/list') return { body: { name: 'team/web', tags: Object.keys(this.tags()) } };
    if (kind === 'referrers' && method === 'GET') return this.#referrers(reference);
    if (kind === 'blobs' && (method === 'GET' || method === 'HEAD')) {
      const blob = this.#blobs.get(reference);
      return blob
        ? { headers: { 'docker-content-digest': blob.digest }, body: blob.bytes }
        : missing(reference);
    }
    if (kind !== 'manifests') return undefined;
    if (method === 'PUT') return this.#put(reference, headers['content-type'] ?? '', body);
    if (method === 'DELETE') return this.#delete(reference);
    const manifest = this.#manifests.get(this.#tags.get(reference) ?? reference);
    if (!manifest) return missing(reference);
    return {
      headers: { 'content-type': manifest.mediaType, 'docker-content-digest': manifest.digest },
      body: manifest.bytes,
    };
  }

  #put(reference: string, mediaType: string, bytes: Buffer): Answer {
    if (this.#immutable.has(reference)) return replay('v2-put-immutable', { 'app:v1': `web:${reference}` });
    const digest = sha256(bytes);
    this.#keep({ mediaType, digest, bytes });
    if (reference !== digest) this.#tags.set(reference, digest);
    const subject = subjectOf(bytes);
    return {
      status: 201,
      headers: {
        'docker-content-digest': digest,
        ...(subject === undefined ? {} : { 'oci-subject': subject }),
      },
    };
  }

  /** With all tags of the artifact and all that is attached to it, of which Harbor says nothing. */
  #delete(digest: string): Answer {
    if (!digest.startsWith('sha256:')) return replay('v2-delete-by-tag', { 'latest-nosuch': digest });
    if (!this.#manifests.has(digest)) return missing(digest);
    for (const [tag, at] of this.#tags)
      if (at === digest && this.#immutable.has(tag))
        return replay('v2-delete-immutable', { 'tag v2': `tag ${tag}` });
    this.#remove(digest);
    return { status: 202 };
  }

  #remove(digest: string): void {
    for (const attached of this.#attachedTo(digest)) this.#remove(attached);
    this.#manifests.delete(digest);
    for (const [tag, at] of this.#tags) if (at === digest) this.#tags.delete(tag);
  }

  #attachedTo(digest: string): string[] {
    const signature = [...this.#tags].find(
      ([tag]) => COSIGN.exec(tag)?.[1] === digest.slice('sha256:'.length),
    );
    const referring = [...this.#manifests.values()].filter(({ bytes }) => subjectOf(bytes) === digest);
    return [...referring.map((manifest) => manifest.digest), ...(signature ? [signature[1]] : [])];
  }

  /** Cosign's signatures are among them, although they name no subject. */
  #referrers(digest: string): Answer {
    const entries = this.#attachedTo(digest).flatMap((attached) => {
      const manifest = this.#manifests.get(attached);
      if (!manifest) return [];
      const { artifactType, config } = JSON.parse(manifest.bytes.toString());
      return [{ ...descriptor(manifest), artifactType: artifactType ?? config.mediaType }];
    });
    const { headers, body } = recorded('v2-referrers').response;
    const type = { 'content-type': headers['content-type'] ?? '' };
    return { headers: type, body: JSON.stringify({ ...(body as object), manifests: entries }) };
  }

  /** By Harbor's API: newest first, without what is attached and without untagged parts of indexes, in the shape that was recorded. */
  artifacts(query: URLSearchParams): Answer {
    const manifests = [...this.#manifests.values()];
    const left = new Set([
      ...manifests.flatMap(({ digest }) => this.#attachedTo(digest)),
      ...manifests.flatMap((manifest) => childrenOf(manifest).filter((child) => !this.#isTagged(child))),
    ]);
    const listed = manifests
      .filter(({ digest }) => !left.has(digest))
      .toSorted((a, b) => b.pushed - a.pushed)
      .map((manifest) => this.#artifact(manifest, query.get('with_accessory') === 'true'));
    const [page, size] = [Number(query.get('page')), Number(query.get('page_size'))];
    return {
      headers: { 'x-total-count': String(listed.length) },
      body: listed.slice((page - 1) * size, page * size),
    };
  }

  /** One, by tag or digest, whatever it is. */
  artifact(reference: string, query: URLSearchParams): Answer {
    const manifest = this.#manifests.get(this.#tags.get(reference) ?? reference);
    if (!manifest) return { status: 404, body: { errors: [{ code: 'NOT_FOUND', message: reference }] } };
    return { body: this.#artifact(manifest, query.get('with_accessory') === 'true') };
  }

  #artifact(manifest: Kept, withAccessories: boolean): object {
    const index = manifest.mediaType.includes('index');
    const [shape] = recorded(index ? 'artifacts-index' : 'artifacts-full').response.body as readonly object[];
    const { config, manifests = [], annotations } = JSON.parse(manifest.bytes.toString());
    const image = JSON.parse(this.#blobs.get(config?.digest)?.bytes.toString() ?? '{}');
    const tags = [...this.#tags].filter(([, at]) => at === manifest.digest);
    const accessories = this.#attachedTo(manifest.digest).map((digest) => ({
      digest,
      size: this.#sizeOf(digest),
      subject_artifact_digest: manifest.digest,
      type: 'subject.accessory',
    }));
    return {
      ...shape,
      accessories: withAccessories && accessories.length > 0 ? accessories : null,
      ...(annotations ? { annotations } : {}),
      digest: manifest.digest,
      ...(this.unpulled.has(manifest.digest) ? { pull_time: '0001-01-01T00:00:00.000Z' } : {}),
      manifest_media_type: manifest.mediaType,
      media_type: config?.mediaType ?? manifest.mediaType,
      ...(index
        ? {
            references: manifests.map((child: { digest: string; platform: object }) => ({
              child_digest: child.digest,
              platform: { OsFeatures: null, ...child.platform },
              urls: null,
            })),
          }
        : {
            artifact_type: config.mediaType,
            extra_attrs: { architecture: image.architecture, os: image.os, created: image.created },
          }),
      size: this.#sizeOf(manifest.digest),
      tags: tags.length === 0 ? null : tags.map(([name]) => ({ name, immutable: this.#immutable.has(name) })),
    };
  }

  /** As Harbor counts: manifest, config and layers, and of an index also what it contains. */
  #sizeOf(digest: string): number {
    const manifest = this.#manifests.get(digest);
    if (!manifest) return 0;
    const { config, layers = [] } = JSON.parse(manifest.bytes.toString());
    const parts: readonly { size: number }[] = config ? [config, ...layers] : [];
    const own = parts.reduce((sum, { size }) => sum + size, manifest.bytes.length);
    return childrenOf(manifest).reduce((sum, child) => sum + this.#sizeOf(child), own);
  }

  #isTagged(digest: string): boolean {
    return [...this.#tags.values()].includes(digest);
  }

  deleteTag(digest: string, tag: string): Answer {
    if (this.#tags.get(tag) !== digest) return missing(tag);
    if (this.#immutable.has(tag)) return replay('tag-delete-immutable', { 'tag v1': `tag ${tag}` });
    this.#tags.delete(tag);
    return replay('tag-delete');
  }
}

const missing = (reference: string): Answer => replay('v2-manifest-no-tag', { nosuch: reference });

function subjectOf(bytes: Buffer): string | undefined {
  return JSON.parse(bytes.toString()).subject?.digest;
}

function childrenOf({ bytes }: Pick<TestBlob, 'bytes'>): string[] {
  const { manifests = [] } = JSON.parse(bytes.toString());
  return manifests.map(({ digest }: { digest: string }) => digest);
}
