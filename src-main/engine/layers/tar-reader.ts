import { damaged, notContent } from '../content/file-errors.ts';
import {
  BLOCK,
  isHeader,
  isZero,
  padded,
  readHeader,
  readNumber,
  readPax,
  type TarHeader,
} from '../content/tar-header.ts';
import { attributesOf } from './attributes.ts';
import type { ContentSink, LayerEntryType, VisitEntry } from './entry.ts';
import { entryOf } from './entry-of.ts';
import { readSparseBlock, readSparseList, type SparseMap, SparseSink } from './sparse.ts';
import type { LayerWarning } from './warnings.ts';

/** Bytes of a long name or an extended header; Go reads no more either. */
const EXTENSION_MAX = 1024 * 1024;

const TYPES: Readonly<Record<string, LayerEntryType>> = {
  '0': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'character',
  '4': 'block',
  '5': 'directory',
  '6': 'fifo',
  '7': 'file',
  S: 'file',
};
/** Of extended headers: for the next entry, for all that follow, a long name, a long link. */
const EXTENSIONS = 'xXgLK';
/** What is kept of extended headers for all that follow: a layer may have any number of them. */
const GLOBAL = /^(?:path|linkpath|size|uid|gid|mtime|GNU\.sparse\.(?:name|realsize|size|map|major))$/;
/** GNU's old sparse files keep their whole size here. */
const SPARSE_SIZE = { start: 483, end: 495 };

/** What is known of the entry to come before its header, or of one whose header goes on. */
interface Extension {
  path?: string;
  link?: string;
  pax?: ReadonlyMap<string, string>;
}

/**
 * Reads a tar archive as its bytes come, and keeps none of them. What single entries have wrong with their names is left out and
 * reported; what is wrong with the archive itself is thrown.
 *
 * @see POSIX.1-2024, pax; GNU tar, "Basic Tar Format"
 */
export class TarReader {
  readonly #where: string;
  readonly #visit: VisitEntry;
  readonly #warn: (warning: LayerWarning) => void;
  readonly #block = Buffer.alloc(BLOCK);
  #held = 0;
  #state: 'header' | 'extension' | 'sparse' | 'content' | 'end' = 'header';
  #extension: Extension = {};
  readonly #global = new Map<string, string>();
  /** Of an extended header: its type and what came of it. */
  #extending = { type: '', chunks: [] as Buffer[] };
  #sparse: { map: SparseMap; block: Buffer; header: TarHeader } | undefined;
  #sink: ContentSink | undefined;
  /** Bytes of a content, and those with which it fills its last block. */
  #left = 0;
  #filling = 0;
  #name = '';
  #first = true;
  /** Entries seen, those left out as well. */
  entries = 0;

  constructor(where: string, visit: VisitEntry, warn: (warning: LayerWarning) => void) {
    this.#where = where;
    this.#visit = visit;
    this.#warn = warn;
  }

