import { RegistryError } from '../../errors.ts';
import type { Product } from '../../product/product.ts';
import { harborApi } from './api.ts';
import { artifactLister } from './artifacts.ts';
import { garbageCollector } from './collection.ts';
import { proxyCaches } from './proxy-cache.ts';
import { repositoryLister } from './repositories.ts';
import { tagDeleter } from './tags.ts';

/**
 * Harbor 2: `_catalog` needs system rights, a registry delete takes every tag of the artifact, and each manifest that is read
 * counts as a pull; so all that goes by its own API where that can do it.
 *
 * @see Harbor API v2.0
 */
export const harbor: Product = {
  id: 'harbor',
  recognise: ({ tokenService }) =>
    tokenService?.service === 'harbor-registry' || tokenService?.realm.pathname === '/service/token'
      ? { by: 'tokenService' }
      : undefined,
  facts: {
    lists: 'yes',
    deletes: 'yes',
    deletesTagAlone: 'no',
    referrers: 'yes',
    deletesAttached: true,
    countsPulls: true,
    garbageCollection: {
      when: 'online',
      way: 'api',
      frees: ['harborCollection'],
      seen: ['dryRun', 'runs'],
      cautions: ['administrator', 'recentStays'],
      documentation: 'https://goharbor.io/docs/latest/administration/garbage-collection/',
    },
    letsAnonymousIn: 'byRepository',
  },
  abilities(client) {
    const api = harborApi(client);
    return {
      repositories: repositoryLister(api),
      artifacts: artifactLister(api),
      tags: tagDeleter(api),
      proxyCaches: proxyCaches(api),
      collector: garbageCollector(api),
    };
  },
  /** Where the name has no project it answers with a fault of its own (500). */
  explainWrite(failure, repository) {
    if (failure.status === undefined || failure.status < 500 || repository.includes('/')) return undefined;
    return new RegistryError('notFound', failure.request, {
      reason: `Repositories are kept in projects there: PROJECT/${repository}, in a project that is there.`,
      status: failure.status,
      registryCodes: failure.registryCodes,
      cause: failure,
    });
  },
};
