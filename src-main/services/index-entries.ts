import { type ContentSource, type Descriptor, parseManifest, RegistryError } from '../engine/index.ts';

/** What an index lists; nothing where it is no index, or none that can be read: what is attached to it can be all the same. */
export async function entriesOf(
  source: ContentSource,
  repository: string,
  digest: string,
  signal: AbortSignal | undefined,
): Promise<readonly Descriptor[]> {
  const raw = await source.get(repository, digest, signal);
  try {
    const manifest = parseManifest(raw);
    return manifest.kind === 'index' ? manifest.manifests : [];
  } catch (error) {
    if (error instanceof RegistryError) return [];
    throw error;
  }
}
