import { createHash, type Hash, hash } from 'node:crypto';
import type { ContentSink, LayerEntry } from './entry.ts';
import type { TreeBuilder } from './tree-builder.ts';

/** Bytes of a file with holes whose content is summed: zeros that an archive does not have come at once. */
const SPARSE_MAX = 16 * 2 ** 20;

const SUM_OF_NOTHING = createHash('sha256').digest();

export function isSummed({ type, sparse, size }: LayerEntry): boolean {
  return type === 'file' && (sparse === undefined || size <= SPARSE_MAX);
}

/** Sums the content of a file on its way to who wants it. What comes in one piece is summed at once, which takes a fraction of a hash of its own. */
export class SummingSink implements ContentSink {
  #hash: Hash | undefined;
  readonly #size: number;
  readonly #builder: TreeBuilder;
  readonly #node: number;
  readonly #sink: ContentSink | undefined;

  constructor(builder: TreeBuilder, node: number, size: number, sink: ContentSink | undefined) {
    this.#size = size;
    this.#builder = builder;
    this.#node = node;
    this.#sink = sink;
  }

  write(chunk: Uint8Array): void {
    if (!this.#hash && chunk.byteLength === this.#size)
      this.#builder.sum(this.#node, hash('sha256', chunk, 'buffer'));
    else {
      this.#hash ??= createHash('sha256');
      this.#hash.update(chunk);
    }
    this.#sink?.write(chunk);
  }

  end(): void {
    if (this.#size === 0) this.#builder.sum(this.#node, SUM_OF_NOTHING);
    else if (this.#hash) this.#builder.sum(this.#node, this.#hash.digest());
    this.#sink?.end();
  }
}
