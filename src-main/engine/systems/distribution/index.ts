import type { Product, Recognition, Traces } from '../../product/product.ts';
import { configurationAdvice } from './advice.ts';
import { collection } from './collection.ts';
import { DebugPort, selfDescription } from './debug-port.ts';
import { writeProbe } from './writes.ts';

/** What each says of its JSON at `/v2/`, whether it lets in or not: 3 dropped the character set (measured: 2.8.2, 3.1.2). */
const VERSIONS: Readonly<Record<string, string>> = {
  'application/json; charset=utf-8': '2',
  'application/json': '3',
};

function recognise({ header }: Traces): Recognition | undefined {
  if (!(header('docker-distribution-api-version') ?? '').startsWith('registry/2')) return undefined;
  const version = VERSIONS[header('content-type')?.toLowerCase() ?? ''];
  return { by: 'protocol', ...(version === undefined ? {} : { version }) };
}

/** CNCF Distribution (`registry:2`, `registry:3`): deleting is a setting; 2.8 deletes by digest only, 3 by tag as well. */
export const distribution: Product = {
  id: 'distribution',
  recognise,
  facts: {
    lists: 'yes',
    deletes: 'unknown',
    deletesTagAlone: 'unknown',
    referrers: 'unknown',
    garbageCollection: collection,
  },
  abilities(client) {
    const writes = writeProbe(client);
    const debug = client.debugUrl && new DebugPort(client, client.debugUrl);
    return {
      writes,
      advice: configurationAdvice(client, writes, debug),
      ...(debug && { self: selfDescription(debug) }),
    };
  },
};
