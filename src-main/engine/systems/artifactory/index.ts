import type { Product } from '../../product/product.ts';

/** JFrog Artifactory. */
export const artifactory: Product = {
  id: 'artifactory',
  isHost: (name) => name.endsWith('.jfrog.io'),
  recognise: ({ header, tokenService }) => {
    const told = header('x-jfrog-version');
    if (told ?? header('x-artifactory-id')) {
      const version = /artifactory[^\d]*([\d.]+)/i.exec(told ?? '')?.[1];
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
    garbageCollection: 'online',
  },
};
