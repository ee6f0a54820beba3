import type { Product } from '../../product/product.ts';
import { collection } from './collection.ts';

/** CNCF Distribution (`registry:2`, `registry:3`): deleting is a setting; 2.8 deletes by digest only, 3 by tag as well. */
export const distribution: Product = {
  id: 'distribution',
  recognise: ({ header }) =>
    (header('docker-distribution-api-version') ?? '').startsWith('registry/2')
      ? { by: 'protocol' }
      : undefined,
  facts: {
    lists: 'yes',
    deletes: 'unknown',
    deletesTagAlone: 'unknown',
    referrers: 'unknown',
    garbageCollection: collection,
  },
};
