import { z } from 'zod';
import type { RegistryClient } from '../../http/client.ts';
import type { ProductApi } from '../../product/product-api.ts';
import { shown } from '../../product/read-whole.ts';
import type { Resource, Resources } from '../../product/resources.ts';
import { namespaces } from './repositories.ts';

const COUNT_BYTES_MAX = 1024 * 1024;
const counted = z.object({ count: z.number().int().nonnegative().optional().catch(undefined) });

/** The account's own namespace, first, and those of its organisations, each with how many repositories of it this account sees. */
export const namespaceResources = (client: RegistryClient, api: ProductApi): Resources<'hubNamespace'> =>
  shown(async (signal) => {
    const found: Resource<'hubNamespace'>[] = [];
    for await (const name of namespaces(client, api, signal)) {
      const url = `/v2/namespaces/${name}/repositories?page_size=1`;
      const { count } = await api.json({ method: 'GET', url, signal }, counted, {
        maxBytes: COUNT_BYTES_MAX,
      });
      found.push({
        kind: 'hubNamespace',
        id: name,
        name,
        fields: {
          type: found.length === 0 ? 'account' : 'organisation',
          ...(count === undefined ? {} : { repositories: count }),
        },
        may: {},
      });
    }
    return found;
  });
