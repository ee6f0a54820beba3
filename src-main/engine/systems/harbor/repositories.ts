import { z } from 'zod';
import { isRepository } from '../../model/reference.ts';
import type { RepositoryLister } from '../../product/abilities.ts';
import type { ProductApi } from '../../product/product-api.ts';
import { apiPages } from './api.ts';

const repositories = z.array(z.object({ name: z.string() }));

/** All that the account may see, over all projects. @see Harbor API v2.0, `/repositories` */
export const repositoryLister = (api: ProductApi): RepositoryLister => ({
  async *list(signal) {
    for await (const page of apiPages(api, '/api/v2.0/repositories', repositories, signal)) {
      const known = page.map(({ name }) => name).filter(isRepository);
      if (known.length > 0) yield known;
    }
  },
});
