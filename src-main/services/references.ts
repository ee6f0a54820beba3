import { checkDigest, checkTag, RegistryError } from '../engine/index.ts';
import type { RegistryHandle } from './types.ts';

/** A tag or a digest, told apart by the colon no tag has. @throws RegistryError `invalidReference`, `invalidDigest` */
export function checkManifestReferenceOf(text: string): string {
  return text.includes(':') ? checkDigest(text) : checkTag(text);
}

/** What a tag points at; undefined where there is no such tag. */
export async function digestAt(
  registry: Pick<RegistryHandle, 'reader'>,
  repository: string,
  tag: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    return (await registry.reader.head(repository, tag, signal)).digest;
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'notFound') return undefined;
    throw error;
  }
}
