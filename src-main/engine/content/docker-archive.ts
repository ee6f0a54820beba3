import { MANIFEST_MAX } from '../endpoints/manifests.ts';
import type { OpenBlob } from '../endpoints/upload-source.ts';
import { RegistryError } from '../errors.ts';
import { digestOf, isDigest } from '../model/digest.ts';
import { parseImageConfig } from '../model/image.ts';
import { type Descriptor, type ManifestHead, parseManifest, type RawManifest } from '../model/manifest.ts';
import { isIndexType, OCI_CONFIG, OCI_MANIFEST } from '../model/media-types.ts';
import { type Compression, compressionOf, decompressed, Hashed } from './compression.ts';
import { DOCKER_MANIFEST_FILE, readSavedImages, type SavedImage } from './docker-manifest.ts';
import { damaged, goOn, notContent } from './file-errors.ts';
import type { ContentFiles } from './files.ts';
import { dockerRepository, readDockerName } from './image-name.ts';
import { blobName, LAYOUT_FILE, onlyOf } from './layout-index.ts';
import { OciLayout } from './oci-layout.ts';
import type { BlobPart, ImageName, OpenedSource } from './source.ts';
import { readPart, readVerified, verifiedBlob } from './verified.ts';

const LAYER = 'application/vnd.oci.image.layer.v1.tar';
/** Bytes of a config. */
const CONFIG_MAX = 8 * 1024 * 1024;

interface Blob {
  file: string;
  size: number;
}

interface Image {
  manifest: RawManifest;
  names: readonly ImageName[];
}

/**
 * An archive of `docker save` or `podman save`. Images that it describes as an OCI layout as well keep their manifests; for others
 * one is made: the same for the same archive, and not the one that the image has in a registry, since layers lie in it without
 * their compression.
 */
export class DockerArchive implements OpenedSource {
  readonly #files: ContentFiles;
  readonly #images: readonly Image[];
  readonly #blobs: ReadonlyMap<string, Blob>;

  private constructor(files: ContentFiles, images: readonly Image[], blobs: ReadonlyMap<string, Blob>) {
    this.#files = files;
    this.#images = images;
    this.#blobs = blobs;
  }

  /** @throws {RegistryError} `notContent` where it is no such archive, `contentDamaged` where it cannot be read */
  static async open(files: ContentFiles, signal?: AbortSignal): Promise<DockerArchive> {
    const bytes = await files.read(DOCKER_MANIFEST_FILE, MANIFEST_MAX, signal);
    if (!bytes) throw notContent(files.where, 'it is no archive of docker save: it has no manifest.json.');
    const reading = new Reading(files, signal);
    const images: Image[] = [];
    for (const saved of readSavedImages(bytes, files.where)) images.push(await reading.image(saved));
    return new DockerArchive(files, images, reading.blobs);
  }

  get names(): readonly ImageName[] {
    return this.#images.flatMap(({ names }) => names);
  }

