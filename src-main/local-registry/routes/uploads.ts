import { algorithmOf } from '../digest.ts';
import { isDigest, isName } from '../grammar.ts';
import { emptyReply, type Reply } from '../http/reply.ts';
import type { RequestContext } from '../http/request-context.ts';
import { RegistryError } from '../registry-error.ts';

/**
 * POST: begins an upload, or with `digest` takes the whole blob, or with `mount` links one that is there.
 *
 * @see OCI distribution-spec 1.1, "Pushing blobs", "Mounting a blob from another repository"
 */
export async function startUpload(context: RequestContext, repository: string): Promise<Reply> {
  const { storage, query, body } = context;
  const mount = query.get('mount');
  if (mount !== null && (await tryMount(context, repository, mount))) {
    return blobCreated(repository, mount);
  }
  const digest = mount === null ? query.get('digest') : null;
  if (digest !== null) checkDigest(digest);
  const id = await storage.uploads.start(repository);
  if (digest === null) return sessionReply(202, repository, id, 0);
  try {
    const algorithm = algorithmOf(digest);
    const size = await storage.uploads.append(repository, id, body, { from: 0, algorithm });
    return await commit(context, repository, id, digest, size);
  } catch (error) {
    await storage.uploads.cancel(repository, id); // the client never learned of it
    throw error;
  }
}

export async function uploadStatus(
  { storage }: RequestContext,
  repository: string,
  id: string,
): Promise<Reply> {
  return sessionReply(204, repository, id, await sizeOf(storage, repository, id));
}

/** PATCH: appends a chunk. */
export function appendChunk(context: RequestContext, repository: string, id: string): Promise<Reply> {
  const { storage } = context;
  return storage.uploads.exclusively(id, async () => {
    const from = await checkedStart(context, repository, id);
    const size = await storage.uploads.append(repository, id, context.body, { from });
    return sessionReply(202, repository, id, size);
  });
}

/** PUT: appends the last bytes, if any, and makes the session a blob. A wrong digest ends the session. */
export function finishUpload(context: RequestContext, repository: string, id: string): Promise<Reply> {
  const { storage, query, body } = context;
  return storage.uploads.exclusively(id, async () => {
    const digest = query.get('digest') ?? '';
    await sizeOf(storage, repository, id);
    checkDigest(digest);
    const from = await checkedStart(context, repository, id);
    const size = await storage.uploads.append(repository, id, body, { from, algorithm: algorithmOf(digest) });
    return commit(context, repository, id, digest, size);
  });
}

export function cancelUpload({ storage }: RequestContext, repository: string, id: string): Promise<Reply> {
  return storage.uploads.exclusively(id, async () => {
    await sizeOf(storage, repository, id);
    await storage.uploads.cancel(repository, id);
    return emptyReply(204);
  });
}

async function tryMount(
  { storage, query, headers, access, limits }: RequestContext,
  repository: string,
  digest: string,
): Promise<boolean> {
  checkDigest(digest);
  if (limits.mount === false) return false;
  const from = query.get('from');
  if (from === null) {
    // Without `from` any repository may be the source, so only where every reader may read them all.
    if (!access.readsAreShared) return false;
  } else {
    if (!isName(from)) return false;
    const readable = access.allows(headers.authorization, {
      type: 'repository',
      name: from,
      actions: ['pull'],
    });
    if (!readable) return false;
  }
  return storage.mountBlob(repository, digest, from ?? undefined);
}

async function commit(
  { storage }: RequestContext,
  repository: string,
  id: string,
  digest: string,
  size: number,
): Promise<Reply> {
  const file = await storage.uploads.verify(repository, id, digest, size);
  if (file === undefined) {
    await storage.uploads.cancel(repository, id);
    throw new RegistryError(400, 'DIGEST_INVALID', 'the upload does not have this digest', {
      detail: { digest, size },
    });
  }
  storage.uploads.forget(id);
  await storage.takeUpload(repository, digest, file, size);
  return blobCreated(repository, digest);
}

/** Where this request's bytes go. @throws {RegistryError} 416 if its Content-Range says otherwise. */
async function checkedStart(
  { storage, headers, body }: RequestContext,
  repository: string,
  id: string,
): Promise<number> {
  const size = await sizeOf(storage, repository, id);
  const header = headers['content-range'];
  if (header === undefined) return size;
  const [, first = '', last = ''] = /^(?:bytes[ =])?(\d+)-(\d+)(?:\/.*)?$/.exec(header) ?? [];
  const length = Number(last) - Number(first) + 1;
  const fits = first !== '' && Number(first) === size && (body.length ?? length) === length;
  if (fits) return size;
  throw new RegistryError(416, 'BLOB_UPLOAD_INVALID', 'the chunk does not follow the bytes received', {
    detail: { received: size, contentRange: header.slice(0, 100) },
    headers: sessionHeaders(repository, id, size),
  });
}

async function sizeOf(storage: RequestContext['storage'], repository: string, id: string): Promise<number> {
  const size = await storage.uploads.size(repository, id);
  if (size === undefined) throw new RegistryError(404, 'BLOB_UPLOAD_UNKNOWN', 'upload unknown to registry');
  return size;
}

function blobCreated(repository: string, digest: string): Reply {
  return emptyReply(201, {
    location: `/v2/${repository}/blobs/${digest}`,
    'docker-content-digest': digest,
  });
}

function sessionReply(status: number, repository: string, id: string, size: number): Reply {
  return emptyReply(status, sessionHeaders(repository, id, size));
}

/** No byte received is `0-0`, as distribution says it: the header has no other way. */
function sessionHeaders(repository: string, id: string, size: number): Record<string, string> {
  return {
    location: `/v2/${repository}/blobs/uploads/${id}`,
    range: `0-${Math.max(0, size - 1)}`,
    'docker-upload-uuid': id,
  };
}

function checkDigest(digest: string): void {
  if (!isDigest(digest)) throw new RegistryError(400, 'DIGEST_INVALID', 'not a sha256 or sha512 digest');
}
