import { z } from 'zod';
import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import { CATALOG_SCOPE } from '../http/scope.ts';
import { isRepository } from '../model/reference.ts';
import { detect, knownSystem } from '../systems/detect.ts';
import { systemOf } from '../systems/index.ts';
import type { SystemId } from '../systems/system.ts';
import { type ListOptions, pages } from './pagination.ts';

/** Asked again with so many where a registry refuses a large page. */
const SMALL_PAGE = 100;

const catalogPage = z.object({ repositories: z.array(z.string()).nullish() });

/**
 * Yields the registry's repositories page by page, in its own order. Names against the grammar are left out: no request
 * could be made about them.
 *
 * @throws {RegistryError} `denied` or `unauthorized` where listing is not allowed, `notFound` or `unsupported` where there is
 * no list, `endlessList` where it never ends.
 * @see distribution, "Listing Repositories" (`_catalog` is no part of the OCI specification)
 */
export async function* listRepositories(
  client: RegistryClient,
  options: ListOptions = {},
): AsyncGenerator<readonly string[]> {
  const list = {
    scopes: [CATALOG_SCOPE],
    schema: catalogPage,
    items: (page: z.infer<typeof catalogPage>) => (page.repositories ?? []).filter(isRepository),
  };
  const listing = pages(client, '/v2/_catalog', list, options);
  let first: IteratorResult<readonly string[]>;
  try {
    first = await listing.next();
  } catch (error) {
    const own = isRefused(error) ? systemOf(systemFor(client)).listRepositories : undefined;
    if (own) return yield* own(client, options.signal);
    const large = (options.pageSize ?? Number.POSITIVE_INFINITY) > SMALL_PAGE;
    if (!(error instanceof RegistryError && error.status === 400 && large)) throw error;
    yield* pages(client, '/v2/_catalog', list, { ...options, pageSize: SMALL_PAGE });
    return;
  }
  if (first.done) return;
  yield first.value;
  yield* listing;
}

function isRefused(error: unknown): boolean {
  return error instanceof RegistryError && (error.code === 'denied' || error.code === 'unauthorized');
}

/** By then the registry has at least told its token service. */
function systemFor(client: RegistryClient): SystemId {
  const traces = { host: client.host, header: () => undefined, tokenService: client.tokenService() };
  return knownSystem(client) ?? detect(traces).system;
}
