import { algorithmOf, digestOf } from '../digest.ts';
import { isDigest, isTag } from '../grammar.ts';
import { emptyReply, type Reply } from '../http/reply.ts';
import type { RequestContext } from '../http/request-context.ts';
import type { RegistryLimits } from '../options.ts';
import { RegistryError } from '../registry-error.ts';
import { MAX_MANIFEST_BYTES, parseManifest, type Requirement } from '../storage/manifest.ts';
import type { RepositoryIndex } from '../storage/repository-index.ts';

/** GET and HEAD. The stored media type is sent, whatever `Accept` says: another one would change the digest. */
export async function readManifest(
  { storage, method, headers }: RequestContext,
  repository: string,
  reference: string,
): Promise<Reply> {
  checkFound(reference);
  const index = await storage.repository(repository);
  const digest = isDigest(reference) ? reference : index.tags.get(reference);
  const record = digest === undefined ? undefined : index.manifests.get(digest);
  if (digest === undefined || !record) throw unknown(reference);
  // Who only asks whether it is there may leave out its push.
  if (method === 'HEAD' && isDigest(reference)) await storage.leaseManifest(repository, digest);
  const about = { 'docker-content-digest': digest, etag: `"${digest}"` };
  if (headers['if-none-match'] === about.etag) return emptyReply(304, about);
  const found = { ...about, 'content-type': record.mediaType };
  if (method === 'HEAD') return emptyReply(200, { ...found, 'content-length': String(record.size) });
  const body = await storage.content.read(digest);
  if (!body) throw unknown(reference);
  return { status: 200, headers: found, body };
}

/** Tags that one push by digest may write; the specification's draft asks for ten. */
const MAX_TAGS = 100;

/**
 * By digest it may name tags to write along (`?tag=`), which the answer's `OCI-Tag` repeats.
 *
 * @see OCI distribution-spec 1.1, "Pushing Manifests", and the draft of the next version (its pull request 600)
 */
export async function pushManifest(
  { storage, body, headers, limits, query }: RequestContext,
  repository: string,
  reference: string,
): Promise<Reply> {
  checkReference(reference);
  const asked = isTag(reference) ? [reference] : query.getAll('tag');
  const tags = [...new Set(asked)];
  if (tags.length > MAX_TAGS || !tags.every(isTag))
    throw new RegistryError(400, 'TAG_INVALID', `at most ${MAX_TAGS} tags, each of which can be one`);
  const bytes = await body.whole(MAX_MANIFEST_BYTES);
  const digest = digestOf(bytes, algorithmOf(reference));
  if (isDigest(reference) && reference !== digest) {
    throw new RegistryError(400, 'DIGEST_INVALID', 'the manifest does not have this digest', {
      detail: { given: reference, actual: digest },
    });
  }
  const { record, requirements } = parseManifest(bytes, headers['content-type']);
  await storage.pushManifest(repository, { digest, bytes, record, tags }, (index) =>
    checkPresent(index, requirements, limits),
  );
  return emptyReply(201, {
    location: `/v2/${repository}/manifests/${digest}`,
    'docker-content-digest': digest,
    ...(!isTag(reference) && tags.length > 0 && { 'oci-tag': tags.join(', ') }),
    ...(record.subject !== undefined && limits.referrers !== false && { 'oci-subject': record.subject }),
  });
}

/** By digest: the manifest and every tag on it. By tag: that tag alone; its manifest and its siblings stay. */
export async function deleteManifest(
  { storage, limits }: RequestContext,
  repository: string,
  reference: string,
): Promise<Reply> {
  if (limits.delete === false) throw new RegistryError(405, 'UNSUPPORTED', 'deletes are turned off');
  checkFound(reference);
  if (isTag(reference) && limits.deleteByTag === false) {
    throw new RegistryError(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
  }
  const deleted = isTag(reference)
    ? await storage.deleteTag(repository, reference)
    : await storage.deleteManifest(repository, reference);
  if (!deleted) throw unknown(reference);
  return emptyReply(202);
}

function checkPresent(
  index: RepositoryIndex,
  requirements: readonly Requirement[],
  limits: RegistryLimits,
): void {
  const missing = requirements.filter(({ digest, kind }) =>
    kind === 'blob'
      ? limits.blobs !== false && !index.layers.has(digest)
      : limits.children !== false && !index.manifests.has(digest),
  );
  if (missing.length === 0) return;
  throw new RegistryError(
    404,
    'MANIFEST_BLOB_UNKNOWN',
    'the manifest names content this repository does not have',
    {
      detail: missing.map(({ digest }) => ({ digest })),
    },
  );
}

function checkReference(reference: string): void {
  if (isDigest(reference) || isTag(reference)) return;
  if (reference.includes(':'))
    throw new RegistryError(400, 'DIGEST_INVALID', 'not a sha256 or sha512 digest');
  throw new RegistryError(400, 'MANIFEST_INVALID', 'not a tag or a digest');
}

/** What cannot be a tag is not there; a malformed digest is reported, since it is a mistake of the client. */
function checkFound(reference: string): void {
  if (!reference.includes(':') && !isTag(reference)) throw unknown(reference);
  checkReference(reference);
}

function unknown(reference: string): RegistryError {
  return new RegistryError(404, 'MANIFEST_UNKNOWN', 'manifest unknown', { detail: { reference } });
}
