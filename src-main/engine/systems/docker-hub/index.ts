import { automatic } from '../../product/collection.ts';
import type { Product } from '../../product/product.ts';
import { PRODUCT_HOSTS } from '../../vocabulary/products.ts';
import { hubApi } from './api.ts';
import { artifactLister } from './artifacts.ts';
import { descriptions } from './descriptions.ts';
import { namespaceResources } from './namespaces.ts';
import { pullLimit } from './pull-limit.ts';
import { repositoryLister } from './repositories.ts';
import { publicSearch } from './search.ts';
import { tagDeleter } from './tags.ts';

/**
 * Docker Hub: its registry lists no repositories, deletes nothing and counts each manifest that is read; its own API at
 * hub.docker.com does the one and the other by tag, and counts nothing.
 *
 * @see docs.docker.com/reference/api/hub/latest
 */
export const dockerHub: Product = {
  id: 'dockerHub',
  isHost: (name) => PRODUCT_HOSTS.dockerHub.test(name),
  facts: {
    lists: 'no',
    deletes: 'no',
    deletesTagAlone: 'no',
    referrers: 'unknown',
    countsPulls: true,
    garbageCollection: automatic('https://docs.docker.com/docker-hub/repos/manage/hub-images/manage/'),
  },
  abilities(client) {
    const api = hubApi(client);
    const signedIn = client.hasCredentials();
    return {
      artifacts: artifactLister(api),
      pullLimit: pullLimit(client),
      search: publicSearch(api),
      ...(signedIn
        ? {
            repositories: repositoryLister(client, api),
            tags: tagDeleter(api),
            resources: {
              hubNamespace: namespaceResources(client, api),
              hubRepository: descriptions(client, api),
            },
          }
        : {}),
    };
  },
};
