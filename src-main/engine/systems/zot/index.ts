import { z } from 'zod';
import type { Product, Traces } from '../../product/product.ts';

const DISCOVERY_MAX = 256 * 1024;
const discovery = z.object({ extensions: z.array(z.unknown()) });

/** What zot's `/v2/` allows its own pages to send; other registries have it from a proxy in front at most. */
const allowedHeaders = ({ header }: Traces): string | undefined => header('access-control-allow-headers');

/** zot. Its garbage collector runs by itself, an hour after the deletion by default. */
export const zot: Product = {
  id: 'zot',
  recognise: (traces) =>
    /x-zot-api-client/i.test(allowedHeaders(traces) ?? '') ? { by: 'header' } : undefined,
  /** Before 2.0 it says so at this path only. @see OCI extensions, "_oci" */
  async confirm(client, traces, signal) {
    if (allowedHeaders(traces) === undefined) return undefined;
    const url = '/v2/_oci/ext/discover';
    const reply = await client.request({ method: 'GET', url, expect: [200], tries: 1, signal });
    await reply.json(discovery, DISCOVERY_MAX);
    return { by: 'extension' };
  },
  facts: {
    lists: 'yes',
    deletes: 'yes',
    deletesTagAlone: 'yes',
    referrers: 'yes',
    garbageCollection: {
      when: 'automatic',
      way: 'none',
      frees: ['zotCollection'],
      seen: ['storage'],
      cautions: [],
      documentation: 'https://zotregistry.dev/latest/articles/storage/',
    },
  },
};
