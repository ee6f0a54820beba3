import type { Product } from '../../product/product.ts';

/** Google Artifact Registry, and Container Registry before it. */
export const gar: Product = {
  id: 'gar',
  isHost: (name) => /-docker\.pkg\.dev$|^(?:[a-z]+\.)?gcr\.io$/.test(name),
  facts: {
    lists: 'unknown',
    deletes: 'yes',
    deletesTagAlone: 'unknown',
    referrers: 'unknown',
    garbageCollection: 'automatic',
  },
};
