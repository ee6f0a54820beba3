import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import type { Reply } from '../http/reply.ts';
import { backoff, pause } from '../http/retry.ts';
import { pullScope } from '../http/scope.ts';
import { checkDigest, DigestVerifier } from '../model/digest.ts';
import type { Descriptor } from '../model/manifest.ts';
import { checkRepository } from '../model/reference.ts';
import type { CallOptions } from './options.ts';
import type { OpenBlob } from './upload-source.ts';

/** Bytes of a blob that is read into memory (configs, charts' metadata). Real configs stay below 100 KiB. */
const SMALL_BLOB_MAX = 8 * 1024 * 1024;
/** Cuts in a row without a byte in between after which a download is given up. */
const RESUMES_MAX = 5;

type Content = Pick<Descriptor, 'digest' | 'size'>;

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
  descriptor: Content,
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
 * A blob's bytes as they come, verified: what does not match digest and size is told by an error in place of the last chunk,
 * so that a consumer must not act on the bytes before the stream has ended well.
 *
 * A download that is cut goes on where it stopped, by Range and with the hash kept; where the registry answers a Range with
 * the whole blob, the bytes already taken are skipped. Redirects go to their host without credentials.
 *
 * @throws {RegistryError} `digestMismatch`, `notFound`, and those of the transport once resuming did not help.
 * @see OCI distribution-spec 1.1, "Pulling blobs"
 */
export function openBlob(
  client: RegistryClient,
  repository: string,
  { digest, size }: Content,
  { signal }: CallOptions = {},
): AsyncGenerator<Buffer> {
  return download(client, repository, new DigestVerifier(digest, size), { digest, size, offset: 0, signal });
}

/**
 * A blob as the source of an upload, which opens it anew, at any place, when it goes on after a cut. Bytes that were hashed
 * are not hashed again: what is read a second time is verified by the registry that commits them.
 *
 * Where the first place is not the beginning, because an earlier run sent what is before it, the digest cannot be verified
 * here: only the size is, and the registry's commit tells the rest.
 */
export function blobSource(client: RegistryClient, repository: string, { digest, size }: Content): OpenBlob {
  let verifier: DigestVerifier | undefined;
  return (offset, signal) => {
    if (offset === 0 || !verifier || offset > verifier.received || offset < verifier.start)
      verifier = new DigestVerifier(digest, size, offset);
    return download(client, repository, verifier, { digest, size, offset, signal });
  };
}

async function* download(
  client: RegistryClient,
  repository: string,
  verifier: DigestVerifier,
  { digest, size, offset, signal }: Content & { offset: number; signal: AbortSignal | undefined },
): AsyncGenerator<Buffer> {
  const url = blobPath(repository, digest);
  let at = offset;
  for (let cuts = 0; ; ) {
    const from = at;
    let reply: Reply | undefined;
    let failure: RegistryError;
    try {
      reply = await client.request({
        method: 'GET',
        url,
        headers: from > 0 ? { range: `bytes=${from}-` } : {},
        scopes: [pullScope(repository)],
        expect: from > 0 ? [200, 206] : [200],
        follow: true,
        download: true,
        signal,
      });
      let skip = await startOf(reply, from, size);
      for await (const chunk of reply.stream()) {
        if (skip >= chunk.byteLength) {
          skip -= chunk.byteLength;
          continue;
        }
        const fresh = skip > 0 ? chunk.subarray(skip) : chunk;
        skip = 0;
        verifier.update(fresh, reply.request, at);
        at += fresh.byteLength;
        if (at === size) verifier.finish(reply.request);
        yield fresh;
      }
      if (at === size) return verifier.finish(reply.request);
      // It ended early and in good order, as a cut does behind some proxies.
      failure = new RegistryError('digestMismatch', reply.request, {
        reason: `${at} bytes came where ${digest} has ${size}.`,
      });
    } catch (error) {
      if (
        !(error instanceof RegistryError) ||
        !isCut(error, reply ? 'reply' : at > offset ? 'again' : 'first')
      )
        throw error;
      failure = error;
    }
    cuts = at > from ? 1 : cuts + 1;
    if (cuts > RESUMES_MAX) throw failure;
    await pause(backoff(cuts + 1, client.retry), signal);
  }
}

/** Within a reply, or when asking again for the rest: then the registry may be starting again, and refuse connections. */
function isCut({ code }: RegistryError, place: 'first' | 'reply' | 'again'): boolean {
  if (place === 'first') return false;
  return (
    code === 'connectionLost' || code === 'timeout' || (place === 'again' && code === 'connectionRefused')
  );
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
