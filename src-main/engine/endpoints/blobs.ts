import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import { pullScope } from '../http/scope.ts';
import { DigestVerifier, isDigestOf } from '../model/digest.ts';
import type { Descriptor } from '../model/manifest.ts';
import { BlobStream, blobPath } from './blob-stream.ts';
import type { CallOptions } from './options.ts';
import type { OpenBlob } from './upload-source.ts';

/** Bytes of a blob that is read into memory (configs, charts' metadata). Real configs stay below 100 KiB. */
const SMALL_BLOB_MAX = 8 * 1024 * 1024;
type Content = Pick<Descriptor, 'digest' | 'size'>;

/**
 * Whether the repository has the blob, and its size if the registry reports it. Redirects are not followed: that the registry
 * points to a blob in its storage answers the question.
 */
export async function headBlob(
  client: RegistryClient,
  repository: string,
  digest: string,
  { signal }: CallOptions = {},
): Promise<{ size?: number } | undefined> {
  const reply = await client.request({
    method: 'HEAD',
    url: blobPath(repository, digest),
    scopes: [pullScope(repository)],
    expect: [200, 301, 302, 303, 307, 308, 404],
    signal,
  });
  await reply.dump();
  if (reply.status === 404) return undefined;
  const size = Number(reply.header('content-length') ?? Number.NaN);
  return reply.status === 200 && Number.isSafeInteger(size) ? { size } : {};
}

/**
 * A small blob whole, its digest verified. Nothing is set aside for the size a descriptor declares: it is checked against the cap
 * and no more (GHSA-f36w-mj3v-6jqv). If another number of bytes came the digest is right all the same: the caller reports it.
 *
 * @throws {RegistryError} `tooLarge`, `digestMismatch`, `notFound`.
 */
export async function getBlob(
  client: RegistryClient,
  repository: string,
  descriptor: Content,
  { signal, maxBytes = SMALL_BLOB_MAX }: CallOptions & { maxBytes?: number } = {},
): Promise<Uint8Array> {
  if (descriptor.size > maxBytes)
    throw new RegistryError('tooLarge', '', {
      reason: `${descriptor.digest} is declared as ${descriptor.size} bytes; at most ${maxBytes} are read at once.`,
    });
  const reply = await client.request({
    method: 'GET',
    url: blobPath(repository, descriptor.digest),
    scopes: [pullScope(repository)],
    expect: [200],
    follow: true,
    wholeUpTo: maxBytes,
    signal,
  });
  const bytes = await reply.bytes(maxBytes);
  if (!isDigestOf(descriptor.digest, bytes))
    throw new RegistryError('digestMismatch', reply.request, {
      reason: `The content of ${descriptor.digest} is another one.`,
    });
  return bytes;
}

/**
 * A part of a blob, not verified: the caller checks it against a digest of its own.
 *
 * @returns undefined where the registry gives no parts of blobs
 * @throws {RegistryError} `notFound`, and those of the transport.
 */
export async function getBlobPart(
  client: RegistryClient,
  repository: string,
  digest: string,
  { start, length, signal }: CallOptions & { start: number; length: number },
): Promise<Uint8Array | undefined> {
  const reply = await client.request({
    method: 'GET',
    url: blobPath(repository, digest),
    headers: { range: `bytes=${start}-${start + length - 1}` },
    scopes: [pullScope(repository)],
    expect: [200, 206, 416],
    follow: true,
    wholeUpTo: length,
    signal,
  });
  const range = `bytes ${start}-${start + length - 1}/`;
  if (reply.status === 206 && reply.header('content-range')?.startsWith(range))
    return await reply.bytes(length);
  await reply.dump();
  return undefined;
}

/** A blob's bytes as they come, verified: see {@link BlobStream}. */
export function openBlob(
  client: RegistryClient,
  repository: string,
  { digest, size }: Content,
  { signal }: CallOptions = {},
): BlobStream {
  const verifier = new DigestVerifier(digest, size);
  return new BlobStream(client, verifier, { repository, digest, size, offset: 0, signal });
}

/**
 * A blob of unknown size as it comes. What does not match its digest ends in an error after the last chunk: the reader who got the
 * chunks must not act on them before.
 *
 * @throws {RegistryError} `digestMismatch`, `notFound`, and those of the transport.
 */
export async function* streamBlob(
  client: RegistryClient,
  repository: string,
  digest: string,
  { signal }: CallOptions = {},
): AsyncGenerator<Buffer, void, void> {
  const verifier = new DigestVerifier(digest);
  const reply = await client.request({
    method: 'GET',
    url: blobPath(repository, digest),
    scopes: [pullScope(repository)],
    expect: [200],
    follow: true,
    download: true,
    signal,
  });
  const watch = reply.watchRate();
  try {
    for await (const chunk of reply.stream()) {
      watch.came(chunk.byteLength);
      verifier.update(chunk, reply.request);
      watch.waits();
      yield chunk;
      watch.ready();
    }
  } finally {
    watch.stop();
  }
  verifier.finish(reply.request);
}

/**
 * A blob as the source of an upload, which opens it anew, at any place, when it goes on after a cut. Bytes that were hashed
 * are not hashed again: what is read a second time is verified by the registry that commits them.
 *
 * Where the first place is not the beginning, because an earlier run sent what is before it, the digest cannot be verified
 * here: only the size is, and the registry's commit checks the rest.
 */
export function blobSource(client: RegistryClient, repository: string, { digest, size }: Content): OpenBlob {
  let verifier: DigestVerifier | undefined;
  return (offset, signal) => {
    if (offset === 0 || !verifier || offset > verifier.received || offset < verifier.start)
      verifier = new DigestVerifier(digest, size, offset);
    return new BlobStream(client, verifier, { repository, digest, size, offset, signal });
  };
}
