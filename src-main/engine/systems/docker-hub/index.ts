import { automatic } from '../../product/collection.ts';
import type { Product } from '../../product/product.ts';
import { PRODUCT_HOSTS } from '../../vocabulary.ts';

/** Docker Hub. */
export const dockerHub: Product = {
  id: 'dockerHub',
  isHost: (name) => PRODUCT_HOSTS.dockerHub.test(name),
  facts: {
    lists: 'no',
    deletes: 'no',
    deletesTagAlone: 'no',
    referrers: 'unknown',
    countsPulls: true,
    garbageCollection: automatic(),
  },
};
