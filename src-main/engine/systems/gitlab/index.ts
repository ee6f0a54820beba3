import type { Product } from '../../product/product.ts';
import { PRODUCT_HOSTS } from '../../vocabulary/products.ts';

/** GitLab Container Registry. */
export const gitlab: Product = {
  id: 'gitlab',
  isHost: (name) => PRODUCT_HOSTS.gitlab.test(name),
  recognise: ({ header, tokenService }) => {
    const version = header('gitlab-container-registry-version');
    if (version) return { by: 'header', version: version.slice(0, 50) };
    const path = tokenService?.realm.pathname ?? '';
    const isOwn =
      path === '/jwt/auth' || (tokenService?.service === 'container_registry' && !path.endsWith('/v2/token'));
    return isOwn ? { by: 'tokenService' } : undefined;
  },
  facts: {
    lists: 'no',
    deletes: 'yes',
    deletesTagAlone: 'yes',
    referrers: 'unknown',
    garbageCollection: {
      when: 'unknown',
      way: 'none',
      frees: ['gitlabOnline', 'gitlabCommand'],
      seen: ['usage'],
      cautions: ['administrator', 'readOnly'],
      documentation:
        'https://docs.gitlab.com/administration/packages/container_registry/#container-registry-garbage-collection',
    },
  },
};
