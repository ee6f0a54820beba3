import type { Product } from '../../product/product.ts';
import { nexusApi } from './api.ts';
import { artifactLister, repositoryLister, tagDeleter } from './components.ts';
import { NexusPlaces, placeOrNone, routeByPath } from './places.ts';
import { whyRefused } from './realms.ts';
import { repositoryResources } from './repositories.ts';
import { selfDescription } from './self.ts';
import { blobStoreResources, cleanupPolicyResources } from './storage.ts';
import { taskJobs, taskResources } from './tasks.ts';

/**
 * Sonatype Nexus Repository 3. At its own address it is one registry of all its Docker repositories, reached by the first part of a
 * name (path-based routing) or below `/repository/NAME/`; its API lists, dates and deletes. A connector leads into one of them and is
 * read by the protocol.
 *
 * @see help.sonatype.com, "REST and Integration API"
 */
export const nexus: Product = {
  id: 'nexus',
  recognise: ({ header }) => {
    const server = /^nexus\/([\w.-]+)/i.exec(header('server') ?? '');
    return server?.[1] === undefined ? undefined : { by: 'header', version: server[1] };
  },
  facts: {
    lists: 'yes',
    deletes: 'unknown',
    deletesTagAlone: 'unknown',
    referrers: 'unknown',
    garbageCollection: {
      when: 'online',
      way: 'none',
      frees: ['nexusUnused', 'nexusCompact'],
      seen: ['runs', 'usage'],
      cautions: ['administrator'],
      documentation: 'https://help.sonatype.com/en/tasks.html',
    },
  },
  abilities(client) {
    const api = nexusApi(client);
    const places = new NexusPlaces(api);
    return {
      repositories: repositoryLister(client, api, places),
      artifacts: artifactLister(api, places),
      tags: tagDeleter(api, places),
      proxyCaches: {
        caches: async (repository, signal) =>
          (await placeOrNone(places, repository, signal))?.type === 'proxy',
      },
      self: selfDescription(api),
      resources: {
        repository: repositoryResources(api),
        blobStore: blobStoreResources(api),
        cleanupPolicy: cleanupPolicyResources(api),
        task: taskResources(api),
      },
      jobs: { task: taskJobs(api) },
    };
  },
  whyRefused,
  route: routeByPath,
};
