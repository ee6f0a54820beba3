import type { ComparedLayerState } from '../vocabulary/comparison.ts';
import { align } from './align.ts';
import type { SideLayer } from './image.ts';
import { holdsSecret } from './secret-looking.ts';

export interface LayerRow {
  state: ComparedLayerState;
  left?: SideLayer;
  right?: SideLayer;
  /** The instruction that made it seems to hold a secret. */
  secret?: true;
}

/** Layers of two images beside each other, by what is in them: how they are compressed does not matter. */
export async function alignLayers(
  left: readonly SideLayer[],
  right: readonly SideLayer[],
  signal?: AbortSignal,
): Promise<LayerRow[]> {
  const diffIds = new Map([...left, ...right].map(({ digest, diffId }) => [digest, diffId ?? digest]));
  const content = ({ digest, diffId }: SideLayer) => diffId ?? diffIds.get(digest) ?? digest;
  const aligned = await align(left.map(content), right.map(content), signal);
  return aligned.map((at): LayerRow => {
    const one = at.left === undefined ? undefined : left[at.left];
    const other = at.right === undefined ? undefined : right[at.right];
    const secret = [one, other].some(
      (layer) => layer?.createdBy !== undefined && holdsSecret(layer.createdBy),
    );
    return {
      state: stateOf(one, other),
      ...(one ? { left: one } : {}),
      ...(other ? { right: other } : {}),
      ...(secret ? { secret } : {}),
    };
  });
}

function stateOf(left: SideLayer | undefined, right: SideLayer | undefined): ComparedLayerState {
  if (!left) return 'onlyRight';
  if (!right) return 'onlyLeft';
  return left.digest === right.digest ? 'same' : 'recompressed';
}

export const isShared = ({ state }: Pick<LayerRow, 'state'>): boolean =>
  state === 'same' || state === 'recompressed';
