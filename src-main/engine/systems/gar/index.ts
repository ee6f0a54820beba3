import { automatic } from '../../product/collection.ts';
import type { Product } from '../../product/product.ts';
import { PRODUCT_HOSTS } from '../../vocabulary/products.ts';

/** Google Artifact Registry, and Container Registry before it. */
export const gar: Product = {
  id: 'gar',
  isHost: (name) => PRODUCT_HOSTS.gar.test(name),
  facts: {
    lists: 'unknown',
    deletes: 'yes',
    deletesTagAlone: 'unknown',
    referrers: 'unknown',
    garbageCollection: automatic(),
  },
};
