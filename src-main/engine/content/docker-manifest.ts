import { parseJson } from '../model/json.ts';
import { isObject, textOf } from '../model/json-fields.ts';
import { damaged } from './file-errors.ts';

export const DOCKER_MANIFEST_FILE = 'manifest.json';
/** Images of an archive, and layers of an image. */
const IMAGES_MAX = 1_000;
const LAYERS_MAX = 1_000;

/** An image as `docker save` lists it: names of files in the archive. */
export interface SavedImage {
  config: string;
  names: readonly string[];
  layers: readonly string[];
}

/** @throws {RegistryError} `contentDamaged` @see github.com/moby/docker-image-spec, "Combined Image JSON + Filesystem Changeset Format" */
export function readSavedImages(bytes: Uint8Array, where: string): readonly SavedImage[] {
  let document: unknown;
  try {
    document = parseJson(bytes);
  } catch (cause) {
    throw damaged(where, 'manifest.json cannot be read.', cause);
  }
  if (!Array.isArray(document) || document.length > IMAGES_MAX)
    throw damaged(where, 'manifest.json is no list of images.');
  return document.map((entry: unknown) => {
    const image = isObject(entry) ? entry : {};
    const config = textOf(image.Config);
    const layers = texts(image.Layers);
    const names = image.RepoTags === null ? [] : texts(image.RepoTags ?? []);
    if (config === undefined || !layers || !names || layers.length > LAYERS_MAX)
      throw damaged(where, 'manifest.json lists an image without its config or layers.');
    return { config, layers, names };
  });
}

export function writeSavedImages(images: readonly SavedImage[]): Buffer {
  const entries = images.map(({ config, names, layers }) => ({
    Config: config,
    RepoTags: names,
    Layers: layers,
  }));
  return Buffer.from(JSON.stringify(entries));
}

function texts(value: unknown): string[] | undefined {
  if (!Array.isArray(value) || !value.every((text) => typeof text === 'string')) return undefined;
  return value;
}
