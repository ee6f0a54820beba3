import type { ManifestKind } from '../vocabulary/manifests.ts';
import type { Platform } from './platform.ts';

/** What a list shows of a manifest, from itself and its configs or as a product's own API reports it. */
export interface ManifestSummary {
  kind: ManifestKind;
  /** Unique bytes of manifests, configs and layers over all platforms; from a product's API, as the product counts them. */
  size: number;
  /** Newest of its annotations and of its platforms' configs; RFC 3339. */
  created?: string;
  platforms: readonly Platform[];
  artifactType?: string;
  /** It holds BuildKit attestations. */
  attested: boolean;
}

/** A tag's line in a list. */
export interface TagSummary extends ManifestSummary {
  digest: string;
  mediaType: string;
  /** What is wrong with a manifest that could not be read. */
  unreadable?: string;
}
