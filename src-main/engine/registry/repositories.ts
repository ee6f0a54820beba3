import { listCatalog } from '../endpoints/catalog.ts';
import { Distinct } from '../endpoints/distinct.ts';
import type { ListOptions } from '../endpoints/pagination.ts';
import { RegistryError } from '../errors.ts';
import type { AbilitySource } from '../vocabulary/abilities.ts';
import type { Registry } from './registry.ts';

const REFUSALS: ReadonlySet<string> = new Set(['denied', 'unauthorized', 'notFound', 'unsupported']);

/**
 * Yields the registry's repositories page by page, each once, in its own order: by the product's own API where it has one that
 * answers this account, else by {@link listCatalog}.
 *
 * @throws {RegistryError} as {@link listCatalog}
 */
export async function* listRepositories(
  { client, abilities }: Registry,
  {
    told,
    ...options
  }: ListOptions & {
    /** Called with what lists them, before the first page. */ told?: (by: AbilitySource) => void;
  } = {},
): AsyncGenerator<readonly string[]> {
  const own = abilities.repositories?.list(options.signal);
  const begun = own && (await firstUnlessRefused(own));
  if (own && begun) {
    told?.('api');
    const known = new Distinct();
    const fresh = (page: readonly string[]) => page.filter((name) => known.add(name));
    if (!begun.done) yield fresh(begun.value);
    for await (const page of own) yield fresh(page);
    return;
  }
  told?.('asked');
  yield* listCatalog(client, options);
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
