import type { LayerCounts, LayerFiles } from '../../src-main/common/files.ts';
import type { ImageContent } from '../../src-main/common/image.ts';
import type { Instruction } from '../image/instruction.ts';
import { layerRows } from '../image/layer-rows.ts';

/** A layer with what is known of its files, base first. */
export interface LayerItem extends LayerFiles {
  readonly index: number;
  /** As the Layers tab names it in the address. */
  readonly id: string;
  readonly instruction?: Instruction;
  /** What it did to files, once it and all below it were read. */
  readonly counts?: LayerCounts;
  /** It says that it carries a table of contents, so that little of it needs reading. */
  readonly listed: boolean;
}

/** Annotations with which layers say that they carry a table of contents. */
const TOC_ANNOTATIONS = [
  'containerd.io/snapshot/stargz/toc.digest',
  'io.github.containers.zstd-chunked.manifest-position',
];

export function layerItems(
  content: Extract<ImageContent, { kind: 'image' }>,
  layers: readonly LayerFiles[],
  counts: readonly LayerCounts[] = [],
): readonly LayerItem[] {
  const rows = layerRows(content).filter(({ number }) => number !== undefined);
  return layers.map((layer, index) => {
    const instruction = rows[index]?.instruction;
    const annotations = content.layers[index]?.annotations ?? {};
    return {
      ...layer,
      index,
      id: `layer-${index + 1}`,
      ...(instruction ? { instruction } : {}),
      ...(counts[index] ? { counts: counts[index] } : {}),
      listed: TOC_ANNOTATIONS.some((name) => annotations[name] !== undefined),
    };
  });
}

/** Bytes that are read without asking: a moment on any line. */
export const UNASKED = 32_000_000;

/** What has to be read to show the files of a layer, and the bytes of it; tables of contents count as none. */
export function toRead(layers: readonly LayerItem[], at: number): { layers: number[]; bytes: number } {
  const unread = layers.slice(0, at + 1).filter(({ state }) => state === 'unread');
  return {
    layers: unread.map(({ index }) => index),
    bytes: unread.reduce((bytes, { listed, size }) => bytes + (listed ? 0 : size), 0),
  };
}
