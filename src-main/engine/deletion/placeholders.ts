import { deleteManifest } from '../endpoints/manifests.ts';
import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import type { RawManifest } from '../model/manifest.ts';
import { readPlaceholder } from '../model/placeholder.ts';
import type { ManifestReader } from '../reading/reader.ts';
import { ended } from './step.ts';

/** What the placeholder of an earlier deletion that never ended replaced; undefined for any other manifest. */
export async function standsFor(
  reader: ManifestReader,
  repository: string,
  digest: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const found = await readIfThere(reader, repository, digest, signal);
  return found && readPlaceholder(found)?.digest;
}

/** Undefined for a tag whose manifest is gone: there is nothing that could be put back. */
export async function readIfThere(
  reader: ManifestReader,
  repository: string,
  digest: string,
  signal: AbortSignal | undefined,
): Promise<RawManifest | undefined> {
  try {
    return await reader.get(repository, digest, signal);
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'notFound') return undefined;
    throw error;
  }
}

/** Takes a placeholder away to which no tag points any more. One that stays is a manifest of some hundred bytes. */
export async function sweepPlaceholder(
  client: RegistryClient,
  repository: string,
  digest: string,
): Promise<void> {
  await ended(deleteManifest(client, repository, digest));
}
