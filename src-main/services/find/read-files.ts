import type { Failure } from '../../common/failure.ts';
import { RegistryError } from '../../engine/index.ts';
import type { ImageAt } from '../core/image-at.ts';
import { failureOf } from '../failure.ts';
import { ImageLayers } from '../layers/image-layers.ts';
import type { KnownLayers } from '../layers/known-layers.ts';

/**
 * Reads the layers of an image that nobody has read, each whole: so it is known, too, what is in its files. One that cannot be read costs
 * itself only.
 *
 * @returns why the first of these could not
 */
export async function readFiles(
  known: KnownLayers,
  at: ImageAt,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const image = await ImageLayers.open(at, { signal });
  let failure: Failure | undefined;
  for (const layer of image.layers) {
    if (await known.get(layer.digest)) continue;
    try {
      await known.read(layer, image.blob(layer), { signal, sums: true });
    } catch (error) {
      if (!(error instanceof RegistryError) || error.code === 'cancelled') throw error;
      failure ??= failureOf(error);
    }
  }
  return failure;
}
