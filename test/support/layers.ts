import { gzipSync } from 'node:zlib';
import type { ContentSink, LayerEntry } from '../../src-main/engine/layers/entry.ts';
import { readLayer } from '../../src-main/engine/layers/read-layer.ts';
import type { LayerTree } from '../../src-main/engine/layers/tree.ts';
import { TreeBuilder } from '../../src-main/engine/layers/tree-builder.ts';
import { type WalkedLayer, type WalkOptions, walkLayer } from '../../src-main/engine/layers/walk.ts';
import type { LocalRegistry } from '../../src-main/local-registry/index.ts';
import {
  amd64,
  blob,
  descriptor,
  manifestOf,
  mediaTypes,
  sha256,
  type TestBlob,
  type TestManifest,
} from './images.ts';

const BLOCK = 512;

export interface RawEntry {
  readonly name: string;
  readonly type?: string;
  readonly content?: Buffer | string;
  readonly link?: string;
  readonly mode?: number;
  /** What the header says in the place of the content's size. */
  readonly size?: number;
  /** Records of an extended header before it. */
  readonly pax?: Readonly<Record<string, string>>;
}

/** An archive made byte by byte: with what no program writes. */
export function rawTar(entries: readonly RawEntry[], { end = true } = {}): Buffer {
  const parts = entries.flatMap(({ pax, ...entry }) => [
    ...(pax === undefined ? [] : rawEntry({ name: 'pax', type: 'x', content: records(pax) })),
    ...rawEntry(entry),
  ]);
  return Buffer.concat([...parts, ...(end ? [Buffer.alloc(2 * BLOCK)] : [])]);
}

function records(pax: Readonly<Record<string, string>>): string {
  return Object.entries(pax)
    .map(([key, value]) => {
      const rest = ` ${key}=${value}\n`;
      let length = Buffer.byteLength(rest);
      while (Buffer.byteLength(`${length}${rest}`) !== length) length = Buffer.byteLength(`${length}${rest}`);
      return `${length}${rest}`;
    })
    .join('');
}

export function rawEntry({
  name,
  type = '0',
  content = '',
  link = '',
  mode = 0o644,
  size,
}: Omit<RawEntry, 'pax'>): Buffer[] {
  const bytes = Buffer.from(content);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, length: number) =>
    block.write(value.toString(8).padStart(length - 1, '0'), at, 'latin1');
  block.write(name, 0, 100);
  octal(mode, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size ?? bytes.byteLength, 124, 12);
  octal(1_700_000_000, 136, 12);
  block.write(type, 156, 1);
  block.write(link, 157, 100);
  block.write('ustar\u000000', 257, 8, 'latin1');
  block.fill(0x20, 148, 156);
  octal(
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  block[154] = 0;
  return [block, bytes, Buffer.alloc((BLOCK - (bytes.byteLength % BLOCK)) % BLOCK)];
}

/** A blob in memory, in chunks of some bytes; the last of them throws where the digest is another one. */
export function opened(bytes: Buffer, chunk = 64 * 1024) {
  return async function* (offset: number): AsyncGenerator<Buffer, void, void> {
    for (let at = offset; at < bytes.byteLength; at += chunk) yield bytes.subarray(at, at + chunk);
  };
}

export interface Walked extends WalkedLayer {
  readonly seen: readonly LayerEntry[];
  /** By path, of the files that were asked for. */
  readonly contents: ReadonlyMap<string, Buffer>;
}

/** Walks a layer in memory and keeps all that comes. */
export async function walked(
  bytes: Buffer,
  { chunk, ...options }: WalkOptions & { chunk?: number } = {},
): Promise<Walked> {
  const seen: LayerEntry[] = [];
  const contents = new Map<string, Buffer>();
  const result = await walkLayer(
    opened(bytes, chunk),
    { digest: sha256(bytes) },
    (entry): ContentSink | undefined => {
      seen.push(entry);
      if (entry.type !== 'file') return undefined;
      const chunks: Buffer[] = [];
      return {
        write: (piece) => void chunks.push(Buffer.from(piece)),
        end: () => void contents.set(entry.path, Buffer.concat(chunks)),
      };
    },
    options,
  );
  return { ...result, seen, contents };
}

/** The tree of a layer made of such entries. */
export async function treeOf(entries: readonly RawEntry[]): Promise<LayerTree> {
  const builder = new TreeBuilder('test');
  await walkLayer(opened(rawTar(entries)), { digest: 'test' }, (entry) => void builder.add(entry));
  return await builder.finish();
}

/** The same, read as a layer of an image is, with what sums its files have. */
export async function readTreeOf(entries: readonly RawEntry[]): Promise<LayerTree> {
  const bytes = rawTar(entries);
  const blob = { open: opened(bytes), part: async () => undefined };
  const layer = { mediaType: '', digest: sha256(bytes), size: bytes.byteLength };
  const { tree } = await readLayer(blob, layer, { whole: true });
  return tree;
}

/** How often layers of an image were asked for. */
export function layerReads({ requests }: Pick<LocalRegistry, 'requests'>, { blobs }: TestManifest): number {
  const layers = blobs.slice(1);
  return requests.filter(
    ({ method, path }) => method === 'GET' && layers.some(({ digest }) => path.includes(digest)),
  ).length;
}

/** An image of layers given as archives (gzip here) or as blobs, with diff IDs that are right unless others are given. */
export function imageOf(
  layers: readonly (Buffer | TestBlob)[],
  { diffIds, annotations = [] }: { diffIds?: readonly string[]; annotations?: readonly object[] } = {},
): TestManifest {
  const blobs = layers.map((layer) =>
    Buffer.isBuffer(layer) ? blob(mediaTypes.oci.layer, gzipSync(layer)) : layer,
  );
  const config = blob(
    mediaTypes.oci.config,
    Buffer.from(
      JSON.stringify({
        ...amd64,
        config: {},
        rootfs: {
          type: 'layers',
          diff_ids: diffIds ?? layers.map((layer) => sha256(Buffer.isBuffer(layer) ? layer : layer.bytes)),
        },
      }),
    ),
  );
  return manifestOf(
    {
      schemaVersion: 2,
      mediaType: mediaTypes.oci.manifest,
      config: descriptor(config),
      layers: blobs.map((each, at) => ({
        ...descriptor(each),
        ...(annotations[at] ? { annotations: annotations[at] } : {}),
      })),
    },
    [config, ...blobs],
  );
}
