import type { Product } from '../../product/product.ts';

/** Docker Hub. */
export const dockerHub: Product = {
  id: 'dockerHub',
  isHost: (name) => name === 'docker.io',
  facts: {
    lists: 'no',
    deletes: 'no',
    deletesTagAlone: 'no',
    referrers: 'unknown',
    countsPulls: true,
    garbageCollection: 'automatic',
  },
};
