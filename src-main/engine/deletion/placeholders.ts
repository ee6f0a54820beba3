import { deleteManifest } from '../endpoints/manifests.ts';
import { orMissing } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import { readPlaceholder } from '../model/placeholder.ts';
import type { ManifestReader } from '../reading/reader.ts';
import { ended } from './step.ts';

/** What the placeholder of an earlier deletion that never ended replaced; undefined for any other manifest. */
export async function replacedBy(
  reader: ManifestReader,
  repository: string,
  digest: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const found = await orMissing(reader.get(repository, digest, signal));
  return found && readPlaceholder(found)?.digest;
}

/** Takes a placeholder away to which no tag points any more. One that stays is a manifest of some hundred bytes. */
export async function sweepPlaceholder(
  client: RegistryClient,
  repository: string,
  digest: string,
): Promise<void> {
  await ended(deleteManifest(client, repository, digest));
}
