import { Readable } from 'node:stream';
import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import type { Reply } from '../http/reply.ts';
import { backoff, DEFAULT_RETRY, pause } from '../http/retry.ts';
import { mergeScopes, pullScope, pushScope } from '../http/scope.ts';
import { checkDigest } from '../model/digest.ts';
import type { Descriptor } from '../model/manifest.ts';
import { checkRepository } from '../model/reference.ts';
import { headBlob } from './blobs.ts';
import type { CallOptions } from './options.ts';

/** Uploads of one blob in all; each begins anew, with a fresh stream. */
const UPLOADS_MAX = 3;
/** Milliseconds: object storage may assemble a large blob for minutes before it answers. */
const COMMIT_TIMEOUT = 10 * 60_000;
/** Milliseconds given to telling a registry that an upload is given up. */
const ABANDON_TIMEOUT = 3_000;

export interface UploadOptions extends CallOptions {
  /** Repository of the same registry to mount from; content is sent where that does not work. */
  mountFrom?: string;
  /** Bytes handed to the connection since the last call; negative where bytes are to be sent again. */
  onBytes?: (bytes: number) => void;
  /** Upload location of an earlier run, on the registry's own origin: the upload goes on where the registry says. */
  session?: string;
  /**
   * Told each new upload location on the registry's own origin, and undefined when it has ended. Locations elsewhere are
   * never told: signed URLs are secrets.
   */
  onSession?: (location: string | undefined) => void;
  /** Bytes of this blob that the registry had already from an earlier run. */
  onResumed?: (bytes: number) => void;
}

/** A blob's verified bytes from an offset on; called anew for each attempt. Its error ends the upload with that error. */
export type OpenBlob = (offset: number, signal: AbortSignal | undefined) => AsyncIterable<Buffer>;

/**
 * Puts a blob into a repository: mounted where it can be, else sent in one PUT with its length. An error of the stream that
 * `open` gives ends the upload with that error and nothing is stored.
 *
 * A failed mount of whatever kind (202, 401, 403, 404, 5xx) falls back to sending; the session that a 202 opened is used.
 *
 * @throws {RegistryError}
 * @see OCI distribution-spec 1.1, "Pushing blobs", "Mounting a blob from another repository"
 */
export async function uploadBlob(
  client: RegistryClient,
  repository: string,
  descriptor: Pick<Descriptor, 'digest' | 'size'>,
  open: OpenBlob,
  options: UploadOptions = {},
): Promise<'mounted' | 'sent'> {
  const { mountFrom, signal } = options;
  let session =
    mountFrom === undefined
      ? undefined
      : await mountBlob(client, repository, descriptor.digest, mountFrom, { signal });
  if (session === 'mounted') return 'mounted';
  for (let attempt = 1; ; attempt++) {
    session ??= await beginUpload(client, repository, { signal });
    const told = session.origin === client.url.origin;
    if (told) options.onSession?.(session.href);
    try {
      await send(client, repository, session, descriptor, open, options);
      if (told) options.onSession?.(undefined);
      return 'sent';
    } catch (error) {
      if (told) options.onSession?.(undefined);
      await abandon(client, repository, session);
      session = undefined;
      if (!(error instanceof RegistryError) || !isWorthRepeating(error) || attempt >= UPLOADS_MAX)
        throw error;
      await pause(backoff(attempt + 1, DEFAULT_RETRY), signal);
      // The reply may have been lost and not the blob.
      if (await headBlob(client, repository, descriptor.digest, { signal })) return 'sent';
    }
  }
}

/**
 * Asks the registry to take a blob over from another of its repositories: `mounted`, a session to send it to (202), or
 * undefined where the registry would have none of it. One token covers both repositories.
 *
 * @throws {RegistryError} `cancelled`, and those of the transport.
 */
