import type { CallOptions } from '../endpoints/options.ts';
import { abandonUpload, beginUpload } from '../endpoints/upload-session.ts';
import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import { deletionOf, whyNothingDeleted } from '../registry/policy.ts';
import type { Registry } from '../registry/registry.ts';
import type { AloneBy } from '../vocabulary/deletion.ts';
import { isRefusal } from './step.ts';

/**
 * How a tag can go alone; undefined where it cannot. Found out by asking for the deletion of what cannot exist and, where a
 * placeholder would have to be pushed, by an upload that is given up at once.
 *
 * @throws {RegistryError} `unsupported`, `denied` where nothing can be deleted.
 */
export async function waysAlone(
  registry: Registry,
  repository: string,
  { needed, signal }: CallOptions & { /** Whether some tag has to go alone. */ needed: boolean },
): Promise<AloneBy | undefined> {
  const found = await deletionOf(registry, repository, { signal });
  if (found.digest === 'no' && found.tag !== 'yes')
    throw new RegistryError('unsupported', '', { reason: whyNothingDeleted(registry) });
  if (found.digest === 'denied')
    throw new RegistryError('denied', '', { reason: `This account may not delete in ${repository}.` });
  if (found.tag === 'yes') return 'name';
  return needed && (await canPush(registry.client, repository, signal)) ? 'placeholder' : undefined;
}

async function canPush(
  client: RegistryClient,
  repository: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    const { url } = await beginUpload(client, repository, { signal });
    await abandonUpload(client, repository, url);
    return true;
  } catch (error) {
    if (error instanceof RegistryError && (isRefusal(error) || error.code === 'unsupported')) return false;
    throw error;
  }
}
