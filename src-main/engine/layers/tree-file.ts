import { pipeline } from 'node:stream/promises';
import { createDeflate, createInflate } from 'node:zlib';
import { emptyColumns, LayerTree, type TreeColumns } from './tree.ts';

/** Of the form of the file: one of another form is made anew. */
const MAGIC = 'wharfinger-tree-4\n';
/** Bytes of a tree in memory; one of five million paths has some 550 MB. */
const TREE_MAX = 1024 * 2 ** 20;
/** Bytes of a node without its name and link. */
const NODE = 87;
/** Bytes before the columns: how many nodes, bytes of names, bytes of links. */
const HEAD = 12;

/** Bytes that are packed, or copied, at once: columns of a hundred megabytes in one piece would make others wait. */
const PIECE = 2 ** 20;

const ORDER = [
  ...(['parent', 'firstChild', 'nameStart', 'linkStart', 'kind', 'mode'] as const),
  ...(['uid', 'gid', 'size', 'modified', 'files', 'attributes', 'entry', 'sums', 'names', 'links'] as const),
];

/** The tree in bytes, compressed, in parts: some 15 for each path, and 32 for each file. */
export async function writeTree({ nodes, columns }: LayerTree): Promise<Buffer[]> {
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(nodes, 0);
  head.writeUInt32LE(columns.names.byteLength, 4);
  head.writeUInt32LE(columns.links.byteLength, 8);
  const packed: Buffer[] = [Buffer.from(MAGIC)];
  await pipeline(
    piecesOf([head, ...bytesOf(columns)]),
    createDeflate({ level: 1, chunkSize: PIECE }),
    async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) packed.push(chunk);
    },
  );
  return packed;
}

/** Undefined for what is no tree, or one of another form. */
export async function readTree(bytes: Uint8Array): Promise<LayerTree | undefined> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined;
  const filling = new Filling();
  try {
    await pipeline(
      piecesOf([file.subarray(MAGIC.length)]),
      createInflate({ chunkSize: PIECE }),
      async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of chunks) filling.take(chunk);
      },
    );
  } catch {
    return undefined;
  }
  return filling.tree();
}

function* piecesOf(parts: readonly Uint8Array[]): Generator<Uint8Array, void, void> {
  for (const part of parts)
    for (let at = 0; at < part.byteLength; at += PIECE) yield part.subarray(at, at + PIECE);
}

/** The columns one after the other, not copied. */
function bytesOf(columns: TreeColumns): Uint8Array[] {
  return ORDER.map((name) => {
    const { buffer, byteOffset, byteLength } = columns[name];
    return new Uint8Array(buffer, byteOffset, byteLength);
  });
}

/** Columns that are filled as their bytes come. */
class Filling {
  readonly #head = Buffer.alloc(HEAD);
  #columns: TreeColumns | undefined;
  /** What is not full yet; the first of them is being filled. */
  #open: Uint8Array[] = [this.#head];

  /** @throws {RangeError} for more than there should be */
  take(chunk: Uint8Array): void {
    let rest = chunk;
    while (rest.byteLength > 0) {
      const [into] = this.#open;
      if (!into) throw new RangeError('There is more than the head says.');
      const part = rest.subarray(0, into.byteLength);
      into.set(part);
      rest = rest.subarray(part.byteLength);
      if (part.byteLength < into.byteLength) this.#open[0] = into.subarray(part.byteLength);
      else this.#next();
    }
  }

  tree(): LayerTree | undefined {
    return this.#columns && this.#open.length === 0 ? new LayerTree(this.#columns) : undefined;
  }

  #next(): void {
    this.#open.shift();
    if (this.#columns) return;
    this.#columns = columnsOf(
      this.#head.readUInt32LE(0),
      this.#head.readUInt32LE(4),
      this.#head.readUInt32LE(8),
    );
    this.#open = bytesOf(this.#columns).filter(({ byteLength }) => byteLength > 0);
  }
}

/** @throws {RangeError} for none, and for more than a tree may have */
function columnsOf(nodes: number, names: number, links: number): TreeColumns {
  if (nodes === 0 || nodes * NODE + names + links > TREE_MAX) throw new RangeError('It is no tree.');
  return emptyColumns(nodes, names, links);
}
