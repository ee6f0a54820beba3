import type { RegistryClient } from '../http/client.ts';
import { CATALOG_SCOPE } from '../http/scope.ts';
import { isRepository } from '../model/reference.ts';
import { type ListOptions, pages } from './pagination.ts';

/**
 * Yields the registry's repositories by `_catalog`, page by page, in its own order. Names against the grammar are passed to
 * `leftOut`: no request could be made about them.
 *
 * @throws {RegistryError} `denied` or `unauthorized` where listing is not allowed, `notFound` or `unsupported` where there is
 * no list, `endlessList` where it never ends.
 * @see distribution, "Listing Repositories" (`_catalog` is no part of the OCI specification)
 */
export async function* listCatalog(
  client: RegistryClient,
  options: ListOptions = {},
): AsyncGenerator<readonly string[]> {
  const list = { path: '/v2/_catalog', scopes: [CATALOG_SCOPE], key: 'repositories', isName: isRepository };
  yield* pages(client, list, options);
}
