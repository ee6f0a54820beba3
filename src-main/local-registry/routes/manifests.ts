import { algorithmOf, digestOf } from '../digest.ts';
import { isDigest, isTag } from '../grammar.ts';
import { emptyReply, type Reply } from '../http/reply.ts';
import type { RequestContext } from '../http/request-context.ts';
import { MAX_MANIFEST_BYTES, parseManifest, type Requirement } from '../manifest.ts';
import type { RegistryLimits } from '../options.ts';
import { RegistryError } from '../registry-error.ts';
import type { RepositoryIndex } from '../storage/repository-index.ts';

/** GET and HEAD. The stored media type is sent, whatever `Accept` says: another one would change the digest. */
export async function readManifest(
  { storage, method, headers }: RequestContext,
  repository: string,
  reference: string,
): Promise<Reply> {
  checkReference(reference);
  const index = await storage.repository(repository);
  const digest = isDigest(reference) ? reference : index.tags.get(reference);
  const record = digest === undefined ? undefined : index.manifests.get(digest);
  if (digest === undefined || !record) throw unknown(reference);
  const about = { 'docker-content-digest': digest, etag: `"${digest}"` };
  if (headers['if-none-match'] === about.etag) return emptyReply(304, about);
  const found = { ...about, 'content-type': record.mediaType };
  if (method === 'HEAD') return emptyReply(200, { ...found, 'content-length': String(record.size) });
  const body = await storage.content.read(digest);
  if (!body) throw unknown(reference);
  return { status: 200, headers: found, body };
}

/** @see OCI distribution-spec 1.1, "Pushing Manifests" */
export async function pushManifest(
  { storage, body, headers, limits }: RequestContext,
  repository: string,
  reference: string,
): Promise<Reply> {
  checkReference(reference);
  const bytes = await body.whole(MAX_MANIFEST_BYTES);
  const digest = digestOf(bytes, algorithmOf(reference));
  if (isDigest(reference) && reference !== digest) {
    throw new RegistryError(400, 'DIGEST_INVALID', 'the manifest does not have this digest', {
      detail: { given: reference, actual: digest },
    });
  }
  const { record, requirements } = parseManifest(bytes, headers['content-type']);
  const tags = isTag(reference) ? [reference] : [];
  await storage.pushManifest(repository, { digest, bytes, record, tags }, (index) =>
    checkPresent(index, requirements, limits),
  );
  return emptyReply(201, {
    location: `/v2/${repository}/manifests/${digest}`,
    'docker-content-digest': digest,
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
  checkReference(reference);
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

function unknown(reference: string): RegistryError {
  return new RegistryError(404, 'MANIFEST_UNKNOWN', 'manifest unknown', { detail: { reference } });
}
