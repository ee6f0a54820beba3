import type { Product } from '../../product/product.ts';
import { PRODUCT_HOSTS } from '../../vocabulary.ts';

/** Quay. */
export const quay: Product = {
  id: 'quay',
  isHost: (name) => PRODUCT_HOSTS.quay.test(name),
  facts: {
    lists: 'unknown',
    deletes: 'yes',
    deletesTagAlone: 'unknown',
    referrers: 'unknown',
    garbageCollection: 'automatic',
  },
};
