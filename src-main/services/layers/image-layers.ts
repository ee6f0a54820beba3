import type { LayerWarning } from '../../common/files.ts';
import {
  type ContentSource,
  type Descriptor,
  type LayerBlob,
  parseImageConfig,
  parseManifest,
  RegistryError,
} from '../../engine/index.ts';
import type { ImageAt } from '../core/image-at.ts';
import { ServiceError } from '../errors.ts';
import { urgentSourceOf } from '../place-handle.ts';
import type { CallOptions } from '../types.ts';
import type { KnownLayer } from './known-layers.ts';

/** The layers of an image, and where their bytes come from. */
export class ImageLayers {
  /** Of the manifest. */
  readonly digest: string;
  readonly layers: readonly Descriptor[];
  readonly source: ContentSource;
  readonly repository: string;
  /** Of the layers without their compression; undefined where the config names another number of them. */
  readonly diffIds: readonly string[] | undefined;

  private constructor(
    { digest, layers }: Pick<ImageLayers, 'digest' | 'layers'>,
    source: ContentSource,
    repository: string,
    diffIds: readonly string[] | undefined,
  ) {
    this.digest = digest;
    this.layers = layers;
    this.source = source;
    this.repository = repository;
    this.diffIds = diffIds;
  }

  /** @throws ServiceError `invalidInput` where it is no image; RegistryError */
  static async open(
    { handle, repository, reference }: ImageAt,
    { signal }: CallOptions,
  ): Promise<ImageLayers> {
    const source = await urgentSourceOf(handle, signal);
    const raw = await source.get(repository, reference, signal);
    const manifest = parseManifest(raw);
    if (manifest.kind !== 'image')
      throw new ServiceError('invalidInput', `${raw.digest} is no image: it has no layers of its own.`);
    const { layers, config } = manifest;
    const diffIds = await diffIdsOf(source, repository, config, layers.length, signal);
    return new ImageLayers({ digest: raw.digest, layers }, source, repository, diffIds);
  }

  /** @throws ServiceError `invalidInput` where there is no such layer */
  layer(index: number): Descriptor {
    const layer = this.layers[index];
    if (layer) return layer;
    throw new ServiceError('invalidInput', `There is no layer ${index}; there are ${this.layers.length}.`);
  }

  blob(layer: Descriptor): LayerBlob {
    return {
      open: this.source.openBlob(this.repository, layer),
      part: (part) => this.source.blobPart(this.repository, layer.digest, part),
    };
  }

  /** What is odd about a layer of this image, which other images may have as well. */
  warnings(index: number, { warnings, diffId }: KnownLayer): LayerWarning[] {
    if (!this.diffIds) return [...warnings, 'configApart'];
    const stated = this.diffIds[index];
    const wrong = stated?.startsWith('sha256:') && diffId !== undefined && diffId !== stated;
    return [...warnings, ...(wrong ? (['diffId'] as const) : [])];
  }
}

/** A config that cannot be read says nothing of the layers: they are shown all the same. */
async function diffIdsOf(
  source: ContentSource,
  repository: string,
  config: Descriptor,
  layers: number,
  signal: AbortSignal | undefined,
): Promise<readonly string[] | undefined> {
  try {
    const { diffIds } = parseImageConfig(await source.blob(repository, config, signal), layers);
    return diffIds.length === layers ? diffIds : undefined;
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code === 'cancelled') throw error;
    return undefined;
  }
}
