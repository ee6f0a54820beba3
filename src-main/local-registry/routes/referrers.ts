import { isDigest } from '../grammar.ts';
import { jsonReply, type Reply } from '../http/reply.ts';
import type { RequestContext } from '../http/request-context.ts';
import { RegistryError } from '../registry-error.ts';
import { annotationsOf, MEDIA_TYPES } from '../storage/manifest.ts';

/**
 * The manifests that name a digest as their subject; an empty index for an unknown digest or repository.
 *
 * @see OCI distribution-spec 1.1, "Listing Referrers"
 */
export async function listReferrers(
  { storage, query, limits }: RequestContext,
  repository: string,
  digest: string,
): Promise<Reply> {
  if (limits.referrers === false) throw new RegistryError(404, 'UNSUPPORTED', 'page not found');
  if (!isDigest(digest)) throw new RegistryError(400, 'DIGEST_INVALID', 'not a sha256 or sha512 digest');
  const wanted = query.get('artifactType') || undefined;
  const found = (await storage.repository(repository))
    .referrers(digest)
    .filter(([, { artifactType }]) => wanted === undefined || artifactType === wanted);
  const manifests: object[] = [];
  for (const [referrer, { mediaType, size, artifactType }] of found) {
    const bytes = await storage.content.read(referrer);
    const annotations = bytes && annotationsOf(bytes);
    manifests.push({
      mediaType,
      digest: referrer,
      size,
      ...(artifactType !== undefined && { artifactType }),
      ...(annotations && { annotations }),
    });
  }
  const index = { schemaVersion: 2, mediaType: MEDIA_TYPES.ociIndex, manifests };
  return jsonReply(200, index, {
    'content-type': MEDIA_TYPES.ociIndex,
    ...(wanted !== undefined && { 'oci-filters-applied': 'artifactType' }),
  });
}
