import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import type { Reply } from '../http/reply.ts';
import { deleteScope, pullScope } from '../http/scope.ts';
import { algorithmOf, checkDigest, isDigest, readDigest } from '../model/digest.ts';
import { parseJson } from '../model/json.ts';
import type { ManifestHead, RawManifest } from '../model/manifest.ts';
import { sniffMediaType } from '../model/manifest.ts';
import { bareMediaType, MANIFEST_ACCEPT, namesDocument } from '../model/media-types.ts';
import { checkManifestReference, checkRepository, checkTag } from '../model/reference.ts';
import { isVouchedFor, manifestDigest } from '../model/vouch.ts';
import type { CallOptions } from './options.ts';

/** Bytes of a manifest that is read: twice what registries must take (CVE-2020-1702). */
export const MANIFEST_MAX = 8 * 1024 * 1024;

export function manifestPath(repository: string, reference: string): string {
  return `/v2/${checkRepository(repository)}/manifests/${checkManifestReference(reference)}`;
}

/**
 * Answers to a HEAD of a manifest by which some registries and proxies mean that they have no HEAD, or none for us: a GET decides,
 * which also has the registry's words.
 */
const HEAD_REFUSED: readonly number[] = [400, 401, 403, 405, 406, 410, 415, 501];
/** Clients whose registry answered a HEAD of a manifest: its 404 is then to be believed. */
const knowsHead = new WeakSet<RegistryClient>();
/** Repositories in which each client has seen a list of what is there: a 404 contradicts that. */
const listedIn = new WeakMap<RegistryClient, Set<string>>();

/** Its tags were listed, or one was written: what a HEAD says is not there is from now on asked for by GET. */
export function noteContents(client: RegistryClient, repository: string): void {
  listedIn.set(client, (listedIn.get(client) ?? new Set()).add(repository));
}

/**
 * What a tag or digest names, by one HEAD; by a GET if the registry refuses a HEAD or reports too little.
 *
 * @throws {RegistryError} `notFound`; `digestMismatch` where a pinned digest is answered with another.
 */
export async function headManifest(
  client: RegistryClient,
  repository: string,
  reference: string,
  { signal }: CallOptions = {},
): Promise<ManifestHead> {
  const doubtful = listedIn.get(client)?.has(repository) === true && !knowsHead.has(client);
  const reply = await client.request({
    method: 'HEAD',
    url: manifestPath(repository, reference),
    headers: { accept: MANIFEST_ACCEPT },
    scopes: [pullScope(repository)],
    expect: [200, ...(doubtful ? [404] : []), ...HEAD_REFUSED],
    follow: true,
    signal,
  });
  await reply.dump();
  if (reply.status === 200) knowsHead.add(client);
  const header = readDigest(reply.header('docker-content-digest'));
  const digest = header ?? (isDigest(reference) ? reference : undefined);
  const mediaType = bareMediaType(reply.contentType);
  const size = reply.contentLength;
  if (reply.status !== 200 || digest === undefined || size === undefined || !namesDocument(mediaType)) {
    const manifest = await getManifest(client, repository, reference, { signal });
    return { digest: manifest.digest, mediaType: manifest.mediaType, size: manifest.bytes.byteLength };
  }
  if (isDigest(reference) && digest !== reference && algorithmOf(digest) === algorithmOf(reference))
    throw new RegistryError('digestMismatch', reply.request, {
      reason: `${reference} was asked for and ${digest} answered.`,
    });
  return { digest: isDigest(reference) ? reference : digest, mediaType, size };
}

/**
 * A manifest, byte for byte. Its content is always checked: against the digest it was asked by (CVE-2025-24882), or against
 * the digest the registry reports for the tag.
 *
 * Registries that limit pulls count this request. Only an `urgent` one may use the last of them.
 *
 * @throws {RegistryError} `notFound`, `tooLarge` over 8 MiB, `digestMismatch`, `rateLimited`.
 * @see OCI distribution-spec 1.1, "Pulling manifests"
 */
export async function getManifest(
  client: RegistryClient,
  repository: string,
  reference: string,
  { signal, urgent = false }: CallOptions & { urgent?: boolean } = {},
): Promise<RawManifest> {
  const reply = await client.request({
    method: 'GET',
    url: manifestPath(repository, reference),
    headers: { accept: MANIFEST_ACCEPT },
    scopes: [pullScope(repository)],
    expect: [200],
    follow: true,
    wholeUpTo: MANIFEST_MAX,
    urgent,
    signal,
  });
  const bytes = await reply.bytes(MANIFEST_MAX);
  const mediaType = sniffMediaType(reply.contentType, bytes);
  if (!namesDocument(mediaType)) refuseErrors(reply, bytes);
  if (mediaType.includes('html'))
    throw new RegistryError('invalidResponse', reply.request, {
      reason: 'A web page came instead of a manifest.',
    });
  return { digest: verify(reply, reference, mediaType, bytes), mediaType, bytes };
}

/** A body of errors that came with a good status is no manifest. */
function refuseErrors(reply: Reply, bytes: Uint8Array): void {
  let document: unknown;
  try {
    document = parseJson(bytes);
  } catch {
    return; // reported when the manifest is parsed
  }
  reply.refuseErrors(document);
}

function verify(reply: Reply, reference: string, mediaType: string, bytes: Uint8Array): string {
  const expected = isDigest(reference) ? reference : readDigest(reply.header('docker-content-digest'));
  if (expected === undefined) return manifestDigest({ mediaType, bytes });
  if (isVouchedFor({ digest: expected, mediaType, bytes })) return expected;
  const found = manifestDigest({ mediaType, bytes }, algorithmOf(expected));
  throw new RegistryError('digestMismatch', reply.request, {
    reason: `The manifest should be ${expected} and is ${found}.`,
  });
}

/**
 * Deletes a manifest, and with it every tag on it.
 *
 * @throws {RegistryError} `notFound` where it was gone already, `unsupported` where the registry does not delete, `denied`,
 * `conflict` for protected content.
 */
export async function deleteManifest(
  client: RegistryClient,
  repository: string,
  digest: string,
  { signal }: CallOptions = {},
): Promise<void> {
  await remove(client, repository, checkDigest(digest), signal);
}

/**
 * Deletes one tag by its name and nothing else. Only where the registry is known to keep the manifest and its other tags.
 *
 * @throws {RegistryError} `notFound` where it was gone already, `unsupported` where the registry deletes by digest only.
 * @see OCI distribution-spec 1.1, "Deleting tags"
 */
export async function deleteTag(
  client: RegistryClient,
  repository: string,
  tag: string,
  { signal }: CallOptions = {},
): Promise<void> {
  try {
    await remove(client, repository, checkTag(tag), signal);
  } catch (error) {
    // docker-registry 2.8 reads the tag as a digest. A repository that is not there is 400 as well at some (zot).
    if (error instanceof RegistryError && error.status === 400 && error.code !== 'notFound')
      throw new RegistryError('unsupported', error.request, {
        status: 400,
        reason: error.reason,
        registryCodes: error.registryCodes,
        cause: error,
      });
    throw error;
  }
}

async function remove(
  client: RegistryClient,
  repository: string,
  reference: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const reply = await client.request({
    method: 'DELETE',
    url: manifestPath(repository, reference),
    scopes: [deleteScope(repository)],
    expect: [202, 200, 204],
    signal,
  });
  await reply.dump();
}
