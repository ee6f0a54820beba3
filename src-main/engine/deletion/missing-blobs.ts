import { headBlob } from '../endpoints/blobs.ts';
import { lookAt } from '../endpoints/look.ts';
import type { CallOptions } from '../endpoints/options.ts';
import { RegistryError } from '../errors.ts';
import { forEachLimit } from '../for-each-limit.ts';
import type { RegistryClient } from '../http/client.ts';
import { parseManifest, type RawManifest } from '../model/manifest.ts';
import { blobsOf, childrenOf } from '../model/parts.ts';

/** Requests at a time. */
export const READS = 6;

/** Digests of what a manifest names, each once; none where its parts cannot be read. */
export interface Parts {
  children: readonly string[];
  blobs: readonly string[];
}

/** What a manifest names: the digests of its children, and how many of its blobs the registry does not have any more. */
export interface Needs {
  children: readonly string[];
  blobs: number;
  missing: number;
}

export function partsOf(raw: RawManifest): Parts {
  try {
    const manifest = parseManifest(raw);
    const digests = (parts: readonly { digest: string }[]) => [...new Set(parts.map(({ digest }) => digest))];
    return { children: digests(childrenOf(manifest)), blobs: digests(blobsOf(manifest)) };
  } catch (error) {
    if (error instanceof RegistryError) return { children: [], blobs: [] };
    throw error;
  }
}

/** Those of the blobs that the registry does not have. What it refuses to answer counts as there: the write will show it. */
export async function missingOf(
  client: RegistryClient,
  repository: string,
  blobs: Iterable<string>,
  { signal }: CallOptions = {},
): Promise<Set<string>> {
  const missing = new Set<string>();
  await forEachLimit(
    blobs,
    READS,
    async (digest, stop) => {
      const { found, unseen } = await lookAt(headBlob(client, repository, digest, { signal: stop }));
      if (!found && !unseen) missing.add(digest);
    },
    signal,
  );
  return missing;
}

/** Asks for each blob of a manifest. */
export async function needsOf(
  client: RegistryClient,
  repository: string,
  raw: RawManifest,
  options: CallOptions = {},
): Promise<Needs> {
  const { children, blobs } = partsOf(raw);
  const { size } = await missingOf(client, repository, blobs, options);
  return { children, blobs: blobs.length, missing: size };
}
