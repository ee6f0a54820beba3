import type { ImageContent } from '../../src-main/common/image.ts';
import { type Instruction, readInstruction } from './instruction.ts';

type ImageLayers = Pick<Extract<ImageContent, { kind: 'image' }>, 'layers'> & {
  config: Pick<Extract<ImageContent, { kind: 'image' }>['config'], 'history' | 'historyApart'>;
};

/** One line of the layers table: a layer, or a history entry that made none. */
export interface LayerRow {
  /** Names the row in the URL: `layer-<number>` or `entry-<position in the history>`. A digest may come twice. */
  id: string;
  /** Position from 1 among the layers, base first; absent for entries without a layer. */
  number?: number;
  digest?: string;
  mediaType?: string;
  size: number;
  sizeUnknown?: true;
  /** Of the compressed bytes of all layers, 0 to 1. */
  share: number;
  /** What the layers before it have of them. */
  before: number;
  foreign: boolean;
  instruction?: Instruction;
  created?: string;
  comment?: string;
}

/**
 * Layers in build order with the instructions between them. Layers that the history does not name keep their place after the
 * named one before them, so that every layer is in the table exactly once even where the history lies. A history that does not fit
 * the layers is no part of the table.
 */
export function layerRows({ config, layers }: ImageLayers): readonly LayerRow[] {
  const total = layers.reduce((sum, { size }) => sum + size, 0);
  const rows: LayerRow[] = [];
  let next = 0;
  let bytes = 0;
  const addLayer = (index: number, history?: (typeof config.history)[number]) => {
    const layer = layers[index];
    if (!layer) return;
    const createdBy = history?.createdBy ?? layer.createdBy;
    rows.push({
      id: `layer-${index + 1}`,
      number: index + 1,
      digest: layer.digest,
      mediaType: layer.mediaType,
      size: layer.size,
      ...(layer.sizeUnknown ? { sizeUnknown: true } : {}),
      share: total > 0 ? layer.size / total : 0,
      before: total > 0 ? bytes / total : 0,
      foreign: layer.foreign,
      ...notes(createdBy, history?.created ?? layer.created, history?.comment),
    });
    bytes += layer.size;
  };
  for (const [position, entry] of (config.historyApart ? [] : config.history).entries()) {
    if (entry.layer !== undefined && entry.layer >= next && entry.layer < layers.length) {
      while (next < entry.layer) addLayer(next++);
      addLayer(next++, entry);
    } else {
      rows.push({
        id: `entry-${position + 1}`,
        size: 0,
        share: 0,
        before: total > 0 ? bytes / total : 0,
        foreign: false,
        ...notes(entry.createdBy, entry.created, entry.comment),
      });
    }
  }
  while (next < layers.length) addLayer(next++);
  return rows;
}

function notes(createdBy?: string, created?: string, comment?: string) {
  return {
    ...(createdBy ? { instruction: readInstruction(createdBy) } : {}),
    ...(created ? { created } : {}),
    ...(comment ? { comment } : {}),
  };
}
