import { automatic } from '../../product/collection.ts';
import type { Product } from '../../product/product.ts';
import { PRODUCT_HOSTS } from '../../vocabulary/products.ts';

/** Amazon ECR, private and public. */
export const ecr: Product = {
  id: 'ecr',
  isHost: (name) => PRODUCT_HOSTS.ecr.test(name),
  facts: {
    lists: 'yes',
    deletes: 'yes',
    deletesTagAlone: 'unknown',
    referrers: 'unknown',
    garbageCollection: automatic(),
  },
};
