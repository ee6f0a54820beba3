import { randomBytes } from 'node:crypto';
import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import type { Ability } from '../vocabulary/abilities.ts';
import { deleteManifest, deleteTag } from './manifests.ts';
import type { CallOptions } from './options.ts';

export interface DeletionAbility {
  /** Deleting a manifest by its digest. */
  digest: Ability | 'denied';
  /** Deleting a tag by its name. */
  tag: Ability;
}

/**
 * Finds out what can be deleted by asking for the deletion of what cannot exist: a random digest and a random tag. Nothing is
 * ever removed. Without a repository a random one is named: then only a registry that deletes nothing at all can be recognised, for
 * of what is not there no answer says what would become of something that is.
 *
 * @throws {RegistryError} those of the transport, `cancelled`, `rateLimited`, `registryFailed`.
 */
export async function probeDeletion(
  client: RegistryClient,
  repository: string | undefined,
  { signal }: CallOptions = {},
): Promise<DeletionAbility> {
  const name = repository ?? `wharfinger-probe/${randomBytes(8).toString('hex')}`;
  const digest = await attempt(() =>
    deleteManifest(client, name, `sha256:${randomBytes(32).toString('hex')}`, { signal }),
  );
  if (digest === 'no') return { digest, tag: 'no' };
  if (repository === undefined) return { digest: 'unknown', tag: 'unknown' };
  if (digest === 'denied') return { digest, tag: 'unknown' };
  const tag = await attempt(() =>
    deleteTag(client, name, `wharfinger-probe-${randomBytes(12).toString('hex')}`, { signal }),
  );
  return { digest, tag: tag === 'denied' ? 'unknown' : tag };
}

async function attempt(deletion: () => Promise<void>): Promise<Ability | 'denied'> {
  try {
    await deletion();
    // Accepted without looking whether it is there: it deletes, that much is sure.
    return 'yes';
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    switch (error.code) {
      case 'notFound':
        return 'yes';
      case 'unsupported':
        return 'no';
      case 'denied':
      case 'unauthorized':
        return 'denied';
      case 'conflict':
      case 'immutable':
      case 'refused':
      case 'invalidResponse':
        return 'unknown';
      default:
        if (error.status === 400) return 'unknown';
        throw error;
    }
  }
}
