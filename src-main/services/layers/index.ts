import type {
  FileContent,
  FileEntry,
  FileList,
  FoundFiles,
  ImageFiles,
  LayerCounts,
  LayerFiles,
  LayerReading,
  SavedFiles,
  WastedFiles,
} from '../../common/files.ts';
import {
  type Descriptor,
  DirectorySums,
  inSlices,
  LayerTree,
  type MergedNode,
  MergedTree,
  RegistryError,
  settledTrees,
  type Waste,
  wasteOf,
} from '../../engine/index.ts';
import type { FilesService } from '../core/files.ts';
import type { ImageAt } from '../core/image-at.ts';
import { inParallel } from '../parallel.ts';
import { checkTarget, saveFile } from '../save-file.ts';
import type { CallOptions } from '../types.ts';
import { contentOf } from './content.ts';
import { countChanges } from './counts.ts';
import { FileAt, locate } from './file-at.ts';
import { globMatcher } from './glob.ts';
import { ImageLayers } from './image-layers.ts';
import type { KnownLayers } from './known-layers.ts';
import { all, belowOf, type FilesPlace, type Listed, listed } from './listing.ts';
import { checkOf, fileEntry } from './rows.ts';
import { saveFolder } from './save-folder.ts';
import { tarOf } from './save-tar.ts';
import { Selection } from './selection.ts';

/** Layers that are read at once: unpacking takes a processor for each. */
const READS = 2;
/** Milliseconds between two reports of how far a reading is. */
const REPORT_EVERY = 150;

interface Page {
  offset: number;
  limit: number;
}

/** What is inside the layers of images, wherever these lie. */
export class Files implements FilesService {
  readonly #known: KnownLayers;
  /** What is wasted in the image that was asked for last, by its digest. */
  #waste: { key: string; waste: Waste } | undefined;

  /** The directory that was listed last, until its last page: one of 50,000 entries is not gone through for each of fifty pages. */
  #listing: { key: string; rows: readonly Listed[]; sums: DirectorySums } | undefined;
  /** Of the merged tree that was asked for last. */
  #sums: { key: string; sums: DirectorySums } | undefined;

  constructor(known: KnownLayers) {
    this.#known = known;
  }

