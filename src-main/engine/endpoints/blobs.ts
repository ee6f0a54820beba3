import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import type { Reply } from '../http/reply.ts';
import { backoff, DEFAULT_RETRY, pause } from '../http/retry.ts';
import { pullScope } from '../http/scope.ts';
import { checkDigest, DigestVerifier } from '../model/digest.ts';
import type { Descriptor } from '../model/manifest.ts';
import { checkRepository } from '../model/reference.ts';
import type { CallOptions } from './options.ts';

/** Bytes of a blob that is read into memory (configs, charts' metadata). Real configs stay below 100 KiB. */
const SMALL_BLOB_MAX = 8 * 1024 * 1024;
/** Cuts in a row without a byte in between after which a download is given up. */
const RESUMES_MAX = 5;

const blobPath = (repository: string, digest: string): string =>
  `/v2/${checkRepository(repository)}/blobs/${checkDigest(digest)}`;

/**
 * Whether the repository has the blob, and its size where the registry tells. Redirects are not followed: that the registry
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
 * A small blob whole, verified. Nothing is set aside for the size a descriptor declares: it is checked against the cap and
 * the bytes that come (GHSA-f36w-mj3v-6jqv).
 *
 * @throws {RegistryError} `tooLarge`, `digestMismatch`, `notFound`.
 */
export async function getBlob(
  client: RegistryClient,
  repository: string,
  descriptor: Pick<Descriptor, 'digest' | 'size'>,
  { signal, maxBytes = SMALL_BLOB_MAX }: CallOptions & { maxBytes?: number } = {},
): Promise<Uint8Array> {
  if (descriptor.size > maxBytes)
    throw new RegistryError('tooLarge', '', {
      reason: `${descriptor.digest} is declared as ${descriptor.size} bytes; at most ${maxBytes} are read at once.`,
    });
  const chunks: Buffer[] = [];
  for await (const chunk of openBlob(client, repository, descriptor, { signal })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/**
 * A blob's bytes as they come, verified: the last chunk is followed by an error if the whole does not match digest and size,
 * so that a consumer must not act on the bytes before the stream has ended well.
 *
 * A download that is cut goes on where it stopped, by Range and with the hash kept; where the registry answers a Range with
 * the whole blob, the bytes already taken are skipped. Redirects go to their host without credentials.
 *
 * From an `offset` on, only the size can be verified: whoever has the bytes before it verifies the digest.
 *
 * @throws {RegistryError} `digestMismatch`, `notFound`, and those of the transport once resuming did not help.
 * @see OCI distribution-spec 1.1, "Pulling blobs"
 */
export async function* openBlob(
  client: RegistryClient,
  repository: string,
  { digest, size }: Pick<Descriptor, 'digest' | 'size'>,
  { signal, offset: start = 0 }: CallOptions & { offset?: number } = {},
): AsyncGenerator<Buffer> {
  const url = blobPath(repository, digest);
  const verifier = new DigestVerifier(digest, size, start);
  let cuts = 0;
  for (;;) {
    const offset = verifier.received;
    const reply = await client.request({
      method: 'GET',
      url,
      headers: offset > 0 ? { range: `bytes=${offset}-` } : {},
      scopes: [pullScope(repository)],
      expect: offset > 0 ? [200, 206] : [200],
      follow: true,
      download: true,
      signal,
    });
    try {
      let skip = await startOf(reply, offset, size);
      for await (const chunk of reply.stream()) {
        if (skip >= chunk.byteLength) {
          skip -= chunk.byteLength;
          continue;
        }
        const fresh = skip > 0 ? chunk.subarray(skip) : chunk;
        skip = 0;
        verifier.update(fresh, reply.request);
        yield fresh;
      }
    } catch (error) {
      const cut =
        error instanceof RegistryError && (error.code === 'connectionLost' || error.code === 'timeout');
      if (!cut) throw error;
      cuts = verifier.received > offset ? 1 : cuts + 1;
      if (cuts > RESUMES_MAX) throw error;
      await pause(backoff(cuts + 1, DEFAULT_RETRY), signal);
      continue;
    }
    if (verifier.received >= size) return verifier.finish(reply.request);
    // It ended early and in good order, as a cut does behind some proxies.
    cuts = verifier.received > offset ? 1 : cuts + 1;
    if (cuts > RESUMES_MAX) return verifier.finish(reply.request);
  }
}

/** How many bytes of the body are known already. @throws {RegistryError} where the reply cannot be the blob. */
async function startOf(reply: Reply, offset: number, size: number): Promise<number> {
  const refuse = async (code: 'digestMismatch' | 'invalidResponse', reason: string): Promise<never> => {
    await reply.dump();
    throw new RegistryError(code, reply.request, { reason });
  };
  if (reply.status === 206) {
    const range = /^bytes (\d+)-/.exec(reply.header('content-range') ?? '');
    if (Number(range?.[1]) !== offset)
      return refuse('invalidResponse', 'The registry continues the download at another place.');
    return 0;
  }
  const length = reply.header('content-length');
  if (length !== undefined && Number(length) !== size)
    return refuse('digestMismatch', `The blob should have ${size} bytes and is sent with ${length}.`);
  return offset;
}
