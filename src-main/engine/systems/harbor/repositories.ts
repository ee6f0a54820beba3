import { z } from 'zod';
import type { RegistryClient } from '../../http/client.ts';
import { isRepository } from '../../model/reference.ts';
import type { RepositoryLister } from '../../registry/abilities.ts';
import { apiPages } from './api.ts';

const repositories = z.array(z.object({ name: z.string() }));

/** All that the account may see, over all projects. @see Harbor API v2.0, `/repositories` */
export const repositoryLister = (client: RegistryClient): RepositoryLister => ({
  async *list(signal) {
    for await (const page of apiPages(client, '/api/v2.0/repositories', repositories, signal)) {
      const known = page.map(({ name }) => name).filter(isRepository);
      if (known.length > 0) yield known;
    }
  },
});
