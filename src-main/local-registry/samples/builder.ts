import { digestOf } from '../digest.ts';
import { MEDIA_TYPES } from '../storage/manifest.ts';
import type { RegistryStorage } from '../storage/storage.ts';
import type { Layer } from './layer.ts';
import type { Sample, SampleSet } from './sample-set.ts';

export interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
  annotations?: Record<string, string>;
  artifactType?: string;
  platform?: Platform;
}

export interface Platform {
  architecture: string;
  os: string;
  variant?: string;
}

/** One line of a Dockerfile: with a layer where it changed files. */
export interface Step {
  createdBy: string;
  layer?: Layer;
  /** Default: the image's own time. Steps of a base image are older. */
  created?: string;
}

export interface ImageRecipe {
  platform: Platform;
  created: string;
  /** The `config` object: user, environment, entry point. */
  settings: Record<string, unknown>;
  steps: readonly Step[];
  /** Default: OCI. */
  mediaType?: keyof typeof LAYER_TYPES;
  tags?: readonly string[];
}

const LAYER_TYPES = {
  [MEDIA_TYPES.ociManifest]: 'application/vnd.oci.image.layer.v1.tar+gzip',
  [MEDIA_TYPES.dockerManifest]: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
};

const CONFIG_TYPES = {
  [MEDIA_TYPES.ociManifest]: 'application/vnd.oci.image.config.v1+json',
  [MEDIA_TYPES.dockerManifest]: 'application/vnd.docker.container.image.v1+json',
};

/** Puts samples into a registry's storage, children first, and keeps account of them. */
export class SampleBuilder {
  readonly #storage: RegistryStorage;
  readonly #samples: Sample[] = [];
  readonly #sizes = new Map<string, number>();
  readonly #layers = new Map<string, Promise<Layer>>();

  constructor(storage: RegistryStorage) {
    this.#storage = storage;
  }

  result(): SampleSet {
    const bytes = [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
    return { samples: this.#samples, bytes };
  }

  /** A layer that several images have: made once for each name. */
  sharedLayer(name: string, make: () => Promise<Layer>): Promise<Layer> {
    const layer = this.#layers.get(name) ?? make();
    this.#layers.set(name, layer);
    return layer;
  }

  async blob(repository: string, mediaType: string, bytes: Uint8Array): Promise<Descriptor> {
    const digest = await this.#storage.putBlob(repository, bytes);
    this.#sizes.set(digest, bytes.byteLength);
    return { mediaType, digest, size: bytes.byteLength };
  }

  jsonBlob(repository: string, mediaType: string, value: unknown): Promise<Descriptor> {
    return this.blob(repository, mediaType, encodeJson(value));
  }

  /** Stores a manifest under its digest and its tags. */
  async manifest(
    repository: string,
    mediaType: string,
    value: object,
    tags: readonly string[] = [],
  ): Promise<Descriptor> {
    const bytes = encodeJson({ schemaVersion: 2, mediaType, ...value });
    const digest = digestOf(bytes);
    for (const reference of [digest, ...tags]) {
      await this.#storage.putManifest(repository, reference, mediaType, bytes);
    }
    this.#sizes.set(digest, bytes.byteLength);
    return { mediaType, digest, size: bytes.byteLength };
  }

  /** Lists a stored manifest in the result. */
  list(
    repository: string,
    { digest, mediaType }: Descriptor,
    kind: Sample['kind'],
    tags: readonly string[],
  ): void {
    this.#samples.push({ repository, digest, mediaType, tags, kind });
  }

  /** An image of one platform, as `docker build` makes it. */
  async image(
    repository: string,
    { platform, created, settings, steps, mediaType = MEDIA_TYPES.ociManifest, tags = [] }: ImageRecipe,
  ): Promise<Descriptor> {
    const layers: Descriptor[] = [];
    for (const { layer } of steps) {
      if (layer) layers.push(await this.blob(repository, LAYER_TYPES[mediaType], layer.bytes));
    }
    const config = {
      ...platform,
      config: settings,
      created,
      history: steps.map(({ createdBy, layer, created: stepCreated = created }) => ({
        created: stepCreated,
        created_by: createdBy,
        comment: 'buildkit.dockerfile.v0',
        ...(!layer && { empty_layer: true }),
      })),
      rootfs: { type: 'layers', diff_ids: steps.flatMap(({ layer }) => layer?.diffId ?? []) },
    };
    const configBlob = await this.jsonBlob(repository, CONFIG_TYPES[mediaType], config);
    const manifest = await this.manifest(repository, mediaType, { config: configBlob, layers }, tags);
    return { ...manifest, platform };
  }
}

/** Compact, in the order written: the digest depends on every byte. */
function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
