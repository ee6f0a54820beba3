import { createHash } from 'node:crypto';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { amd64, mediaTypes, type Platform, seededBytes, sha256 } from '../../support/images.ts';

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** A layer of so many bytes; the same name and size are the same bytes wherever they are used. */
export interface LayerSpec {
  readonly name: string;
  readonly bytes: number;
}

interface Layer extends Descriptor {
  readonly diffId: string;
}

/**
 * Writes images straight into the folder of a docker-registry (the layout of distribution 2.8), so that gigabytes cost one pass of
 * hashing and one of writing. Layers are gzip in stored blocks over bytes that do not compress: what skopeo takes for plain, it
 * compresses.
 */
export class RegistryStorage {
  readonly folder: string;
  readonly #layers = new Map<string, Layer>();
  #bytes = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Of all configs and layers, each once. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @param tag none: it is one of an index */
  async putImage(
    repository: string,
    tag: string | undefined,
    specs: readonly LayerSpec[],
    { platform = amd64, name = '' }: { platform?: Platform; name?: string } = {},
  ): Promise<Descriptor> {
    const layers: Layer[] = [];
    for (const spec of specs) layers.push(await this.#layer(spec));
    const config = await this.#blob(
      mediaTypes.oci.config,
      Buffer.from(
        JSON.stringify({
          ...platform,
          config: { Labels: { name } },
          rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
        }),
      ),
    );
    for (const { digest } of [config, ...layers]) await this.#link(repository, '_layers', digest);
    return this.#manifest(repository, tag, {
      schemaVersion: 2,
      mediaType: mediaTypes.oci.manifest,
      config,
      layers: layers.map(({ mediaType, digest, size }) => ({ mediaType, digest, size })),
    });
  }

  async putIndex(
    repository: string,
    tag: string,
    manifests: readonly (Descriptor & { platform: Platform })[],
  ): Promise<Descriptor> {
    return this.#manifest(repository, tag, { schemaVersion: 2, mediaType: mediaTypes.oci.index, manifests });
  }

  async #manifest(
    repository: string,
    tag: string | undefined,
    body: { readonly mediaType: string } & Readonly<Record<string, unknown>>,
  ): Promise<Descriptor> {
    const manifest = await this.#blob(body.mediaType, Buffer.from(JSON.stringify(body)));
    await this.#link(repository, '_manifests/revisions', manifest.digest);
    if (tag !== undefined) {
      const folder = `_manifests/tags/${tag}`;
      await this.#link(repository, `${folder}/index`, manifest.digest);
      await this.#write(path.join('repositories', repository, folder, 'current/link'), manifest.digest);
    }
    return manifest;
  }

  async #layer({ name, bytes }: LayerSpec): Promise<Layer> {
    const key = `${name} ${bytes}`;
    const kept = this.#layers.get(key);
    if (kept !== undefined) return kept;
    const content = seededBytes(name, bytes);
    const stored = await this.#blob(mediaTypes.oci.layer, gzipSync(content, { level: 0 }));
    const layer = { ...stored, diffId: sha256(content) };
    this.#layers.set(key, layer);
    return layer;
  }

  async #blob(mediaType: string, bytes: Buffer): Promise<Descriptor> {
    const hex = createHash('sha256').update(bytes).digest('hex');
    const file = path.join('blobs/sha256', hex.slice(0, 2), hex, 'data');
    const there = await stat(this.#path(file)).catch(() => null);
    if (there === null) {
      await this.#write(file, bytes);
      if (!mediaType.includes('manifest') && !mediaType.includes('index')) this.#bytes += bytes.byteLength;
    }
    return { mediaType, digest: `sha256:${hex}`, size: bytes.byteLength };
  }

  async #link(repository: string, kind: string, digest: string): Promise<void> {
    await this.#write(path.join('repositories', repository, kind, digest.replace(':', '/'), 'link'), digest);
  }

  async #write(file: string, content: string | Buffer): Promise<void> {
    const place = this.#path(file);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, content);
  }

  #path(file: string): string {
    return path.join(this.folder, 'docker/registry/v2', file);
  }
}
