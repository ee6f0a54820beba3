import type { Product } from '../../product/product.ts';

/** Amazon ECR, private and public. */
export const ecr: Product = {
  id: 'ecr',
  isHost: (name) =>
    name === 'public.ecr.aws' || /(?:^|\.)dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/.test(name),
  facts: {
    lists: 'yes',
    deletes: 'yes',
    deletesTagAlone: 'unknown',
    referrers: 'unknown',
    garbageCollection: 'automatic',
  },
};
