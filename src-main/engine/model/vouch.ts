import { type DigestAlgorithm, digestOf, isDigestOf } from './digest.ts';
import type { RawManifest } from './manifest.ts';
import { isSchema1Type } from './media-types.ts';
import { signedPayload } from './schema1.ts';

/**
 * The digest a manifest goes by: that of its bytes or, for a signed schema 1 manifest, that of its payload.
 *
 * @see distribution, "Image Manifest Version 2, Schema 1", "Signed Manifests"
 */
export function manifestDigest(
  { mediaType, bytes }: Omit<RawManifest, 'digest'>,
  algorithm?: DigestAlgorithm,
): string {
  const payload = isSchema1Type(mediaType) ? signedPayload(bytes) : undefined;
  return digestOf(payload ?? bytes, algorithm);
}

/** Whether the digest speaks of these bytes. Asked wherever a manifest comes in, and again before it is written. */
export function isVouchedFor(manifest: RawManifest): boolean {
  if (isDigestOf(manifest.digest, manifest.bytes)) return true;
  const payload = isSchema1Type(manifest.mediaType) ? signedPayload(manifest.bytes) : undefined;
  return payload !== undefined && isDigestOf(manifest.digest, payload);
}
