import { buffer } from 'node:stream/consumers';
import { type Look, lookAt } from '../endpoints/look.ts';
import { MANIFEST_MAX } from '../endpoints/manifests.ts';
import type { UploadOptions } from '../endpoints/upload.ts';
import type { OpenBlob } from '../endpoints/upload-source.ts';
import { RegistryError } from '../errors.ts';
import { isDigest } from '../model/digest.ts';
import { parseImageConfig } from '../model/image.ts';
import { classifyEntry } from '../model/kind.ts';
import {
  type Descriptor,
  type ImageManifest,
  type ManifestHead,
  parseManifest,
  type RawManifest,
} from '../model/manifest.ts';
import { isImageConfigType } from '../model/media-types.ts';
import { checkRepository, checkTag } from '../model/reference.ts';
import type { ManifestGraph } from '../reading/graph.ts';
import type { ArchiveFile } from './archive-file.ts';
import { decompressed, Hashed } from './compression.ts';
import {
  DOCKER_MANIFEST_FILE,
  readSavedImages,
  type SavedImage,
  writeSavedImages,
} from './docker-manifest.ts';
import { layoutName, readDockerName } from './image-name.ts';
import { chunksOf, counted } from './layout-target.ts';
import type { ContentTarget, PutManifestOptions } from './target.ts';

/** Files of such an archive that are written when all others are there, or that speak of what it holds no more. */
export const DOCKER_ARCHIVE_LAST = [DOCKER_MANIFEST_FILE, 'repositories', 'oci-layout', 'index.json'];

/** Bytes of a config. */
const CONFIG_MAX = 8 * 1024 * 1024;

/** What the tags of the place name now, by its own names; an image goes by the digest of its config. */
export type TagsThere = (name: string, signal?: AbortSignal) => Promise<ManifestHead | undefined>;

/**
 * An archive as `docker load` takes it. It has no place for manifests, indexes and what is attached: one image a tag, without the
 * compression of its layers. What stays is the image's ID, the digest of its config.
 */
export class DockerTarget implements ContentTarget {
  readonly #archive: ArchiveFile;
  readonly #there: TagsThere;
  /** By digest: file in the archive, and the digest of what is in it. */
  readonly #layers = new Map<string, { file: string; diffId: string }>();
  readonly #configs = new Map<string, Uint8Array>();
  /** By name. */
  readonly #images = new Map<string, SavedImage>();

  constructor(archive: ArchiveFile, there: TagsThere) {
    this.#archive = archive;
    this.#there = there;
  }

