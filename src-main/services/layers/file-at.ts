import {
  type FileOrigin,
  fileInLayer,
  type LayerTree,
  linkedFile,
  listedFile,
  type MergedNode,
  MergedTree,
} from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import type { ImageLayers } from './image-layers.ts';

/**
 * The file that a path leads to, over symbolic and hard links.
 *
 * @param trees of the layers up to the one in question
 * @throws ServiceError `fileUnknown` where there is none; `invalidInput` for what is no file
 */
export function locate(trees: readonly LayerTree[], path: string): MergedNode {
  const followed = new MergedTree(trees).follow(path);
  const found = followed && linkedFile(trees, followed);
  if (!found) throw new ServiceError('fileUnknown', path);
  if (found.type !== 'file') throw new ServiceError('invalidInput', `${path} is no file.`);
  return found;
}

/** A file of an image whose bytes can be read. */
export class FileAt {
  /** Without links. */
  readonly path: string;
  readonly layer: number;
  readonly size: number;
  readonly #image: ImageLayers;
  readonly #origin: FileOrigin;
  /** The layer has a table of contents, by which parts of it can be read. */
  readonly #listed: boolean;

  constructor(image: ImageLayers, listed: boolean, { path, layer, tree, node }: MergedNode) {
    this.#image = image;
    this.#listed = listed;
    this.path = path;
    this.#origin = tree.origin(node);
    this.layer = layer;
    this.size = tree.columns.size[node] ?? 0;
  }

  /** As they come; verified when the last of them has come. @throws {RegistryError} as `fileInLayer` */
  async *chunks(signal: AbortSignal | undefined): AsyncGenerator<Buffer, void, void> {
    const layer = this.#image.layer(this.layer);
    const blob = this.#image.blob(layer);
    const listed = this.#listed ? await listedFile(blob, layer, this.#origin.path, signal) : undefined;
    yield* listed ?? fileInLayer(blob, layer, this.#origin, { signal });
  }
}
