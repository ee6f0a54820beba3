import { damaged } from '../content/file-errors.ts';
import type { Descriptor } from '../model/manifest.ts';
import type { LayerBlob } from './blob.ts';
import type { LayerEntry } from './entry.ts';
import { type WalkOptions, walkInSteps } from './walk.ts';

/** What comes of the files of a layer: one begins, some of its bytes, its end. */
export type FilePiece =
  | { readonly kind: 'begin'; readonly entry: LayerEntry }
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'end' };

/**
 * The content of files of a layer, one after another in the layer's order, as it comes. All of the layer is read for it, so that its
 * digest is verified: what is wrong is thrown at the end, and nothing must be trusted before.
 *
 * @param wants called with paths as the layer names them, normalised
 * @throws {RegistryError} as `walkLayer`
 */
export async function* filesInLayer(
  blob: LayerBlob,
  layer: Descriptor,
  wants: (path: string) => boolean,
  options: WalkOptions = {},
): AsyncGenerator<FilePiece, void, void> {
  let pieces: FilePiece[] = [];
  const steps = walkInSteps(
    blob.open,
    layer,
    (entry) => {
      if (entry.type !== 'file' || !wants(entry.path)) return undefined;
      pieces.push({ kind: 'begin', entry });
      return {
        write: (chunk) => void pieces.push({ kind: 'bytes', bytes: Buffer.from(chunk) }),
        end: () => void pieces.push({ kind: 'end' }),
      };
    },
    options,
  );
  for await (const _ of steps) {
    yield* pieces;
    pieces = [];
  }
}

/** One file. @throws {RegistryError} also `contentDamaged` where the layer has no such file, or several */
export async function* fileInLayer(
  blob: LayerBlob,
  layer: Descriptor,
  path: string,
  options: WalkOptions = {},
): AsyncGenerator<Buffer, void, void> {
  let found = 0;
  for await (const piece of filesInLayer(blob, layer, (each) => each === path, options)) {
    if (piece.kind === 'bytes') yield piece.bytes;
    if (piece.kind === 'begin') found += 1;
    if (found > 1) throw damaged(layer.digest, `${path} is in it twice.`);
  }
  if (found === 0) throw damaged(layer.digest, `${path} is not in it.`);
}
