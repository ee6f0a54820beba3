import { headBlob } from '../endpoints/blobs.ts';
import { lookAt } from '../endpoints/look.ts';
import type { CallOptions } from '../endpoints/options.ts';
import { RegistryError } from '../errors.ts';
import { forEachLimit } from '../for-each-limit.ts';
import type { RegistryClient } from '../http/client.ts';
import { type Descriptor, parseManifest, type RawManifest } from '../model/manifest.ts';
import { blobsOf, childrenOf } from '../model/parts.ts';

/** Requests at a time. */
export const READS = 6;

type Blob = Pick<Descriptor, 'digest' | 'size'>;

/** What a manifest names, each digest once; nothing where its parts cannot be read. */
export interface Parts {
  children: readonly string[];
  blobs: readonly Blob[];
  /** What it is attached to. */
  subject?: string;
}

/** What a manifest names: the digests of its children, and those of its blobs that the registry does not have any more. */
export interface Needs {
  children: readonly string[];
  blobs: number;
  missing: readonly Blob[];
}

export function partsOf(raw: RawManifest): Parts {
  try {
    const manifest = parseManifest(raw);
    const children = [...new Set(childrenOf(manifest).map(({ digest }) => digest))];
    const blobs = new Map(blobsOf(manifest).map(({ digest, size }) => [digest, { digest, size }]));
    const subject = 'subject' in manifest ? manifest.subject?.digest : undefined;
    return { children, blobs: [...blobs.values()], ...(subject === undefined ? {} : { subject }) };
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
  const missing = await missingOf(
    client,
    repository,
    blobs.map(({ digest }) => digest),
    options,
  );
  return { children, blobs: blobs.length, missing: blobs.filter(({ digest }) => missing.has(digest)) };
}