  /** @throws {RegistryError} `notContent` where the beginning is no tar archive; `contentDamaged` */
  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.byteLength && this.#state !== 'end'; ) {
      if (this.#left > 0) {
        const length = Math.min(this.#left, chunk.byteLength - at);
        if (this.#sink || this.#state === 'extension') this.#take(chunk.subarray(at, at + length));
        at += length;
        this.#left -= length;
        if (this.#left === 0) this.#finish();
      } else if (this.#filling > 0) {
        const skipped = Math.min(this.#filling, chunk.byteLength - at);
        at += skipped;
        this.#filling -= skipped;
      } else if (this.#held === 0 && chunk.byteLength - at >= BLOCK) {
        this.#takeBlock(chunk.subarray(at, at + BLOCK));
        at += BLOCK;
      } else {
        const copied = chunk.copy(this.#block, this.#held, at, at + BLOCK - this.#held);
        at += copied;
        this.#held += copied;
        if (this.#held === BLOCK) {
          this.#held = 0;
          this.#takeBlock(this.#block);
        }
      }
    }
  }

  /** @throws {RegistryError} `contentDamaged` where it ends within an entry; `notContent` where it never began */
  end(): void {
    if (this.#state === 'end') return;
    if (this.#first && this.#held > 0) throw notContent(this.#where, 'it is no tar archive.');
    if (this.#left > 0 || this.#filling > 0 || this.#held > 0 || this.#state !== 'header')
      throw damaged(this.#where, `it ends within ${this.#name.slice(0, 200)}.`);
    if (!this.#first) this.#warn('noEnd');
  }

  #takeBlock(block: Buffer): void {
    if (this.#state === 'sparse' && this.#sparse) {
      const { map, block: first, header } = this.#sparse;
      if (!readSparseBlock(block, false, map)) this.#begin(first, header, map);
      return;
    }
    if (isZero(block)) {
      this.#state = 'end';
      return;
    }
    if (this.#first && !isHeader(block)) throw notContent(this.#where, 'it is no tar archive.');
    this.#first = false;
    const header = readHeader(block, this.#where);
    const { type, size, name } = header;
    this.#name = name;
    if (EXTENSIONS.includes(type)) {
      if (size > EXTENSION_MAX)
        throw damaged(this.#where, `it has a header of ${size} bytes; at most ${EXTENSION_MAX} are read.`);
      this.#extending = { type, chunks: [] };
      this.#state = 'extension';
      this.#expect(size);
      return;
    }
    const map: SparseMap = [];
    if (type === 'S' && readSparseBlock(block, true, map)) {
      this.#sparse = { map, block: Buffer.from(block), header };
      this.#state = 'sparse';
      return;
    }
    this.#begin(block, header, type === 'S' ? map : undefined);
  }

  /** An entry whose headers are all there. */
  #begin(block: Buffer, header: TarHeader, gnuSparse: SparseMap | undefined): void {
    const { path: longPath, link: longLink, pax = new Map<string, string>() } = this.#extension;
    this.#extension = {};
    this.#sparse = undefined;
    this.#state = 'content';
    this.entries += 1;
    const field = (key: string): string | undefined => pax.get(key) ?? this.#global.get(key);
    const number = (key: string, stated: number): number => numberOf(field(key)) ?? stated;

    const name = field('GNU.sparse.name') ?? field('path') ?? longPath ?? header.name;
    this.#name = name;
    const stored = this.#sizeIn(field('size')) ?? header.size;
    const type = header.type === '0' && name.endsWith('/') ? 'directory' : TYPES[header.type];
    const content = type === 'file' || type === undefined ? stored : 0;
    const sparse = this.#sparseOf(block, gnuSparse, field);
    const size = type === 'file' ? (sparse?.size ?? stored) : 0;
    const attributes = attributesOf(block, pax);
    const entry = entryOf(
      {
        name,
        type,
        link: field('linkpath') ?? longLink ?? header.link,
        size,
        mode: header.mode,
        uid: number('uid', header.uid),
        gid: number('gid', header.gid),
        modified: number('mtime', header.modified),
        ...(attributes === undefined ? {} : { attributes }),
        ...(sparse ? { sparse: true } : {}),
      },
      this.#warn,
    );
    const sink = entry && this.#visit(entry);
    // Only files have content.
    this.#sink = entry?.type === 'file' ? sink : undefined;
    if (this.#sink && sparse) this.#sink = new SparseSink(this.#sink, sparse.map, size, this.#where);
    this.#expect(content);
  }

  /** Undefined for a file without holes. Without a map it comes before the content. */
  #sparseOf(
    block: Buffer,
    gnu: SparseMap | undefined,
    field: (key: string) => string | undefined,
  ): { size: number; map: SparseMap | undefined } | undefined {
    if (gnu)
      return { size: Math.max(0, readNumber(block, SPARSE_SIZE.start, SPARSE_SIZE.end) ?? 0), map: gnu };
    const size = this.#sizeIn(field('GNU.sparse.realsize') ?? field('GNU.sparse.size'));
    const map = field('GNU.sparse.map');
    if (map !== undefined && size !== undefined) return { size, map: readSparseList(map) };
    return field('GNU.sparse.major') === '1' && size !== undefined ? { size, map: undefined } : undefined;
  }

  /** Of an extended header. @throws {RegistryError} `contentDamaged`: where the next entry begins is not known then */
  #sizeIn(text: string | undefined): number | undefined {
    if (text === undefined || /^\d{1,15}$/.test(text)) return numberOf(text);
    throw damaged(this.#where, `the size of ${this.#name.slice(0, 200)} cannot be read.`);
  }

  #expect(size: number): void {
    this.#left = size;
    this.#filling = padded(size) - size;
    if (size === 0) this.#finish();
  }

  #take(piece: Buffer): void {
    if (this.#state === 'extension') this.#extending.chunks.push(Buffer.from(piece));
    else this.#sink?.write(piece);
  }

  #finish(): void {
    if (this.#state === 'extension') this.#extend(Buffer.concat(this.#extending.chunks));
    else this.#sink?.end();
    this.#sink = undefined;
    this.#state = 'header';
  }

  #extend(bytes: Buffer): void {
    const { type } = this.#extending;
    if (type === 'L') this.#extension.path = untilZero(bytes);
    else if (type === 'K') this.#extension.link = untilZero(bytes);
    else {
      const pax = readPax(bytes);
      if (!pax) throw damaged(this.#where, 'an extended header cannot be read.');
      if (type === 'g') {
        for (const [key, value] of pax) if (GLOBAL.test(key)) this.#global.set(key, value);
      } else this.#extension.pax = sparseMapped(pax, bytes);
    }
  }
}

/** The form 0.0 repeats its keys, once for each part: they are put together as the form 0.1 has them. */
function sparseMapped(pax: ReadonlyMap<string, string>, bytes: Buffer): ReadonlyMap<string, string> {
  if (!pax.has('GNU.sparse.numbytes') || pax.has('GNU.sparse.map')) return pax;
  const numbers = [...bytes.toString('latin1').matchAll(/ GNU\.sparse\.(?:offset|numbytes)=(\d+)\n/g)];
  return new Map([...pax, ['GNU.sparse.map', numbers.map(([, number]) => number).join(',')]]);
}

const untilZero = (bytes: Buffer): string => bytes.toString().replace(/\0.*$/s, '');

/** Undefined for what is no number that can be counted with. */
function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^-?\d{1,15}(\.\d*)?$/.test(text)) return undefined;
  return Number(text);
}
