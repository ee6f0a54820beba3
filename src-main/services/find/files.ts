import type { FoundLayerFiles, LayerFile } from '../../common/find.ts';
import { inSlices, type LayerTree } from '../../engine/index.ts';
import type { FileType } from '../../engine/vocabulary.ts';
import { globMatcher } from '../layers/glob.ts';
import type { KnownLayers } from '../layers/known-layers.ts';

/** Files that are shown: more say nothing more. */
const FILES_MAX = 500;
/** Milliseconds between two reports of how far it is. */
const REPORT_EVERY = 100;
const WILDCARD = /[*?[\]{}]/;

/** Files of all layers that were read. @throws ServiceError `invalidInput` for a pattern that is none */
export async function* findFiles(
  known: KnownLayers,
  text: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<FoundLayerFiles, void, void> {
  const matches = matcherOf(text);
  const digests = await known.digests();
  let shown = 0;
  let reported = performance.now();
  let files: LayerFile[] = [];
  for (const [at, layer] of digests.entries()) {
    signal?.throwIfAborted();
    const tree = await known.peek(layer);
    if (tree) files.push(...(await filesOf(layer, tree, matches, signal)));
    const more = shown + files.length > FILES_MAX;
    if (more) files = files.slice(0, FILES_MAX - shown);
    const isLast = more || at === digests.length - 1;
    if (!isLast && performance.now() - reported < REPORT_EVERY) continue;
    reported = performance.now();
    shown += files.length;
    yield { files, layers: { done: at + 1, total: digests.length }, more };
    if (more) return;
    files = [];
  }
  if (digests.length === 0) yield { files, layers: { done: 0, total: 0 }, more: false };
}

/** A pattern where it has a wildcard, else a part of a path in whatever case. */
function matcherOf(text: string): (path: string) => boolean {
  if (WILDCARD.test(text)) return globMatcher(text);
  const part = text.replace(/^\/+/, '').toLowerCase();
  return (path) => path.toLowerCase().includes(part);
}

async function filesOf(
  layer: string,
  tree: LayerTree,
  matches: (path: string) => boolean,
  signal: AbortSignal | undefined,
): Promise<LayerFile[]> {
  const found: LayerFile[] = [];
  const paths: string[] = [''];
  for await (const node of inSlices(nodesOf(tree), () => signal?.throwIfAborted())) {
    const parent = paths[tree.columns.parent[node] ?? 0] ?? '';
    const path = parent === '' ? tree.name(node) : `${parent}/${tree.name(node)}`;
    if (tree.isDirectory(node)) paths[node] = path;
    const type = tree.type(node);
    if (type === 'implied' || type === 'nothing' || !matches(path)) continue;
    found.push({ layer, path, type: type satisfies FileType, size: tree.columns.size[node] ?? 0 });
    if (found.length > FILES_MAX) break;
  }
  return found;
}

/** Each after the directory that it is in. */
function* nodesOf(tree: LayerTree): Generator<number, void, void> {
  for (let node = 1; node < tree.nodes; node++) yield node;
}
