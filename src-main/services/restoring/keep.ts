import { graph, type RawManifest, RegistryError } from '../../engine/index.ts';
import type { RegistryHandle } from '../types.ts';

/**
 * A manifest with its children, which a registry's garbage collection may take later, as the trash keeps them; nothing where it
 * is not there.
 */
export async function readForTrash(
  registry: RegistryHandle,
  repository: string,
  digest: string,
  signal: AbortSignal,
): Promise<readonly RawManifest[]> {
  try {
    const root = await registry.reader.get(repository, digest, signal);
    return await withChildren(registry, repository, root, signal);
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'notFound') return [];
    throw error;
  }
}

async function withChildren(
  registry: RegistryHandle,
  repository: string,
  root: RawManifest,
  signal: AbortSignal,
): Promise<readonly RawManifest[]> {
  try {
    return (await graph(registry.reader, repository, root, { signal, gaps: 'skip' })).manifests;
  } catch (error) {
    // A manifest whose parts we do not know is kept as it is.
    const alone: readonly string[] = ['unsupported', 'invalidResponse', 'tooLarge'];
    if (error instanceof RegistryError && alone.includes(error.code)) return [root];
    throw error;
  }
}
