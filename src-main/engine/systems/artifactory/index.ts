import type { Product } from '../../product/product.ts';
import { PRODUCT_HOSTS } from '../../vocabulary/products.ts';

/** JFrog Artifactory. */
export const artifactory: Product = {
  id: 'artifactory',
  isHost: (name) => PRODUCT_HOSTS.artifactory.test(name),
  recognise: ({ header, tokenService }) => {
    const named = header('x-jfrog-version');
    if (named ?? header('x-artifactory-id')) {
      const version = /artifactory[^\d]*([\d.]+)/i.exec(named ?? '')?.[1];
      return { by: 'header', ...(version ? { version } : {}) };
    }
    const isOwn = tokenService?.realm.pathname.startsWith('/artifactory/api/docker');
    return isOwn ? { by: 'tokenService' } : undefined;
  },
  facts: {
    lists: 'yes',
    deletes: 'yes',
    deletesTagAlone: 'unknown',
    referrers: 'unknown',
    garbageCollection: {
      when: 'automatic',
      way: 'none',
      frees: ['artifactoryCollection'],
      seen: ['usage'],
      cautions: ['administrator'],
      documentation:
        'https://jfrog.com/help/r/jfrog-platform-administration-documentation/regular-maintenance-operations',
    },
  },
};
