import type { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { RegistryClient } from '../../http/client.ts';
import { checkRepository } from '../../model/reference.ts';

/** The largest page Harbor gives. */
const PAGE = 100;
const PAGES_MAX = 10_000;
const PAGE_BYTES_MAX = 8 * 1024 * 1024;

/** Without it Harbor's API answers 422. */
export const JSON_ONLY = { accept: 'application/json' };

/** A repository's path in the API. Harbor's router decodes once before it splits the path: slashes go encoded twice. */
export function repositoryPath(repository: string): string {
  const [project = '', ...rest] = checkRepository(repository).split('/');
  const name = encodeURIComponent(encodeURIComponent(rest.join('/')));
  return `/api/v2.0/projects/${project}/repositories/${name}`;
}

/**
 * The pages of a list of the API, up to the first that is not full.
 *
 * @throws {RegistryError} `unauthorized`, `denied`, `notFound`; `endlessList`; `invalidResponse` where an item cannot be read.
 */
export async function* apiPages<Item>(
  client: RegistryClient,
  path: string,
  list: z.ZodType<Item[]>,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly Item[]> {
  for (let page = 1; ; page++) {
    const query = `${path.includes('?') ? '&' : '?'}page=${page}&page_size=${PAGE}`;
    const reply = await client.request({
      method: 'GET',
      url: `${path}${query}`,
      headers: JSON_ONLY,
      signIn: 'basic',
      expect: [200],
      signal,
    });
    const items = await reply.json(list, PAGE_BYTES_MAX);
    if (items.length > 0) yield items;
    if (items.length < PAGE) return;
    if (page >= PAGES_MAX)
      throw new RegistryError('endlessList', reply.request, { reason: 'The list goes on without end.' });
  }
}
