import type { Product } from '../../product/product.ts';

/** Quay. */
export const quay: Product = {
  id: 'quay',
  isHost: (name) => name === 'quay.io',
  facts: {
    lists: 'unknown',
    deletes: 'yes',
    deletesTagAlone: 'unknown',
    referrers: 'unknown',
    garbageCollection: 'automatic',
  },
};
