import { type AttachedSboms, RegistryError, readAttachedSboms } from '../../engine/index.ts';
import { failureOf } from '../failure.ts';
import { entriesOf } from '../index-entries.ts';
import type { ImageLayers } from '../layers/image-layers.ts';

/** The SBOMs of an image, and of the index that it was chosen from. @throws RegistryError what would end every request */
export async function attachedTo(
  { source, repository, digest, diffIds = [] }: ImageLayers,
  index: string | undefined,
  signal: AbortSignal,
): Promise<AttachedSboms> {
  const unseen: string[] = [];
  const listed = async (of: string) => {
    try {
      return { digest: of, entries: await entriesOf(source, repository, of, signal) };
    } catch (error) {
      if (!(error instanceof RegistryError) || error.code === 'cancelled') throw error;
      const { message, reason = message } = failureOf(error);
      unseen.push(`${of}: ${reason}`);
      return undefined;
    }
  };
  const of = { image: digest, diffIds, index: index === undefined ? undefined : await listed(index) };
  const found = await readAttachedSboms(source, repository, of, { signal });
  return { ...found, unseen: [...found.unseen, ...unseen] };
}
