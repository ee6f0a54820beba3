import { RegistryError } from '../engine/index.ts';
import type { RegistryHandle } from './types.ts';

/** What a tag or digest points at; undefined where there is no such manifest. */
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
