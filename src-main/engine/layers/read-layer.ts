import type { BlobPart } from '../content/source.ts';
import type { OpenBlob } from '../endpoints/upload-source.ts';
import type { Descriptor } from '../model/manifest.ts';
import type { LayerToc } from '../vocabulary.ts';
import type { VisitEntry } from './entry.ts';
import type { LayerTree } from './tree.ts';
import { TreeBuilder } from './tree-builder.ts';
import { type WalkOptions, walkLayer } from './walk.ts';
import type { LayerWarning } from './warnings.ts';

/** A layer as its place gives it. */
export interface LayerBlob {
  readonly open: OpenBlob;
  part(part: BlobPart): Promise<Uint8Array | undefined>;
}

export interface LayerContents {
  readonly tree: LayerTree;
  /** Which table of contents was read, and nothing else. */
  readonly toc?: LayerToc;
  /** Digest of the archive without its compression, where all of it was read. */
  readonly diffId?: string;
  /** Bytes of the archive without its compression, or those of its files where only the table of contents was read. */
  readonly bytes: number;
  readonly entries: number;
  readonly warnings: readonly LayerWarning[];
}

export interface ReadLayerOptions extends WalkOptions {
  /** Sees all entries of an archive that is read, and may ask for the content of files. */
  visit?: VisitEntry | undefined;
  /** All of the layer is read, also where it has a table of contents. */
  whole?: boolean;
}

/** The tree of a layer, of one pass over it. @throws {RegistryError} as {@link walkLayer} */
export async function readLayer(
  blob: LayerBlob,
  layer: Descriptor,
  { visit, ...options }: ReadLayerOptions = {},
): Promise<LayerContents> {
  const builder = new TreeBuilder(layer.digest);
  const walked = await walkLayer(
    blob.open,
    layer,
    (entry) => {
      builder.add(entry);
      return visit?.(entry);
    },
    options,
  );
  return { ...walked, tree: await builder.finish() };
}