  async layers(at: ImageAt, options: CallOptions = {}): Promise<ImageFiles> {
    const image = await ImageLayers.open(at, options);
    const layers: LayerFiles[] = [];
    for (const [index, layer] of image.layers.entries()) layers.push(await this.#state(image, index, layer));
    return { digest: image.digest, layers };
  }

  async *read(
    at: ImageAt,
    { layers, signal }: CallOptions & { layers?: readonly number[] | undefined } = {},
  ): AsyncGenerator<LayerReading, void, void> {
    const image = await ImageLayers.open(at, { signal });
    const wanted = layers ?? [...image.layers.keys()];
    for (const index of wanted) image.layer(index);
    let ended = false;
    const ends: number[] = [];
    const reading = (async () => {
      for await (const index of this.#readAll(image, wanted, signal)) ends.push(index);
    })().finally(() => {
      ended = true;
    });
    reading.catch(() => undefined); // thrown below
    while (!ended) {
      await Promise.race([
        reading.catch(() => undefined),
        new Promise((done) => setTimeout(done, REPORT_EVERY)),
      ]);
      for (const index of wanted) {
        const { digest, size } = image.layer(index);
        const read = this.#known.progress(digest);
        if (read > 0) yield { layer: index, read: Math.min(read, size), size };
      }
      for (const index of ends.splice(0)) {
        const { size } = image.layer(index);
        yield { layer: index, read: size, size };
      }
    }
    await reading;
  }

  async changes(at: ImageAt, { signal }: CallOptions = {}): Promise<LayerCounts[]> {
    const image = await ImageLayers.open(at, { signal });
    const trees: LayerTree[] = [];
    for (const { digest } of image.layers) {
      const known = await this.#known.get(digest);
      if (!known && !this.#known.failure(digest)) break;
      trees.push(known?.tree ?? LayerTree.empty());
    }
    return await countChanges(await settledTrees(trees), checkOf(signal));
  }

  async list(at: ImageAt, place: FilesPlace & Page, { signal }: CallOptions = {}): Promise<FileList> {
    const image = await ImageLayers.open(at, { signal });
    const { offset, limit, view, path } = place;
    const key = JSON.stringify([image.digest, place.at, view, path]);
    const listing =
      offset > 0 && this.#listing?.key === key ? this.#listing : await this.#list(image, place, key, signal);
    const { rows, sums } = listing;
    const total = rows.length;
    this.#listing = offset + limit < total ? listing : undefined;
    const entries = rows
      .slice(offset, offset + limit)
      .map(([node, change]) => fileEntry(node, change, belowOf(node, change, view, sums)));
    return { entries, total };
  }

  async *walk(
    at: ImageAt,
    place: FilesPlace & { glob?: string | undefined },
    { signal }: CallOptions = {},
  ): AsyncGenerator<FileEntry, void, void> {
    const matches = place.glob === undefined ? () => true : globMatcher(place.glob);
    const image = await ImageLayers.open(at, { signal });
    const trees = await this.#trees(image, place.at, signal);
    for await (const [node, change] of inSlices(all(trees, place), checkOf(signal)))
      if (matches(node.path)) yield fileEntry(node, change);
  }

  async search(
    at: ImageAt,
    { at: layer, glob, limit }: { at?: number | undefined; glob: string; limit: number },
    { signal }: CallOptions = {},
  ): Promise<FoundFiles> {
    const matches = globMatcher(glob);
    const image = await ImageLayers.open(at, { signal });
    const trees = await this.#trees(image, layer, signal);
    const merged = new MergedTree(trees);
    const sums = await this.#sumsOf(image, trees, signal);
    const entries: FileEntry[] = [];
    for await (const node of inSlices(merged.below(merged.root), checkOf(signal))) {
      if (!matches(node.path)) continue;
      if (entries.length === limit) return { entries, more: true };
      entries.push(fileEntry(node, undefined, belowOf(node, undefined, 'merged', sums)));
    }
    return { entries, more: false };
  }

  async wasted(at: ImageAt, { offset, limit }: Page, { signal }: CallOptions = {}): Promise<WastedFiles> {
    const image = await ImageLayers.open(at, { signal });
    const trees = await this.#trees(image, undefined, signal);
    const key = keyOf(image, trees);
    const known = this.#waste?.key === key ? this.#waste.waste : undefined;
    const waste = known ?? (await wasteOf(trees, checkOf(signal)));
    this.#waste = { key, waste };
    const { wastedBytes, efficiency, files } = waste;
    const items = files.slice(offset, offset + limit);
    return { wastedBytes, efficiency, items, total: files.length };
  }

  async open(
    at: ImageAt,
    place: { at?: number | undefined; path: string },
    { signal }: CallOptions = {},
  ): Promise<FileContent> {
    return await contentOf(await this.file(at, place, { signal }), signal);
  }

  /** A file, links followed, whose bytes can be read. */
  async file(
    at: ImageAt,
    { at: layer, path }: { at?: number | undefined; path: string },
    { signal }: CallOptions = {},
  ): Promise<FileAt> {
    const image = await ImageLayers.open(at, { signal });
    const trees = await this.#trees(image, layer, signal);
    return await this.#fileAt(image, locate(trees, path));
  }

  async save(
    at: ImageAt,
    { at: layer, path, to, folder }: { at?: number | undefined; path: string; to: string; folder: boolean },
    { signal }: CallOptions = {},
  ): Promise<SavedFiles> {
    checkTarget(to);
    const image = await ImageLayers.open(at, { signal });
    const trees = await this.#trees(image, layer, signal);
    const found = new MergedTree(trees).follow(path);
    if (found?.isDirectory) {
      const selection = await Selection.of(trees, found, signal);
      if (folder) return await saveFolder(to, selection, image, signal);
      const saved = { files: 0, bytes: 0, leftOut: selection.others };
      await saveFile(to, tarOf(selection, image, saved, signal));
      return saved;
    }
    const file = await this.#fileAt(image, locate(trees, path));
    await saveFile(to, file.chunks(signal));
    return { files: 1, bytes: file.size, leftOut: 0 };
  }

  async #list(image: ImageLayers, place: FilesPlace, key: string, signal: AbortSignal | undefined) {
    const trees = await this.#trees(image, place.at, signal);
    const rows: Listed[] = [];
    for await (const row of inSlices(listed(trees, place), checkOf(signal))) rows.push(row);
    // What a layer removed is measured as it was below it.
    const summed = place.view === 'layer' && trees.length > 1 ? trees.slice(0, -1) : trees;
    return { key, rows, sums: await this.#sumsOf(image, summed, signal) };
  }

  async #sumsOf(
    image: ImageLayers,
    trees: readonly LayerTree[],
    signal: AbortSignal | undefined,
  ): Promise<DirectorySums> {
    const key = keyOf(image, trees);
    const sums = this.#sums?.key === key ? this.#sums.sums : await DirectorySums.of(trees, checkOf(signal));
    this.#sums = { key, sums };
    return sums;
  }

  async #fileAt(image: ImageLayers, node: MergedNode): Promise<FileAt> {
    const known = await this.#known.get(image.layer(node.layer).digest);
    return new FileAt(image, known?.toc !== undefined, node);
  }

  async #state(image: ImageLayers, index: number, layer: Descriptor): Promise<LayerFiles> {
    const { digest, size, mediaType } = layer;
    const known = await this.#known.get(digest);
    if (known) {
      const { entries, bytes, toc } = known;
      const warnings = image.warnings(index, known);
      return { digest, size, mediaType, state: 'read', entries, bytes, ...(toc ? { toc } : {}), warnings };
    }
    const failure = this.#known.failure(digest);
    if (!failure) return { digest, size, mediaType, state: 'unread', warnings: [] };
    const state = failure.code === 'notContent' ? 'opaque' : 'failed';
    return { digest, size, mediaType, state, warnings: [], failure };
  }

