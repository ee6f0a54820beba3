import { z } from 'zod';
import type { Product, Traces } from '../../product/product.ts';
import { configurationAdvice } from './advice.ts';
import { artifactLister } from './artifacts.ts';
import { scanReports } from './scans.ts';
import { Search } from './search.ts';
import { selfDescription, versionOf } from './self.ts';

const DISCOVERY_MAX = 256 * 1024;
const discovery = z.object({ extensions: z.array(z.unknown()) });

/** What zot's `/v2/` allows its own pages to send; other registries have it from a proxy in front at most. */
const allowedHeaders = ({ header }: Traces): string | undefined => header('access-control-allow-headers');

/**
 * zot. A tag that is deleted leaves its manifest, also the last one: that goes with a later collection, an hour after at the earliest by
 * default. A digest takes its tags along, unless who deletes has the right `detectManifestCollision`: then it is refused (409) where there
 * are several. What an index contains is not deleted before the index.
 */
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
  version: versionOf,
  facts: {
    lists: 'yes',
    deletes: 'yes',
    deletesTagAlone: 'yes',
    referrers: 'yes',
    movedTagTakesManifest: true,
    garbageCollection: {
      when: 'automatic',
      way: 'none',
      frees: ['zotCollection'],
      seen: ['storage'],
      cautions: [],
      documentation: 'https://zotregistry.dev/latest/articles/storage/',
    },
  },
  abilities(client) {
    const search = new Search(client);
    return {
      artifacts: artifactLister(search),
      self: selfDescription(client),
      scans: scanReports(search),
      advice: configurationAdvice(search),
    };
  },
};
