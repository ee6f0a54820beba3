import { graph, orMissing, type RawManifest, RegistryError } from '../../engine/index.ts';
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
  const root = await orMissing(registry.reader.get(repository, digest, signal));
  return root ? await withChildren(registry, repository, root, signal) : [];
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
