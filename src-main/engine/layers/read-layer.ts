import type { JsonObject } from '../model/json-fields.ts';
import type { Descriptor } from '../model/manifest.ts';
import type { LayerToc } from '../vocabulary/layers.ts';
import type { LayerBlob } from './blob.ts';
import type { VisitEntry } from './entry.ts';
import { entryOf } from './entry-of.ts';
import { isSummed, SummingSink } from './summing.ts';
import { readToc, statedEntry } from './toc.ts';
import { TocRefused } from './toc-place.ts';
import type { LayerTree } from './tree.ts';
import { TreeBuilder } from './tree-builder.ts';
import { type WalkOptions, walkLayer } from './walk.ts';
import type { LayerWarning } from './warnings.ts';

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
  /** The tree knows what is in its files. */
  readonly summed?: true;
}

export interface ReadLayerOptions extends WalkOptions {
  /** Sees all entries of an archive that is read, and may ask for the content of files. */
  visit?: VisitEntry | undefined;
  /** All of the layer is read, also where it has a table of contents, and what is in its files is summed: nearly twice as long. */
  whole?: boolean;
}

/**
 * The tree of a layer: of its table of contents where it has one, else of one pass over all of it. A table that is not what it should be
 * is a warning, and the layer is read.
 *
 * @throws {RegistryError} as {@link walkLayer}
 */
export async function readLayer(
  blob: LayerBlob,
  layer: Descriptor,
  { visit, whole = false, ...options }: ReadLayerOptions = {},
): Promise<LayerContents> {
  const listed = whole ? undefined : await treeOfToc(blob, layer, options.signal);
  if (listed && listed !== 'refused') return listed;
  const builder = new TreeBuilder(layer.digest);
  let circles = false;
  const walked = await walkLayer(
    blob.open,
    layer,
    (entry) => {
      const node = builder.add(entry);
      if (node === undefined) circles = true;
      const sink = visit?.(entry);
      return !whole || node === undefined || !isSummed(entry)
        ? sink
        : new SummingSink(builder, node, entry.size, sink);
    },
    options,
  );
  const warnings = new Set(walked.warnings);
  if (circles) warnings.add('oddPaths');
  if (listed === 'refused') warnings.add('tocRefused');
  const tree = await builder.finish();
  return { ...walked, warnings: [...warnings], tree, ...(whole ? { summed: true } : {}) };
}

async function treeOfToc(
  blob: LayerBlob,
  layer: Descriptor,
  signal: AbortSignal | undefined,
): Promise<LayerContents | 'refused' | undefined> {
  const builder = new TreeBuilder(layer.digest);
  const warnings = new Set<LayerWarning>();
  let [entries, bytes] = [0, 0];
  const take = (fields: JsonObject): void => {
    const stated = statedEntry(fields);
    if (!stated) return;
    entries += 1;
    bytes += stated.size;
    const entry = entryOf(stated, (warning) => warnings.add(warning));
    if (entry && builder.add(entry) === undefined) warnings.add('oddPaths');
  };
  try {
    const place = await readToc(blob, layer, take, signal);
    if (!place) return undefined;
    if (place.digest === undefined) warnings.add('tocUnverified');
    return { tree: await builder.finish(), toc: place.kind, bytes, entries, warnings: [...warnings] };
  } catch (error) {
    if (error instanceof TocRefused) return 'refused';
    throw error;
  }
}
