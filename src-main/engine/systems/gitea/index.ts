import type { Product } from '../../product/product.ts';
import { configurationAdvice } from './advice.ts';
import { giteaApi } from './api.ts';
import { selfDescription, versionOf } from './self.ts';
import { artifactLister } from './versions.ts';

/**
 * Gitea and Forgejo. Each tag is a version of a package, and so is each manifest without one (`sha256:…`), as the platforms of an index
 * are: a tag goes alone, the last one with its manifest, a digest with all its tags. Names of tags are kept in small letters.
 */
export const gitea: Product = {
  id: 'gitea',
  recognise: ({ tokenService }) =>
    tokenService?.service === 'container_registry' && tokenService.realm.pathname.endsWith('/v2/token')
      ? { by: 'tokenService' }
      : undefined,
  version: versionOf,
  facts: {
    lists: 'yes',
    deletes: 'yes',
    deletesTagAlone: 'yes',
    referrers: 'no',
    movedTagTakesManifest: true,
    garbageCollection: {
      when: 'automatic',
      way: 'none',
      frees: ['giteaCleanup'],
      seen: ['usage'],
      cautions: ['administrator', 'dayStays'],
      documentation: 'https://docs.gitea.com/usage/packages/storage',
    },
  },
  abilities(client) {
    const api = giteaApi(client);
    return {
      artifacts: artifactLister(client, api),
      self: selfDescription(api),
      advice: configurationAdvice,
    };
  },
};
