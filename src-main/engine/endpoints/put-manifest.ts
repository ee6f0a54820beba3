import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import type { Reply } from '../http/reply.ts';
import { backoff, pause } from '../http/retry.ts';
import { pushScope } from '../http/scope.ts';
import { algorithmOf, isDigest, readDigest } from '../model/digest.ts';
import type { ManifestHead, RawManifest } from '../model/manifest.ts';
import { isVouchedFor } from '../model/vouch.ts';
import { lookAt } from './look.ts';
import { headManifest, manifestPath, noteContents } from './manifests.ts';
import type { CallOptions } from './options.ts';
import { writeTo } from './write-refusal.ts';

/** Bytes of a manifest that is written: what the specification says registries should take. */
const MANIFEST_PUSH_MAX = 4 * 1024 * 1024;
/** Looks for a manifest that a registry said it would store (202): some store it a moment later. */
const LOOKS = 4;

/**
 * Writes a manifest under a tag, or under its digest, with the very bytes it was read with. Everything it names must be in
 * the repository already.
 *
 * That a tag points at the digest is taken from the reply, or read back where the reply does not say so. A tag of another
 * algorithm than sha256 is written by its digest first, so that a registry that does not keep such digests refuses it before the
 * tag moves.
 *
 * @returns the subject whose referrers the registry keeps itself; without it the caller notes them under the fallback tag
 * @throws {RegistryError} `refused` with the registry code `MANIFEST_BLOB_UNKNOWN` where something is missing;
 * `digestMismatch` where the bytes are not those of the digest (nothing is sent), or the registry stored something else; `unsupported` where it keeps the manifest under another digest.
 * @see OCI distribution-spec 1.1, "Pushing manifests"
 */
export async function putManifest(
  client: RegistryClient,
  repository: string,
  reference: string,
  manifest: RawManifest,
  { signal }: CallOptions = {},
): Promise<{ subject?: string }> {
  if (manifest.bytes.byteLength > MANIFEST_PUSH_MAX)
    throw new RegistryError('tooLargeToSend', '', {
      reason: `The manifest is larger than the ${MANIFEST_PUSH_MAX / 1024 / 1024} MiB a registry has to take.`,
    });
  if (!isVouchedFor(manifest))
    throw new RegistryError('digestMismatch', '', {
      reason: `What is to be written is not ${manifest.digest}; nothing was sent.`,
    });
  const put = (path: string): Promise<Reply> =>
    writeTo(client, repository, send(client, repository, path, manifest, signal));
  const path = manifestPath(repository, reference);
  let reply: Reply;
  if (isDigest(reference) || algorithmOf(manifest.digest) === 'sha256') reply = await put(path);
  else {
    // As the coming specification has it; who does not know it takes the digest and leaves the tag.
    reply = await put(`${manifestPath(repository, manifest.digest)}?tag=${reference}`);
    if (!reply.headerValues('oci-tag').includes(reference)) reply = await put(path);
  }
  const written = readDigest(reply.header('docker-content-digest'));
  const confirmed =
    written === manifest.digest || (written === undefined && reply.status === 201 && isDigest(reference));
  if (!confirmed) await readBack(client, repository, reference, manifest, reply, signal);
  const subject = reply.header('oci-subject');
  return subject === undefined ? {} : { subject };
}

async function send(
  client: RegistryClient,
  repository: string,
  url: string,
  manifest: RawManifest,
  signal: AbortSignal | undefined,
): Promise<Reply> {
  const reply = await client.request({
    method: 'PUT',
    url,
    headers: { 'content-type': manifest.mediaType },
    body: manifest.bytes,
    scopes: [pushScope(repository)],
    expect: [201, 200, 202, 204],
    signal,
  });
  await reply.dump();
  return reply;
}

async function readBack(
  client: RegistryClient,
  repository: string,
  reference: string,
  { digest }: RawManifest,
  reply: Reply,
  signal: AbortSignal | undefined,
): Promise<void> {
  noteContents(client, repository);
  let head: ManifestHead | undefined;
  for (let look = 1; look <= LOOKS && head?.digest !== digest; look++) {
    if (look > 1) await pause(backoff(look, client.retry), signal);
    const { found, unseen } = await lookAt(headManifest(client, repository, reference, { signal }));
    // It may be written and not read: then its 201 counts, unless it named another digest.
    if (unseen && reply.status === 201 && readDigest(reply.header('docker-content-digest')) === undefined)
      return;
    if (unseen) throw unseen;
    head = found;
    if (reply.status !== 202 && head) break;
  }
  if (head?.digest === digest) return;
  const fail = (code: 'digestMismatch' | 'unsupported', reason: string): RegistryError =>
    new RegistryError(code, reply.request, { reason });
  if (!head)
    throw fail('digestMismatch', `The registry answered ${reply.status} and does not have ${reference}.`);
  if (algorithmOf(head.digest) !== algorithmOf(digest))
    throw fail(
      'unsupported',
      `The registry keeps it as ${head.digest} and not as ${digest}: nothing finds it by that digest there.`,
    );
  throw fail(
    'digestMismatch',
    `${reference} was written as ${digest} and is ${head.digest} at the registry.`,
  );
}
