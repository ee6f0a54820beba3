import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import { CATALOG_SCOPE } from '../http/scope.ts';
import { isRepository } from '../model/reference.ts';
import { systemIfTold } from './identify.ts';
import { type ListOptions, pages } from './pagination.ts';

const REFUSALS: ReadonlySet<string> = new Set(['denied', 'unauthorized', 'notFound', 'unsupported']);

/**
 * Yields the registry's repositories page by page, in its own order, by the product's own API where it has one that answers
 * ordinary users. Names against the grammar are reported by `leftOut`: no request could be made about them.
 *
 * @throws {RegistryError} `denied` or `unauthorized` where listing is not allowed, `notFound` or `unsupported` where there is
 * no list, `endlessList` where it never ends.
 * @see distribution, "Listing Repositories" (`_catalog` is no part of the OCI specification)
 */
export async function* listRepositories(
  client: RegistryClient,
  options: ListOptions = {},
): AsyncGenerator<readonly string[]> {
  const own = (await systemIfTold(client, options))?.listRepositories?.(client, options.signal);
  const begun = own && (await firstUnlessRefused(own));
  if (own && begun) {
    if (!begun.done) yield begun.value;
    return yield* own;
  }
  const list = { path: '/v2/_catalog', scopes: [CATALOG_SCOPE], key: 'repositories', isName: isRepository };
  yield* pages(client, list, options);
}

/** Undefined where the product's own list is not for this account, or not there: the protocol's may be. */
async function firstUnlessRefused(
  listing: AsyncGenerator<readonly string[]>,
): Promise<IteratorResult<readonly string[]> | undefined> {
  try {
    return await listing.next();
  } catch (error) {
    if (error instanceof RegistryError && REFUSALS.has(error.code)) return undefined;
    throw error;
  }
}