  onlyDigest(): string {
    const descriptors = this.#images.map(({ manifest: { digest, mediaType, bytes } }) => ({
      digest,
      mediaType,
      size: bytes.byteLength,
    }));
    return onlyOf(descriptors, this.#files.where);
  }

  async head(repository: string, reference: string): Promise<ManifestHead> {
    const { digest, mediaType, bytes } = await this.get(repository, reference);
    return { digest, mediaType, size: bytes.byteLength };
  }

  async get(repository: string, reference: string): Promise<RawManifest> {
    const wanted = isDigest(reference) ? reference : undefined;
    const full = dockerRepository(repository);
    const named = ({ names }: Image): boolean =>
      names.some((name) => name.repository === full && name.tag === reference);
    const found = this.#images.find((image) => (wanted ? image.manifest.digest === wanted : named(image)));
    if (found) return found.manifest;
    const name = wanted ?? `${repository}:${reference}`;
    throw new RegistryError('notFound', '', { reason: `There is no ${name} in ${this.#files.where}.` });
  }

  /** The config of the image that a name names, by whose digest engines know it. */
  imageOf({ repository, tag }: ImageName): ManifestHead | undefined {
    const found = this.#images.find(({ names }) =>
      names.some((name) => name.repository === repository && name.tag === tag),
    );
    const manifest = found && parseManifest(found.manifest);
    return manifest?.kind === 'image' ? manifest.config : undefined;
  }

  async blob(_repository: string, descriptor: Descriptor, signal?: AbortSignal): Promise<Uint8Array> {
    return await readVerified(this.#files, this.#blob(descriptor.digest).file, descriptor, signal);
  }

  async has(_repository: string, digest: string): Promise<boolean> {
    return this.#blobs.has(digest);
  }

  openBlob(_repository: string, descriptor: Pick<Descriptor, 'digest' | 'size'>): OpenBlob {
    return verifiedBlob(this.#files, this.#blob(descriptor.digest).file, descriptor);
  }

  blobPart(_repository: string, digest: string, part: BlobPart): Promise<Uint8Array | undefined> {
    return readPart(this.#files, this.#blob(digest).file, part);
  }

  async *tags(repository: string): AsyncGenerator<readonly string[], void, void> {
    const full = dockerRepository(repository);
    yield this.names.filter((name) => name.repository === full).map(({ tag }) => tag);
  }

  async referrers(): Promise<readonly Descriptor[]> {
    return [];
  }

  async close(): Promise<void> {
    await this.#files.close();
  }

  #blob(digest: string): Blob {
    const blob = this.#blobs.get(digest);
    if (!blob) throw damaged(this.#files.where, `${digest} is missing.`);
    return blob;
  }
}

class Reading {
  readonly blobs = new Map<string, Blob>();
  readonly #files: ContentFiles;
  readonly #signal: AbortSignal | undefined;
  /** By file: layers are shared between images. */
  readonly #layers = new Map<string, Descriptor>();
  #manifests: Promise<ReadonlyMap<string, RawManifest>> | undefined;

  constructor(files: ContentFiles, signal: AbortSignal | undefined) {
    this.#files = files;
    this.#signal = signal;
  }

  async image({ config: file, names, layers }: SavedImage): Promise<Image> {
    const { where } = this.#files;
    const bytes = await this.#files.read(file, CONFIG_MAX, this.#signal);
    if (!bytes) throw damaged(where, `the config ${file} is missing.`);
    const digest = digestOf(bytes);
    const named = /(?:^|\/)([0-9a-f]{64})(?:\.json)?$/.exec(file)?.[1];
    if (named !== undefined && digest !== `sha256:${named}`)
      throw damaged(where, `the content of the config ${file} is another one.`);
    this.blobs.set(digest, { file, size: bytes.byteLength });
    this.#manifests ??= this.#readManifests();
    const kept = (await this.#manifests).get(digest);
    const manifest = kept ?? (await this.#make(bytes, digest, layers));
    return { manifest, names: names.map(readDockerName) };
  }

  async #make(config: Uint8Array, digest: string, files: readonly string[]): Promise<RawManifest> {
    const { diffIds } = parseImageConfig(config, files.length);
    if (diffIds.length !== files.length)
      throw damaged(this.#files.where, `it has ${files.length} layers of an image of ${diffIds.length}.`);
    const layers: Descriptor[] = [];
    for (const [at, file] of files.entries()) layers.push(await this.#layer(file, diffIds[at] ?? ''));
    const document = {
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      config: { mediaType: OCI_CONFIG, digest, size: config.byteLength },
      layers,
    };
    const bytes = new TextEncoder().encode(JSON.stringify(document));
    return { digest: digestOf(bytes), mediaType: OCI_MANIFEST, bytes };
  }

  async #layer(file: string, diffId: string): Promise<Descriptor> {
    goOn(this.#signal);
    const { where } = this.#files;
    const size = await this.#files.size(file);
    if (size === undefined) throw damaged(where, `the layer ${file} is missing.`);
    if (!isDigest(diffId)) throw damaged(where, 'a config names a layer without its digest.');
    const known = this.#layers.get(`${file} ${diffId}`);
    if (known) return known;
    const compression = await this.#compressionOf(file);
    // The digest of what is not compressed is checked when it is read.
    const layer =
      compression === 'none'
        ? { mediaType: LAYER, digest: diffId, size }
        : { mediaType: `${LAYER}+${compression}`, digest: await this.#hash(file, diffId), size };
    this.#layers.set(`${file} ${diffId}`, layer);
    this.blobs.set(layer.digest, { file, size });
    return layer;
  }

  async #compressionOf(file: string): Promise<Compression> {
    for await (const chunk of this.#files.stream(file, 0, this.#signal)) return compressionOf(chunk);
    return 'none';
  }

  /** Of a compressed layer, whose content is checked on the way. */
  async #hash(file: string, diffId: string): Promise<string> {
    const { where } = this.#files;
    const [whole, content] = [new Hashed(), new Hashed()];
    await content.take(decompressed(whole.pass(this.#files.stream(file, 0, this.#signal)), where));
    if (content.digest() !== diffId) throw damaged(where, `the content of the layer ${file} is another one.`);
    return whole.digest();
  }

  /** By the config's digest, what the archive has as an OCI layout. */
  async #readManifests(): Promise<ReadonlyMap<string, RawManifest>> {
    const found = new Map<string, RawManifest>();
    if ((await this.#files.size(LAYOUT_FILE)) === undefined) return found;
    const layout = await OciLayout.open(this.#files, this.#signal);
    const look = async (entries: readonly Descriptor[], depth: number): Promise<void> => {
      for (const { digest, mediaType } of entries) {
        const index = isIndexType(mediaType);
        // Of an image for several platforms those that are not there are not missed.
        if ((await this.#files.size(blobName(digest))) === undefined || (index && depth > 1)) continue;
        const raw = await layout.get('', digest, this.#signal);
        const manifest = parseManifest(raw);
        if (manifest.kind === 'index') await look(manifest.manifests, depth + 1);
        if (manifest.kind !== 'image') continue;
        const parts = [manifest.config, ...manifest.layers];
        const sizes = await Promise.all(parts.map((part) => this.#files.size(blobName(part.digest))));
        if (sizes.includes(undefined)) continue;
        found.set(manifest.config.digest, raw);
        for (const [at, part] of parts.entries())
          this.blobs.set(part.digest, { file: blobName(part.digest), size: sizes[at] ?? 0 });
      }
    };
    await look(layout.index.entries, 0);
    return found;
  }
}
