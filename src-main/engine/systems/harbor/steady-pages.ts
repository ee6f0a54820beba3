import type { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { ProductApi } from '../../product/product-api.ts';
import { describeRequest } from '../../redact.ts';
import { BY_NAME, JSON_ONLY, PAGE, PAGE_BYTES_MAX } from './api.ts';

/** A million artifacts; a project that has more is read repository by repository. */
const PAGES_MAX = 10_000;

/**
 * The pages of a long list in an order that does not change: what is deleted while it is read moves the rest towards its beginning,
 * so that a page is read again where fewer are there than before, and what was seen is left out.
 *
 * @throws {RegistryError} as `apiPages`
 */
export async function* steadyPages<Item extends { digest: string; repository_name: string }>(
  api: ProductApi,
  path: string,
  list: z.ZodType<Item[]>,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly Item[]> {
  const read = async (page: number) => {
    const url = `${path}&page=${page}&page_size=${PAGE}`;
    const headers = { ...JSON_ONLY, ...BY_NAME };
    const reply = await api.request({ method: 'GET', url, headers, expect: [200], signal });
    const items = await reply.json(list, PAGE_BYTES_MAX);
    return { items, total: Number(reply.header('x-total-count') ?? Number.NaN) };
  };
  let seen = new Set<string>();
  let total = 0;
  for (let page = 1; page <= PAGES_MAX; page++) {
    const found = await read(page);
    if (found.total < total && page > 1) {
      // As many as went may have moved to pages that were read.
      page = Math.max(0, page - 1 - Math.ceil((total - found.total) / PAGE));
      total = found.total;
      continue;
    }
    total = found.total;
    const fresh = found.items.filter((item) => !seen.has(keyOf(item)));
    seen = new Set([...[...seen].slice(-SEEN_MAX), ...found.items.map(keyOf)]);
    if (fresh.length > 0) yield fresh;
    if (found.items.length < PAGE || page * PAGE >= total) return;
  }
  throw new RegistryError('endlessList', describeRequest('GET', new URL(path, api.origin)), {
    reason: 'The list goes on without end.',
  });
}

/** What was seen last, in which all may lie that is read again. */
const SEEN_MAX = 10 * PAGE;

const keyOf = ({ digest, repository_name: repository }: { digest: string; repository_name: string }) =>
  `${repository} ${digest}`;
