import { isDigest } from '../grammar.ts';
import { emptyReply, type Reply } from '../http/reply.ts';
import type { RequestContext } from '../http/request-context.ts';
import { RegistryError } from '../registry-error.ts';
import { byteRange } from './byte-range.ts';

/** GET and HEAD, with Range. */
export async function readBlob(
  { storage, method, headers, limits }: RequestContext,
  repository: string,
  digest: string,
): Promise<Reply> {
  checkDigest(digest);
  const { layers } = await storage.repository(repository);
  if (!layers.has(digest)) throw unknown(digest);
  // Who only asks whether it is there may leave out its upload.
  if (method === 'HEAD') await storage.leaseBlob(repository, digest);
  const size = await storage.content.size(digest);
  if (size === undefined) throw unknown(digest);
  const ranges = limits.range !== false;
  const about = {
    'content-type': 'application/octet-stream',
    'docker-content-digest': digest,
    etag: `"${digest}"`,
    ...(ranges && { 'accept-ranges': 'bytes' }),
  };
  if (headers['if-none-match'] === about.etag) return emptyReply(304, about);
  const path = storage.content.path(digest);
  const ifRange = headers['if-range'];
  const wanted = ranges && (ifRange === undefined || ifRange === about.etag) ? headers.range : undefined;
  const range = method === 'HEAD' ? 'whole' : byteRange(wanted, size);
  if (range === 'whole') return { status: 200, headers: about, body: { path, start: 0, length: size } };
  if (range === 'unsatisfiable') {
    throw new RegistryError(416, 'RANGE_INVALID', 'the blob has no such bytes', {
      detail: { size },
      headers: { 'content-range': `bytes */${size}` },
    });
  }
  const last = range.start + range.length - 1;
  return {
    status: 206,
    headers: { ...about, 'content-range': `bytes ${range.start}-${last}/${size}` },
    body: { path, ...range },
  };
}

/** Takes the blob from this repository; others that have it keep it. */
export async function deleteBlob(
  { storage, limits }: RequestContext,
  repository: string,
  digest: string,
): Promise<Reply> {
  if (limits.delete === false) throw new RegistryError(405, 'UNSUPPORTED', 'deletes are turned off');
  checkDigest(digest);
  if (!(await storage.unlinkBlob(repository, digest))) throw unknown(digest);
  return emptyReply(202, { 'docker-content-digest': digest });
}

function checkDigest(digest: string): void {
  if (!isDigest(digest)) throw new RegistryError(400, 'DIGEST_INVALID', 'not a sha256 or sha512 digest');
}

function unknown(digest: string): RegistryError {
  return new RegistryError(404, 'BLOB_UNKNOWN', 'blob unknown to registry', { detail: { digest } });
}
