import type { Product } from '../../product/product.ts';

/** Speaks the distribution protocol, and nothing else is known of it. */
export const generic: Product = {
  id: 'generic',
  facts: {
    lists: 'unknown',
    deletes: 'unknown',
    deletesTagAlone: 'unknown',
    referrers: 'unknown',
    garbageCollection: { when: 'unknown', way: 'none', frees: [], seen: [], cautions: [] },
  },
};
