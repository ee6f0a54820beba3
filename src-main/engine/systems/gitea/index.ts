import type { Product } from '../../product/product.ts';

/** Gitea and Forgejo. */
export const gitea: Product = {
  id: 'gitea',
  recognise: ({ tokenService }) =>
    tokenService?.service === 'container_registry' && tokenService.realm.pathname.endsWith('/v2/token')
      ? { by: 'tokenService' }
      : undefined,
  facts: {
    lists: 'unknown',
    deletes: 'yes',
    deletesTagAlone: 'unknown',
    referrers: 'no',
    garbageCollection: {
      when: 'automatic',
      way: 'none',
      frees: ['giteaCleanup'],
      seen: ['usage'],
      cautions: ['administrator', 'dayStays'],
      documentation: 'https://docs.gitea.com/usage/packages/storage',
    },
  },
};
