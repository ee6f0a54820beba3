import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import { resolveRedirect } from '../http/redirects.ts';
import type { Reply } from '../http/reply.ts';
import { mergeScopes, pullScope, pushScope } from '../http/scope.ts';
import { checkDigest } from '../model/digest.ts';
import { checkRepository } from '../model/reference.ts';
import type { CallOptions } from './options.ts';
import { writeTo } from './write-refusal.ts';

/** Milliseconds for the request that cancels an upload. */
const ABANDON_TIMEOUT = 3_000;

/** An upload that a registry has begun. */
export interface UploadSession {
  /** Where the next bytes go; every reply may move it. */
  readonly url: URL;
  /** Bytes that the registry has. */
  readonly offset: number;
}

/** @throws {RegistryError} */
export async function beginUpload(
  client: RegistryClient,
  repository: string,
  { signal }: CallOptions,
): Promise<UploadSession> {
  const begun = client.request({
    method: 'POST',
    url: `/v2/${checkRepository(repository)}/blobs/uploads/`,
    headers: { 'content-length': '0' },
    scopes: [pushScope(repository)],
    // 202 by the specification; where it says where to send, that is what counts.
    expect: [202, 200, 201],
    signal,
  });
  const reply = await writeTo(client, repository, begun);
  await reply.dump();
  return { url: locationOf(reply), offset: 0 };
}

/**
 * Asks the registry to take a blob over from another of its repositories: `mounted`, a session to send it to (202), or
 * undefined where the registry would have none of it. One token covers both repositories.
 *
 * @throws {RegistryError} `cancelled`, and those of the transport.
 * @see OCI distribution-spec 1.1, "Mounting a blob from another repository"
 */
export async function mountBlob(
  client: RegistryClient,
  repository: string,
  digest: string,
  from: string,
  { signal }: CallOptions = {},
): Promise<'mounted' | UploadSession | undefined> {
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
    return reply.status === 201 ? 'mounted' : { url: locationOf(reply), offset: 0 };
  } catch (error) {
    if (error instanceof RegistryError && error.status !== undefined) return undefined;
    throw error;
  }
}

/**
 * The session as the registry knows it, or undefined if that is not known for sure: it is gone, the registry does not
 * answer, or it says `0-0`, which means one byte or none. A session on another host (object storage) is never asked: its
 * signed address allows nothing but sending.
 *
 * Distribution (2.8 measured) knows a session no more once a body was cut: its locations are signed for a length.
 *
 * @throws {RegistryError} `cancelled`
 * @see OCI distribution-spec 1.1, "Pushing a blob in chunks"
 */
export async function askSession(
  client: RegistryClient,
  repository: string,
  url: URL,
  { signal }: CallOptions,
): Promise<UploadSession | undefined> {
  if (url.origin !== client.url.origin) return undefined;
  try {
    const reply = await client.request({
      method: 'GET',
      url,
      scopes: [pushScope(repository)],
      expect: [200, 202, 204],
      signal,
    });
    await reply.dump();
    const last = Number(/^(?:bytes[ =])?0-(\d+)$/.exec(reply.header('range') ?? '')?.[1] ?? 0);
    if (last === 0 || !Number.isSafeInteger(last)) return undefined;
    const moved = reply.header('location');
    return {
      url: moved === undefined ? url : resolveRedirect(moved, reply.url, reply.request),
      offset: last + 1,
    };
  } catch (error) {
    if (error instanceof RegistryError && error.code !== 'cancelled') return undefined;
    throw error;
  }
}

/**
 * Ends a session: the registry should not keep half a blob. Where it does not listen, it expires sessions itself. A session
 * resolveRedirect is left alone: its address may be the blob's.
 */
export async function abandonUpload(client: RegistryClient, repository: string, url: URL): Promise<void> {
  if (url.origin !== client.url.origin) return;
  try {
    const reply = await client.request({
      method: 'DELETE',
      url,
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

/**
 * An upload location on another origin is used without our credentials (CVE-2026-50151).
 *
 * @throws {RegistryError} `invalidResponse`, `addressRefused`
 */
export function locationOf(reply: Reply): URL {
  const location = reply.header('location');
  if (location === undefined)
    throw new RegistryError('invalidResponse', reply.request, {
      reason: 'The registry began an upload and does not say where.',
    });
  return resolveRedirect(location, reply.url, reply.request);
}
