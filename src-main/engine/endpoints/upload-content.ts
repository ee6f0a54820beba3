import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import type { ClientRequest } from '../http/options.ts';
import type { Reply } from '../http/reply.ts';
import { backoff, pause } from '../http/retry.ts';
import { pushScope } from '../http/scope.ts';
import { checkDigest, readDigest } from '../model/digest.ts';
import type { Descriptor } from '../model/manifest.ts';
import { headBlob } from './blobs.ts';
import { lookAt } from './look.ts';
import type { CallOptions } from './options.ts';
import { locationOf, type UploadSession } from './upload-session.ts';
import { type OpenBlob, UploadSource } from './upload-source.ts';

/** Milliseconds: object storage may assemble a large blob for minutes before it answers. */
const COMMIT_TIMEOUT = 10 * 60_000;
/** Looks for a blob that a registry said it would store (202): some store it a moment later. */
const LOOKS = 4;

interface SendOptions extends CallOptions {
  /** Bytes that the registry takes in one request. */
  chunk: number;
  /** The closing PUT has no bytes. */
  patches: boolean;
  /** Bytes handed to the connection. */
  onBytes: (bytes: number) => void;
  /** The registry has a chunk. */
  onMoved: (session: UploadSession) => void;
  /** It wants the same bytes at another place of its own. */
  onRedirected: (url: URL) => void;
}

const REDIRECTS: readonly number[] = [301, 302, 307, 308];

/** Whether an upload failed because it is wanted elsewhere. Its body is gone: only the next attempt can go there. */
export function isRedirected({ status }: RegistryError): boolean {
  return REDIRECTS.includes(status ?? 0);
}

/**
 * Sends the bytes of a blob that a session lacks and has the registry commit it: one PUT, or where more than a chunk is to
 * be sent, or the registry wants it so, a PATCH for each chunk before it.
 *
 * @throws {RegistryError} the source's own, of side `source`; else `digestMismatch` where the registry stored something
 *   else, and those of the transport.
 * @see OCI distribution-spec 1.1, "Pushing blobs"
 */
export async function sendContent(
  client: RegistryClient,
  repository: string,
  session: UploadSession,
  { digest, size }: Pick<Descriptor, 'digest' | 'size'>,
  open: OpenBlob,
  { signal, chunk, patches, onBytes, onMoved, onRedirected }: SendOptions,
): Promise<void> {
  const source = new UploadSource(open, { ...session, size, signal, onBytes });
  const common = { scopes: [pushScope(repository)], headersTimeout: COMMIT_TIMEOUT, signal };
  const send = async (request: ClientRequest): Promise<Reply> => {
    const reply = await client.request({ ...request, expect: [...request.expect, ...REDIRECTS] });
    if (!REDIRECTS.includes(reply.status)) return reply;
    await reply.dump();
    const moved = locationOf(reply);
    const own = moved.origin === reply.url.origin;
    if (own) onRedirected(moved);
    throw new RegistryError(own ? 'connectionLost' : 'invalidResponse', reply.request, {
      reason: `The registry redirects the upload to ${own ? 'another place' : moved.host}.`,
      status: reply.status,
    });
  };
  let { url, offset } = session;
  try {
    while (size - offset > (patches ? 0 : chunk)) {
      const length = Math.min(chunk, size - offset);
      const moved = await send({
        ...common,
        method: 'PATCH',
        url,
        headers: headersOf(offset, length, true),
        body: source.take(length),
        expect: [202, 200, 201, 204],
      });
      await moved.dump();
      url = moved.header('location') === undefined ? url : locationOf(moved);
      offset += length;
      onMoved({ url, offset });
    }
    const reply = await send({
      ...common,
      method: 'PUT',
      url: withDigest(url, digest),
      headers: headersOf(offset, size - offset, offset > 0),
      body: source.take(size - offset),
      expect: [201, 204, 200, 202],
    });
    await reply.dump();
    const stored = readDigest(reply.header('docker-content-digest'));
    if (stored !== undefined && stored !== digest && stored.split(':')[0] === digest.split(':')[0])
      throw new RegistryError('digestMismatch', reply.request, {
        reason: `${digest} was sent and the registry stored ${stored}.`,
      });
    if (reply.status === 200 || reply.status === 202)
      await lookAfter(client, repository, digest, reply, signal);
  } catch (error) {
    // The source's failure says more than the connection it broke.
    throw source.failure ?? error;
  } finally {
    source.close();
  }
}

/** Not what the specification says to a blob that is stored: it counts when the blob is there. */
async function lookAfter(
  client: RegistryClient,
  repository: string,
  digest: string,
  { status, request }: Reply,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let look = 1; look <= LOOKS; look++) {
    if (look > 1) await pause(backoff(look, client.retry), signal);
    const { found, unseen } = await lookAt(headBlob(client, repository, digest, { signal }));
    if (found) return;
    if (unseen) throw unseen;
  }
  throw new RegistryError('invalidResponse', request, {
    reason: `The registry answered ${status} and does not have ${digest}.`,
  });
}

function headersOf(offset: number, length: number, ranged: boolean): Record<string, string> {
  return {
    'content-type': 'application/octet-stream',
    'content-length': String(length),
    ...(ranged && length > 0 ? { 'content-range': `${offset}-${offset + length - 1}` } : {}),
  };
}

/** Appended and not set: a signed query must keep its order and its spelling. */
function withDigest(session: URL, digest: string): URL {
  const url = new URL(session);
  // A redirect kept it.
  if (url.searchParams.get('digest') === digest) return url;
  url.search = `${url.search}${url.search === '' ? '?' : '&'}digest=${encodeURIComponent(checkDigest(digest))}`;
  return url;
}
