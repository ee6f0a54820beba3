import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import { checkRepository } from '../../model/reference.ts';
import type { ProxyCaches } from '../../product/abilities.ts';
import type { ProductApi } from '../../product/product-api.ts';

const PROJECT_BYTES_MAX = 1024 * 1024;
/** The registry that a project caches; null, zero or absent where it caches none. */
const project = z.object({ registry_id: z.number().nullish().catch(undefined) });

/** A project may be a proxy cache: its tags come from the registry behind it. Without the right to see the project this is unknown. */
export const proxyCaches = (api: ProductApi): ProxyCaches => ({
  async caches(repository, signal) {
    const [name = ''] = checkRepository(repository).split('/');
    try {
      const { registry_id: behind } = await api.json(
        {
          method: 'GET',
          url: `/api/v2.0/projects/${name}`,
          // A name of digits alone is not the number of a project.
          headers: { 'x-is-resource-name': 'true' },
          tries: 1,
          signal,
        },
        project,
        { maxBytes: PROJECT_BYTES_MAX },
      );
      return typeof behind === 'number' && behind > 0;
    } catch (error) {
      if (error instanceof RegistryError && error.code !== 'cancelled') return false;
      throw error;
    }
  },
});