  /** Names of what will be there after the commit. */
  get written(): readonly string[] {
    return [...this.#images.keys()];
  }

  expect(repository: string, tag: string): void {
    // The host of a name may have a port.
    checkRepository(repository.replace(/^[^/]*:\d+\//, ''));
    checkTag(tag);
  }

  async look(repository: string, reference: string, signal?: AbortSignal): Promise<Look<ManifestHead>> {
    // Manifests are not kept.
    if (isDigest(reference)) return {};
    return await lookAt(this.#there(nameOf(repository, reference), signal));
  }

  async has(_repository: string, digest: string): Promise<boolean> {
    return this.#layers.has(digest) || this.#configs.has(digest);
  }

  async referrers(): Promise<readonly Descriptor[]> {
    return [];
  }

  becomes({ root, manifests }: ManifestGraph): { image: RawManifest; head: ManifestHead } {
    const image = onlyImage(root, manifests);
    const { config } = imageOf(image);
    return { image, head: { digest: config.digest, mediaType: config.mediaType, size: config.size } };
  }

  async putBlob(
    _repository: string,
    descriptor: Descriptor,
    open: OpenBlob,
    { signal, onBytes }: UploadOptions,
  ): Promise<'sent' | 'present'> {
    if (await this.has('', descriptor.digest)) return 'present';
    const chunks = counted(open(0, signal ?? new AbortController().signal), onBytes);
    if (isImageConfigType(descriptor.mediaType) && descriptor.size > CONFIG_MAX)
      throw new RegistryError('tooLarge', '', {
        reason: `The config has ${descriptor.size} bytes.`,
        side: 'source',
      });
    if (isImageConfigType(descriptor.mediaType)) await this.#putConfig(descriptor, await buffer(chunks));
    else await this.#putLayer(descriptor.digest, chunks);
    return 'sent';
  }

  async putManifest(
    repository: string,
    reference: string,
    manifest: RawManifest,
    { subject }: PutManifestOptions,
  ): Promise<void> {
    if (subject !== undefined) throw refused('It has no place for what is attached to an image.');
    const { config, layers } = imageOf(manifest);
    const bytes = this.#configs.get(config.digest);
    const files = layers.map(({ digest }) => this.#layers.get(digest));
    if (!bytes || files.includes(undefined)) throw missing(manifest);
    const { diffIds } = parseImageConfig(bytes, layers.length);
    for (const [at, file] of files.entries())
      if (file?.diffId !== diffIds[at])
        throw new RegistryError('digestMismatch', '', {
          reason: `The content of a layer is ${file?.diffId}, and the image says ${diffIds[at]}.`,
          side: 'source',
        });
    const name = nameOf(repository, reference);
    const layerFiles = files.flatMap((file) => file?.file ?? []);
    this.#images.set(name, { config: configFile(config.digest), names: [name], layers: layerFiles });
  }

  async commit(): Promise<void> {
    const before = await this.#imagesBefore();
    const kept = before.map((image) => ({
      ...image,
      names: image.names.filter((name) => !this.#images.has(nameOfText(name))),
    }));
    const images = [...kept, ...this.#images.values()];
    await this.#archive.add(chunksOf(writeSavedImages(images)), () => DOCKER_MANIFEST_FILE);
    await this.#archive.finish();
  }

  async close(): Promise<void> {
    for (const known of [this.#layers, this.#configs, this.#images]) known.clear();
    await this.#archive.close();
  }

  async #imagesBefore(): Promise<readonly SavedImage[]> {
    const files = await this.#archive.before();
    if (!files) return [];
    try {
      const bytes = await files.read(DOCKER_MANIFEST_FILE, MANIFEST_MAX);
      return bytes ? readSavedImages(bytes, files.where) : [];
    } finally {
      await files.close();
    }
  }

  async #putConfig({ digest }: Descriptor, bytes: Uint8Array): Promise<void> {
    this.#configs.set(digest, bytes);
    await this.#archive.add(chunksOf(bytes), () => configFile(digest));
  }

  async #putLayer(digest: string, chunks: AsyncIterable<Buffer>): Promise<void> {
    const content = new Hashed();
    const file = (): string => `${content.digest().replace('sha256:', '')}.tar`;
    await this.#archive.add(content.pass(decompressed(chunks, digest)), file);
    this.#layers.set(digest, { file: file(), diffId: content.digest() });
  }
}

function nameOf(repository: string, tag: string): string {
  return layoutName(readDockerName(`${repository}:${tag}`));
}

const nameOfText = (text: string): string => layoutName(readDockerName(text));

const configFile = (digest: string): string => `${digest.replace(/^.*:/, '')}.json`;

function refused(reason: string): RegistryError {
  return new RegistryError('unsupported', '', { reason, side: 'target' });
}

function missing({ digest }: RawManifest): RegistryError {
  return new RegistryError('refused', '', {
    reason: `A part of ${digest} is missing.`,
    registryCodes: ['MANIFEST_BLOB_UNKNOWN'],
  });
}

/** @throws {RegistryError} `unsupported` where there are several, or what there is is no image */
function onlyImage(root: RawManifest, manifests: readonly RawManifest[]): RawManifest {
  const manifest = parseManifest(root);
  if (manifest.kind !== 'index') return root;
  const images = manifest.manifests.filter((entry) => classifyEntry(entry) === 'image');
  const only = manifests.find(({ digest }) => digest === images[0]?.digest);
  if (only && images.length === 1) return only;
  throw refused(`It holds one image under a tag, and this has ${images.length}: choose a platform.`);
}

function imageOf(raw: RawManifest): ImageManifest {
  const manifest = parseManifest(raw);
  if (manifest.kind === 'image' && isImageConfigType(manifest.config.mediaType)) return manifest;
  throw refused('It holds images only, and this is another artifact.');
}
