import type { Product } from '../../product/product.ts';

/** GitHub Packages. */
export const ghcr: Product = {
  id: 'ghcr',
  isHost: (name) => name === 'ghcr.io',
  facts: {
    lists: 'no',
    deletes: 'no',
    deletesTagAlone: 'no',
    referrers: 'no',
    garbageCollection: 'automatic',
  },
};
