import { automatic } from '../../product/collection.ts';
import type { Product } from '../../product/product.ts';
import { PRODUCT_HOSTS } from '../../vocabulary/products.ts';

/** GitHub Packages. */
export const ghcr: Product = {
  id: 'ghcr',
  isHost: (name) => PRODUCT_HOSTS.ghcr.test(name),
  facts: {
    lists: 'no',
    deletes: 'no',
    deletesTagAlone: 'no',
    referrers: 'no',
    garbageCollection: automatic(),
  },
};