  /** Those of the layers up to and with one, or of all; of one that cannot be read it is empty. */
  async #trees(
    image: ImageLayers,
    layer: number | undefined,
    signal: AbortSignal | undefined,
  ): Promise<LayerTree[]> {
    if (image.layers.length === 0) return [LayerTree.empty()];
    const at = layer ?? image.layers.length - 1;
    image.layer(at);
    const wanted = [...image.layers.keys()].slice(0, at + 1);
    const trees = new Map<number, LayerTree>();
    const unread: number[] = [];
    for (const index of wanted) {
      const known = await this.#known.get(image.layer(index).digest);
      if (known) trees.set(index, known.tree);
      // One that failed is read again when `read` is asked for it.
      else if (!this.#known.failure(image.layer(index).digest)) unread.push(index);
    }
    for await (const { index, tree } of this.#readEach(image, unread, signal)) trees.set(index, tree);
    return await settledTrees(wanted.map((index) => trees.get(index) ?? LayerTree.empty()));
  }

  async *#readAll(
    image: ImageLayers,
    wanted: readonly number[],
    signal: AbortSignal | undefined,
  ): AsyncGenerator<number, void, void> {
    for await (const { index } of this.#readEach(image, wanted, signal)) yield index;
  }

  /** What is wrong with one layer is kept with it, and the rest is read. */
  async *#readEach(
    image: ImageLayers,
    wanted: readonly number[],
    signal: AbortSignal | undefined,
  ): AsyncGenerator<{ index: number; tree: LayerTree }, void, void> {
    yield* inParallel(wanted, READS, signal, async (index, shared) => {
      const layer = image.layer(index);
      try {
        const { tree } = await this.#known.read(layer, image.blob(layer), { signal: shared });
        return { index, tree };
      } catch (error) {
        if (!(error instanceof RegistryError) || error.code === 'cancelled') throw error;
        return { index, tree: LayerTree.empty() };
      }
    });
  }
}

/** Names what is known of an image: a layer that could not be read has no paths until it is read again. */
function keyOf(image: ImageLayers, trees: readonly LayerTree[]): string {
  return JSON.stringify([image.digest, trees.map(({ nodes }) => nodes)]);
}