export async function mountBlob(
  client: RegistryClient,
  repository: string,
  digest: string,
  from: string,
  { signal }: CallOptions = {},
): Promise<'mounted' | URL | undefined> {
  const query = `mount=${encodeURIComponent(checkDigest(digest))}&from=${encodeURIComponent(checkRepository(from))}`;
  try {
    const reply = await client.request({
      method: 'POST',
      url: `/v2/${checkRepository(repository)}/blobs/uploads/?${query}`,
      headers: { 'content-length': '0' },
      scopes: mergeScopes([pushScope(repository), pullScope(from)]),
      expect: [201, 202],
      tries: 1,
      signal,
    });
    await reply.dump();
    return reply.status === 201 ? 'mounted' : locationOf(client, reply);
  } catch (error) {
    if (error instanceof RegistryError && error.status !== undefined) return undefined;
    throw error;
  }
}

async function beginUpload(
  client: RegistryClient,
  repository: string,
  { signal }: CallOptions,
): Promise<URL> {
  const reply = await client.request({
    method: 'POST',
    url: `/v2/${checkRepository(repository)}/blobs/uploads/`,
    headers: { 'content-length': '0' },
    scopes: [pushScope(repository)],
    expect: [202],
    signal,
  });
  await reply.dump();
  return locationOf(client, reply);
}

/** An upload location on another origin is used without our credentials (CVE-2026-50151). */
function locationOf(client: RegistryClient, reply: Reply): URL {
  const location = reply.header('location');
  if (location === undefined)
    throw new RegistryError('invalidResponse', reply.request, {
      reason: 'The registry began an upload and does not say where.',
    });
  return client.elsewhere(location, reply.url, reply.request);
}

async function send(
  client: RegistryClient,
  repository: string,
  session: URL,
  { digest, size }: Pick<Descriptor, 'digest' | 'size'>,
  open: OpenBlob,
  { signal, onBytes }: UploadOptions,
): Promise<void> {
  const url = new URL(session);
  // Appended and not set: a signed query must keep its order and its spelling.
  url.search = `${url.search}${url.search === '' ? '?' : '&'}digest=${encodeURIComponent(checkDigest(digest))}`;
  let sent = 0;
  let broken: unknown;
  const counted = async function* (): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of open(0, signal)) {
        yield chunk;
        sent += chunk.byteLength;
        onBytes?.(chunk.byteLength);
      }
    } catch (error) {
      broken = error;
      throw error;
    }
  };
  const body = size === 0 ? new Uint8Array(0) : Readable.from(counted(), { objectMode: false });
  try {
    const reply = await client.request({
      method: 'PUT',
      url,
      headers: { 'content-type': 'application/octet-stream', 'content-length': String(size) },
      body,
      scopes: [pushScope(repository)],
      expect: [201, 204],
      headersTimeout: COMMIT_TIMEOUT,
      signal,
    });
    await reply.dump();
    const stored = reply.header('docker-content-digest');
    if (stored !== undefined && stored !== digest && stored.split(':')[0] === digest.split(':')[0])
      throw new RegistryError('digestMismatch', reply.request, {
        reason: `${digest} was sent and the registry stored ${stored}.`,
      });
  } catch (error) {
    onBytes?.(-sent);
    // The stream's own failure (the source's) says more than the connection it broke.
    throw broken ?? error;
  } finally {
    if (body instanceof Readable) body.destroy();
  }
}

/** The registry should not keep half a blob; where it does not listen, it expires sessions itself. */
async function abandon(client: RegistryClient, repository: string, session: URL): Promise<void> {
  try {
    const reply = await client.request({
      method: 'DELETE',
      url: session,
      scopes: [pushScope(repository)],
      expect: [200, 202, 204, 404],
      tries: 1,
      signal: AbortSignal.timeout(ABANDON_TIMEOUT),
    });
    await reply.dump();
  } catch {
    // Nothing more can be done from here.
  }
}

/** A lost connection or a server's bad moment; also a token that ran out under a stream, which could not be sent again. */
function isWorthRepeating(error: RegistryError): boolean {
  if (error.side === 'source') return false;
  if (error.code === 'connectionLost' || error.code === 'timeout') return true;
  if (error.status === undefined) return false;
  return error.status === 401 || error.status === 404 || error.status === 429 || error.status >= 500;
}
