import type { Product } from '../../product/product.ts';
import { PRODUCT_HOSTS } from '../../vocabulary/products.ts';

/** Quay. */
export const quay: Product = {
  id: 'quay',
  isHost: (name) => PRODUCT_HOSTS.quay.test(name),
  facts: {
    lists: 'unknown',
    deletes: 'yes',
    deletesTagAlone: 'unknown',
    referrers: 'unknown',
    garbageCollection: {
      when: 'automatic',
      way: 'none',
      frees: ['quayTimeMachine', 'quayWorker'],
      seen: ['usage'],
      cautions: [],
      documentation:
        'https://docs.redhat.com/en/documentation/red_hat_quay/3/html/manage_red_hat_quay/garbage-collection',
    },
  },
};
