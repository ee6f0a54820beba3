import type { FoundLayerFiles, LayerFile } from '../../common/find.ts';
import { inSlices, type LayerTree } from '../../engine/index.ts';
import type { FileType } from '../../engine/vocabulary/layers.ts';
import { globMatcher } from '../layers/glob.ts';
import type { KnownLayers } from '../layers/known-layers.ts';

/** Files that are shown: more say nothing more. */
const FILES_MAX = 500;
/** Milliseconds between two reports of how far it is. */
const REPORT_EVERY = 100;
const WILDCARD = /[*?[\]{}]/;
const CONTENT = /^(?:sha256:)?([\da-f]{64})$/i;

/** Files of all layers that were read, by their path or by what is in them. @throws ServiceError `invalidInput` for a pattern that is none */
export async function* findFiles(
  known: KnownLayers,
  text: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<FoundLayerFiles, void, void> {
  const content = CONTENT.exec(text)?.[1];
  const sought: Sought = content ? { sum: Buffer.from(content, 'hex') } : { path: matcherOf(text) };
  const digests = await known.digests();
  let shown = 0;
  let reported = performance.now();
  let files: LayerFile[] = [];
  let unsummed = 0;
  for (const [at, layer] of digests.entries()) {
    signal?.throwIfAborted();
    const tree = await known.peek(layer);
    if (tree) {
      const found = await filesOf(layer, tree, sought, signal);
      files.push(...found.files);
      unsummed += found.unsummed;
    }
    const more = shown + files.length > FILES_MAX;
    if (more) files = files.slice(0, FILES_MAX - shown);
    const isLast = more || at === digests.length - 1;
    if (!isLast && performance.now() - reported < REPORT_EVERY) continue;
    reported = performance.now();
    shown += files.length;
    yield { files, layers: { done: at + 1, total: digests.length }, unsummed, more };
    if (more) return;
    files = [];
  }
  if (digests.length === 0) yield { files, layers: { done: 0, total: 0 }, unsummed, more: false };
}

/** A pattern where it has a wildcard, else a part of a path in whatever case. */
function matcherOf(text: string): (path: string) => boolean {
  if (WILDCARD.test(text)) return globMatcher(text);
  const part = text.replace(/^\/+/, '').toLowerCase();
  return (path) => path.toLowerCase().includes(part);
}

/** By path, or by the SHA-256 of the content. */
type Sought = { readonly path: (path: string) => boolean } | { readonly sum: Buffer };

async function filesOf(
  layer: string,
  tree: LayerTree,
  sought: Sought,
  signal: AbortSignal | undefined,
): Promise<{ files: LayerFile[]; unsummed: number }> {
  const files: LayerFile[] = [];
  const paths: string[] = [''];
  let unsummed = 0;
  for await (const node of inSlices(nodesOf(tree), () => signal?.throwIfAborted())) {
    const parent = paths[tree.columns.parent[node] ?? 0] ?? '';
    const path = parent === '' ? tree.name(node) : `${parent}/${tree.name(node)}`;
    if (tree.isDirectory(node)) paths[node] = path;
    const type = tree.type(node);
    if (type === 'implied' || type === 'nothing') continue;
    if ('sum' in sought) {
      if (type !== 'file') continue;
      const sum = tree.sum(node);
      if (!sum) unsummed++;
      if (!sum?.equals(sought.sum)) continue;
    } else if (!sought.path(path)) continue;
    files.push({ layer, path, type: type satisfies FileType, size: tree.columns.size[node] ?? 0 });
    if (files.length > FILES_MAX) break;
  }
  return { files, unsummed };
}

/** Each after the directory that it is in. */
function* nodesOf(tree: LayerTree): Generator<number, void, void> {
  for (let node = 1; node < tree.nodes; node++) yield node;
}
