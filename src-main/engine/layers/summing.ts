import { createHash } from 'node:crypto';
import type { ContentSink, LayerEntry } from './entry.ts';
import type { TreeBuilder } from './tree-builder.ts';

/** Bytes of a file with holes whose content is summed: zeros that an archive does not have come at once. */
const SPARSE_MAX = 16 * 2 ** 20;

export function isSummed({ type, sparse, size }: LayerEntry): boolean {
  return type === 'file' && (sparse === undefined || size <= SPARSE_MAX);
}

/** Sums the content of a file on its way to who wants it. */
export class SummingSink implements ContentSink {
  readonly #hash = createHash('sha256');
  readonly #builder: TreeBuilder;
  readonly #node: number;
  readonly #sink: ContentSink | undefined;

  constructor(builder: TreeBuilder, node: number, sink: ContentSink | undefined) {
    this.#builder = builder;
    this.#node = node;
    this.#sink = sink;
  }

  write(chunk: Uint8Array): void {
    this.#hash.update(chunk);
    this.#sink?.write(chunk);
  }

  end(): void {
    this.#builder.sum(this.#node, this.#hash.digest());
    this.#sink?.end();
  }
}
