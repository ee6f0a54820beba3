import type { EntryKind, ManifestKind } from '../vocabulary/manifests.ts';
import { isDigest } from './digest.ts';
import type { Descriptor, ImageManifest, Manifest } from './manifest.ts';
import {
  BUILDKIT_CACHE_CONFIG,
  DOCKER_MANIFEST,
  HELM_CONFIG,
  IN_TOTO,
  isForeignLayerType,
  isImageConfigType,
  isIndexType,
  isSchema1Type,
  namesManifest,
  OCI_ARTIFACT,
  OCI_MANIFEST,
} from './media-types.ts';

const REFERENCE_TYPE = 'vnd.docker.reference.type';
const REFERENCE_DIGEST = 'vnd.docker.reference.digest';

/** True for a BuildKit attestation as its index lists it. */
export function isAttestation(entry: Descriptor): boolean {
  return entry.annotations?.[REFERENCE_TYPE] === 'attestation-manifest';
}

/** The manifest a BuildKit attestation speaks of. */
export function attestedDigest(entry: Descriptor): string | undefined {
  const digest = entry.annotations?.[REFERENCE_DIGEST];
  return digest !== undefined && isDigest(digest) ? digest : undefined;
}

/** BuildKit writes its cache as an index of layers and a config or, where it is asked to, as a manifest. */
function isBuildCache(manifest: Manifest): boolean {
  if (manifest.kind === 'image') return manifest.config.mediaType === BUILDKIT_CACHE_CONFIG;
  return (
    manifest.kind === 'index' && manifest.manifests.some((entry) => entry.mediaType === BUILDKIT_CACHE_CONFIG)
  );
}

/** Decided by media types and BuildKit's annotations, never by names. `entry` is the manifest's descriptor in its index. */
export function classify(manifest: Manifest, entry?: Descriptor): ManifestKind {
  if (isBuildCache(manifest)) return 'buildCache';
  if (manifest.kind !== 'image') return manifest.kind;
  if (entry && isAttestation(entry)) return 'attestation';
  if (manifest.config.mediaType === HELM_CONFIG) return 'helmChart';
  if (manifest.layers.length > 0 && manifest.layers.every((layer) => layer.mediaType === IN_TOTO))
    return manifest.artifactType === undefined ? 'attestation' : 'artifact';
  if (manifest.artifactType !== undefined || !isImageConfigType(manifest.config.mediaType)) return 'artifact';
  return 'image';
}

/**
 * Whether an entry of an index is a manifest, by its media type alone. Others are blobs (BuildKit keeps the layers of its
 * cache in an index) and are never asked for as manifests. What names no media type is a manifest: that is what an index lists.
 */
export function isManifestEntry({ mediaType }: Descriptor): boolean {
  return mediaType === '' || namesManifest(mediaType);
}

/** An entry of an index, before its manifest is read. */
export function classifyEntry(entry: Descriptor): EntryKind {
  if (!isManifestEntry(entry)) return 'blob';
  if (isIndexType(entry.mediaType)) return 'index';
  if (isSchema1Type(entry.mediaType)) return 'schema1';
  if (isAttestation(entry)) return 'attestation';
  if (entry.artifactType !== undefined && !isImageConfigType(entry.artifactType))
    return entry.artifactType === HELM_CONFIG ? 'helmChart' : 'artifact';
  if (entry.mediaType === OCI_MANIFEST || entry.mediaType === DOCKER_MANIFEST) return 'image';
  return entry.mediaType === OCI_ARTIFACT ? 'artifact' : 'unknown';
}

/** What an artifact is called: its own type, or (before OCI 1.1) that of its config. */
export function artifactTypeOf(manifest: ImageManifest): string {
  return manifest.artifactType ?? manifest.config.mediaType;
}

/** Whether the config is a blob of its own in the registry. */
export const hasConfigBlob = (manifest: ImageManifest): boolean => manifest.mediaType !== OCI_ARTIFACT;

/**
 * Whether a layer is kept at a URL of its own and not in the registry: its media type says so. An ordinary layer that names
 * `urls` besides is an ordinary layer, which the registry holds.
 */
export const isForeign = (layer: Descriptor): boolean => isForeignLayerType(layer.mediaType);
