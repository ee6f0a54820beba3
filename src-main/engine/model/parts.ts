import { hasConfigBlob, isForeign, isManifestEntry } from './kind.ts';
import type { Descriptor, Manifest } from './manifest.ts';

/** Manifests that a manifest lists; its subject is not one of them, since it is complete without. */
export function childrenOf(manifest: Manifest): readonly Descriptor[] {
  return manifest.kind === 'index' ? manifest.manifests.filter(isManifestEntry) : [];
}

/** Layers that a manifest leaves where their `urls` say, or nowhere if it names none. */
export function foreignOf(manifest: Manifest): readonly Descriptor[] {
  return manifest.kind === 'image' ? manifest.layers.filter(isForeign) : [];
}

/** Blobs that a manifest keeps in the registry: foreign layers are left out. */
export function blobsOf(manifest: Manifest): readonly Descriptor[] {
  if (manifest.kind === 'index') return manifest.manifests.filter((entry) => !isManifestEntry(entry));
  if (manifest.kind !== 'image') return [];
  const layers = manifest.layers.filter((layer) => !isForeign(layer));
  return hasConfigBlob(manifest) ? [manifest.config, ...layers] : layers;
}
