import type { Product } from '../../product/product.ts';

/** The embedded registry: everything is allowed unless it plays another product for a test, which asking finds out. */
export const wharfinger: Product = {
  id: 'wharfinger',
  recognise: ({ header }) => (header('server') === 'wharfinger' ? { by: 'header' } : undefined),
  facts: {
    lists: 'yes',
    deletes: 'unknown',
    deletesTagAlone: 'unknown',
    referrers: 'yes',
    // Deleting removes links; a collection, which the app runs when asked to, takes their bytes.
    garbageCollection: {
      when: 'online',
      way: 'api',
      frees: ['localCollection'],
      seen: ['dryRun', 'runs', 'storage'],
      cautions: [],
    },
  },
};
