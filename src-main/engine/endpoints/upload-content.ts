import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import type { ClientRequest } from '../http/options.ts';
import type { Reply } from '../http/reply.ts';
import { pushScope } from '../http/scope.ts';
import { checkDigest, readDigest } from '../model/digest.ts';
import type { Descriptor } from '../model/manifest.ts';
import type { CallOptions } from './options.ts';
import { locationOf, type UploadSession } from './upload-session.ts';
import { type OpenBlob, UploadSource } from './upload-source.ts';

/** Milliseconds: object storage may assemble a large blob for minutes before it answers. */
const COMMIT_TIMEOUT = 10 * 60_000;

interface SendOptions extends CallOptions {
  /** Bytes that the registry takes in one request. */
  chunk: number;
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
 * be sent, a PATCH for each chunk before it.
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
  { signal, chunk, onBytes, onMoved, onRedirected }: SendOptions,
): Promise<void> {
  const source = new UploadSource(open, { ...session, size, signal, onBytes });
  const common = { scopes: [pushScope(repository)], headersTimeout: COMMIT_TIMEOUT, signal };
  const send = async (request: ClientRequest): Promise<Reply> => {
    const reply = await client.request({ ...request, expect: [...request.expect, ...REDIRECTS] });
    if (!REDIRECTS.includes(reply.status)) return reply;
    await reply.dump();
    const moved = locationOf(client, reply);
    const own = moved.origin === reply.url.origin;
    if (own) onRedirected(moved);
    throw new RegistryError(own ? 'connectionLost' : 'invalidResponse', reply.request, {
      reason: `The registry redirects the upload to ${own ? 'another place' : moved.host}.`,
      status: reply.status,
    });
  };
  let { url, offset } = session;
  try {
    while (size - offset > chunk) {
      const moved = await send({
        ...common,
        method: 'PATCH',
        url,
        headers: headersOf(offset, chunk, true),
        body: source.take(chunk),
        expect: [202],
      });
      await moved.dump();
      url = locationOf(client, moved);
      offset += chunk;
      onMoved({ url, offset });
    }
    const reply = await send({
      ...common,
      method: 'PUT',
      url: withDigest(url, digest),
      headers: headersOf(offset, size - offset, offset > 0),
      body: source.take(size - offset),
      expect: [201, 204],
    });
    await reply.dump();
    const stored = readDigest(reply.header('docker-content-digest'));
    if (stored !== undefined && stored !== digest && stored.split(':')[0] === digest.split(':')[0])
      throw new RegistryError('digestMismatch', reply.request, {
        reason: `${digest} was sent and the registry stored ${stored}.`,
      });
  } catch (error) {
    // The source's failure says more than the connection it broke.
    throw source.failure ?? error;
  } finally {
    source.close();
  }
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
