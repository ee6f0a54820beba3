import { damaged } from '../content/file-errors.ts';
import type { Descriptor } from '../model/manifest.ts';
import type { LayerBlob } from './blob.ts';
import type { LayerEntry } from './entry.ts';
import type { FileOrigin } from './tree.ts';
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
 * @param wanted paths as the layer names them, normalised, each with which of the files of that name is meant, from 1
 * @throws {RegistryError} as `walkLayer`; `contentDamaged` where the layer has not all of them
 */
export async function* filesInLayer(
  blob: LayerBlob,
  layer: Descriptor,
  wanted: ReadonlyMap<string, number>,
  options: WalkOptions = {},
): AsyncGenerator<FilePiece, void, void> {
  let pieces: FilePiece[] = [];
  /** How many files of that name come up to the one that is meant. */
  const left = new Map(wanted);
  const steps = walkInSteps(
    blob.open,
    layer,
    (entry) => {
      const files = entry.type === 'file' ? left.get(entry.path) : undefined;
      if (files === undefined) return undefined;
      left.set(entry.path, files - 1);
      if (files > 1) return undefined;
      left.delete(entry.path);
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
  for (const path of left.keys()) throw damaged(layer.digest, `${path} is not in it.`);
}

/** One file. @throws {RegistryError} as {@link filesInLayer} */
export async function* fileInLayer(
  blob: LayerBlob,
  layer: Descriptor,
  { path, nth }: FileOrigin,
  options: WalkOptions = {},
): AsyncGenerator<Buffer, void, void> {
  for await (const piece of filesInLayer(blob, layer, new Map([[path, nth]]), options))
    if (piece.kind === 'bytes') yield piece.bytes;
}
