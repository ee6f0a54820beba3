import type { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { RegistryClient } from '../../http/client.ts';
import { checkRepository } from '../../model/reference.ts';
import { passwordSource } from '../../product/credential-source.ts';
import { ProductApi } from '../../product/product-api.ts';
import { describeRequest } from '../../redact.ts';

/** The largest page Harbor gives. */
const PAGE = 100;
const PAGES_MAX = 10_000;
const PAGE_BYTES_MAX = 8 * 1024 * 1024;

/** What the API answers 422 without. */
export const JSON_ONLY = { accept: 'application/json' };

/** Harbor's own API, version 2.0: beside the registry, and signed in to with the password itself. */
export function harborApi(client: RegistryClient): ProductApi {
  return new ProductApi(client, client.url, () => passwordSource(client));
}

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
  api: ProductApi,
  path: string,
  list: z.ZodType<Item[]>,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly Item[]> {
  for (let page = 1; ; page++) {
    const query = `${path.includes('?') ? '&' : '?'}page=${page}&page_size=${PAGE}`;
    const url = `${path}${query}`;
    const items = await api.json({ method: 'GET', url, signal }, list, { maxBytes: PAGE_BYTES_MAX });
    if (items.length > 0) yield items;
    if (items.length < PAGE) return;
    if (page >= PAGES_MAX)
      throw new RegistryError('endlessList', describeRequest('GET', new URL(path, api.origin)), {
        reason: 'The list goes on without end.',
      });
  }
}
