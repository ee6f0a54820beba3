import { headBlob } from '../endpoints/blobs.ts';
import { lookAt } from '../endpoints/look.ts';
import type { CallOptions } from '../endpoints/options.ts';
import { RegistryError } from '../errors.ts';
import { forEachLimit } from '../for-each-limit.ts';
import type { RegistryClient } from '../http/client.ts';
import { type Manifest, parseManifest, type RawManifest } from '../model/manifest.ts';
import { blobsOf, childrenOf } from '../model/parts.ts';

/** Blobs asked for at a time. */
const READS = 6;

/** What a manifest names: the digests of its children, and how many of its blobs the registry does not have any more. */
export interface Needs {
  children: readonly string[];
  blobs: number;
  missing: number;
}

/** Asks for each blob of a manifest. What the registry refuses to answer counts as there: the write will show it. */
export async function needsOf(
  client: RegistryClient,
  repository: string,
  raw: RawManifest,
  { signal }: CallOptions = {},
): Promise<Needs> {
  let manifest: Manifest;
  try {
    manifest = parseManifest(raw);
  } catch (error) {
    // One whose parts we cannot read.
    if (error instanceof RegistryError) return { children: [], blobs: 0, missing: 0 };
    throw error;
  }
  const blobs = new Set(blobsOf(manifest).map(({ digest }) => digest));
  let missing = 0;
  await forEachLimit(
    blobs,
    READS,
    async (digest, stop) => {
      const { found, unseen } = await lookAt(headBlob(client, repository, digest, { signal: stop }));
      if (!found && !unseen) missing++;
    },
    signal,
  );
  return { children: childrenOf(manifest).map(({ digest }) => digest), blobs: blobs.size, missing };
}
