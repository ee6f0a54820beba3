import { gzipSync, zstdCompressSync } from 'node:zlib';
import { sha256 } from './images.ts';
import { type RawEntry, rawEntry } from './layers.ts';

/** A layer with a table of contents, as its blob and as what the manifest says of it. */
export interface TocLayer {
  readonly bytes: Buffer;
  readonly annotations: Readonly<Record<string, string>>;
  /** Where its table of contents begins. */
  readonly toc: number;
}

interface TocOptions {
  /** Bytes of a piece of a file. */
  readonly chunk?: number;
  /** Changes what the table says. */
  readonly lie?: (entries: TocEntry[]) => void;
  /** Writes the table as it is, with the digest of another one in the manifest. */
  readonly wrongDigest?: boolean;
}

export type TocEntry = Record<string, string | number>;

const TYPES: Readonly<Record<string, string>> = {
  '0': 'reg',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'char',
  '5': 'dir',
  '6': 'fifo',
};

/** An archive in members that can be unpacked alone: headers together, and each piece of a file for itself. */
class Members {
  readonly #compress: (bytes: Buffer) => Buffer;
  readonly #out: Buffer[] = [];
  #waiting: Buffer[] = [];
  size = 0;

  constructor(compress: (bytes: Buffer) => Buffer) {
    this.#compress = compress;
  }

  wait(...bytes: readonly Buffer[]): void {
    this.#waiting.push(...bytes);
  }

  /** @returns where it begins */
  write(bytes: Buffer): number {
    this.flush();
    const start = this.size;
    this.raw(this.#compress(bytes));
    return start;
  }

  flush(): void {
    const waiting = Buffer.concat(this.#waiting);
    this.#waiting = [];
    if (waiting.length > 0) this.raw(this.#compress(waiting));
  }

  raw(bytes: Buffer): void {
    this.#out.push(bytes);
    this.size += bytes.length;
  }

  all(): Buffer {
    return Buffer.concat(this.#out);
  }
}

/** Writes the entries, and says of each what a table of contents says. */
function writeEntries(members: Members, entries: readonly RawEntry[], chunk: number): TocEntry[] {
  return entries.flatMap((entry): TocEntry[] => {
    const { name, type = '0', link, mode = 0o644 } = entry;
    const content = Buffer.from(entry.content ?? '');
    const [header = Buffer.alloc(0), , padding = Buffer.alloc(0)] = rawEntry(entry);
    members.wait(header);
    const stated: TocEntry = {
      ...{ name, type: TYPES[type] ?? type, mode: mode | (type === '5' ? 0o40000 : 0o100000) },
      ...{ modtime: '2023-11-14T22:13:20Z', uid: 0, gid: 0, ...(link ? { linkName: link } : {}) },
    };
    if (content.length === 0) return [stated];
    const pieces: TocEntry[] = [];
    for (let at = 0; at < content.length; at += chunk) {
      const piece = content.subarray(at, at + chunk);
      const last = at + chunk >= content.length;
      pieces.push({
        ...(at === 0
          ? { ...stated, size: content.length, digest: sha256(content) }
          : { name, type: 'chunk' }),
        ...{ offset: members.write(piece), chunkOffset: at, chunkDigest: sha256(piece) },
        ...(last ? {} : { chunkSize: piece.length }),
      });
    }
    members.wait(padding);
    return pieces;
  });
}

/** @see containerd/stargz-snapshotter, docs/estargz.md */
export function estargz(
  entries: readonly RawEntry[],
  { chunk = 4 << 20, lie, wrongDigest }: TocOptions = {},
): TocLayer {
  const members = new Members((bytes) => gzipSync(bytes));
  const list = writeEntries(members, entries, chunk);
  lie?.(list);
  members.flush();
  const toc = members.size;
  const { member, digest } = estargzToc(list);
  members.raw(member);
  members.raw(estargzFooter(toc));
  const stated = wrongDigest ? sha256('another') : digest;
  return { bytes: members.all(), annotations: { [ESTARGZ_DIGEST]: stated }, toc };
}

export const ESTARGZ_DIGEST = 'containerd.io/snapshot/stargz/toc.digest';

/** The last entry of the archive, with its digest without compression. */
export function estargzToc(entries: readonly TocEntry[]): { member: Buffer; digest: string } {
  const content = Buffer.from(JSON.stringify({ version: 1, entries }, null, 1));
  const archive = [...rawEntry({ name: 'stargz.index.json', content }), Buffer.alloc(1024)];
  return { member: gzipSync(Buffer.concat(archive)), digest: sha256(content) };
}

/** An empty gzip member whose extra field says where the table of contents is. */
export function estargzFooter(toc: number): Buffer {
  const field = `${toc.toString(16).padStart(16, '0')}STARGZ`;
  return Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 26, 0]),
    Buffer.from('SG'),
    Buffer.from([22, 0]),
    Buffer.from(field),
    Buffer.from([1, 0, 0, 0xff, 0xff]),
    Buffer.alloc(8),
  ]);
}

/** @see containers/storage, pkg/chunked/internal/minimal */
export function zstdChunked(
  entries: readonly RawEntry[],
  { chunk = 4 << 20, lie, wrongDigest }: TocOptions = {},
): TocLayer {
  const members = new Members((bytes) => zstdCompressSync(bytes));
  const list = writeEntries(members, entries, chunk);
  members.wait(Buffer.alloc(1024));
  members.flush();
  for (const [at, entry] of list.entries())
    if (entry.type === 'reg' && entry.offset) entry.endOffset = Number(list[at + 1]?.offset ?? members.size);
  lie?.(list);
  const toc = members.size + 8;
  const { bytes, annotations } = chunkedToc(list, members.size);
  members.raw(bytes);
  if (wrongDigest) annotations[CHUNKED_CHECKSUM] = sha256('another');
  return { bytes: members.all(), annotations, toc };
}

const CHUNKED_CHECKSUM = 'io.github.containers.zstd-chunked.manifest-checksum';

/** What follows the archive, which ends at `start`, and what the manifest says of it. */
export function chunkedToc(
  entries: readonly TocEntry[],
  start: number,
): { bytes: Buffer; annotations: Record<string, string> } {
  const content = Buffer.from(JSON.stringify({ version: 1, entries }));
  const stored = zstdCompressSync(content);
  return {
    bytes: Buffer.concat([
      skippable(stored),
      skippable(Buffer.from('tar-split')),
      skippable(chunkedFooter(start + 8, stored.length, content.length)),
    ]),
    annotations: {
      [CHUNKED_CHECKSUM]: sha256(stored),
      'io.github.containers.zstd-chunked.manifest-position': `${start + 8}:${stored.length}:${content.length}:1`,
    },
  };
}

function skippable(bytes: Buffer): Buffer {
  const head = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0]);
  head.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([head, bytes]);
}

function chunkedFooter(start: number, stored: number, size: number): Buffer {
  const footer = Buffer.alloc(64);
  for (const [at, value] of [start, stored, size, 1, 0, 0, 0].entries())
    footer.writeBigUInt64LE(BigInt(value), 8 * at);
  footer.write('GNUlInUx', 56);
  return footer;
}
