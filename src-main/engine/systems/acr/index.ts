import { automatic } from '../../product/collection.ts';
import type { Product } from '../../product/product.ts';
import { PRODUCT_HOSTS } from '../../vocabulary/products.ts';

/** Azure Container Registry. */
export const acr: Product = {
  id: 'acr',
  isHost: (name) => PRODUCT_HOSTS.acr.test(name),
  recognise: ({ tokenService }) =>
    tokenService?.realm.pathname === '/oauth2/token' && tokenService.service?.endsWith('.azurecr.io')
      ? { by: 'tokenService' }
      : undefined,
  facts: {
    lists: 'yes',
    deletes: 'yes',
    deletesTagAlone: 'unknown',
    referrers: 'yes',
    // Deleting an image deletes the whole graph below it.
    deletesAttached: true,
    garbageCollection: automatic(
      'https://learn.microsoft.com/azure/container-registry/container-registry-delete',
    ),
    // It refuses a PUT of more than about 20 MB.
    uploadChunk: 16 * 1024 * 1024,
  },
};
