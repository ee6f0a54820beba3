import type { z } from 'zod';
import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import type { Reply } from '../http/reply.ts';
import type { CallOptions } from './options.ts';

/** The largest page that every registry takes: distribution answers 400 to more. */
const DEFAULT_PAGE_SIZE = 1000;
/** Bytes of one page: docker-registry 2.8 sends all tags in one, and 100,000 of 128 characters are 13 MB. */
const PAGE_MAX = 32 * 1024 * 1024;
/** Ten times what the app is designed for; more is a registry that makes pages up. */
const ITEMS_MAX = 1_000_000;
const PAGES_MAX = 50_000;
const EMPTY_PAGES_MAX = 20;

export interface ListOptions extends CallOptions {
  /** Names asked for in one page; the registry may send fewer, or all. */
  pageSize?: number;
  /** Names after which a list counts as endless. */
  maxItems?: number;
}

/**
 * The address of the next page, or null. Followed as it stands, relative or absolute, on the reply's own origin only: a link
 * elsewhere would hand our token to a third party.
 *
 * @throws {RegistryError} `invalidResponse`
 * @see RFC 8288; OCI distribution-spec 1.1, "Listing tags"
 */
export function nextPage(client: RegistryClient, reply: Reply): URL | null {
  for (const header of reply.headerValues('link')) {
    for (const match of header.matchAll(/<([^>]*)>((?:\s*;\s*[^,;"]+(?:"[^"]*")?)*)/g)) {
      const [, target = '', parameters = ''] = match;
      if (!/;\s*rel\s*=\s*"?(?:[^"]*\s)?next(?:\s[^"]*)?"?\s*(?:;|$)/i.test(parameters)) continue;
      const url = client.elsewhere(target, reply.url, reply.request);
      if (url.origin !== reply.url.origin)
        throw new RegistryError('invalidResponse', reply.request, {
          reason: `The link to the next page leads to another server, ${url.host}.`,
        });
      return url;
    }
  }
  return null;
}

/**
 * Yields the items of each page as it comes. Throws `endlessList` where pages repeat, bring nothing or never end.
 */
export async function* pages<T>(
  client: RegistryClient,
  path: string,
  list: {
    scopes: readonly string[];
    schema: z.ZodType<T>;
    items: (page: T) => readonly string[];
  },
  { pageSize = DEFAULT_PAGE_SIZE, maxItems = ITEMS_MAX, signal }: ListOptions,
): AsyncGenerator<readonly string[]> {
  let url: URL | null = new URL(`${path}?n=${pageSize}`, client.url);
  const visited = new Set<string>();
  let previous = '';
  let count = 0;
  let empty = 0;
  while (url) {
    visited.add(url.href);
    const reply: Reply = await client.request({
      method: 'GET',
      url,
      headers: { accept: 'application/json' },
      scopes: list.scopes,
      expect: [200],
      follow: true,
      wholeUpTo: PAGE_MAX,
      signal,
    });
    const names = list.items(await reply.json(list.schema, PAGE_MAX));
    const endless = (reason: string): RegistryError =>
      new RegistryError('endlessList', reply.request, { reason });
    count += names.length;
    if (count > maxItems) throw endless(`The list has more than ${maxItems} entries.`);
    const shape = `${names.length} ${names[0] ?? ''} ${names.at(-1) ?? ''}`;
    if (names.length > 0 && shape === previous) throw endless('The list repeats the same page.');
    previous = shape;
    empty = names.length === 0 ? empty + 1 : 0;
    if (names.length > 0) yield names;
    url = nextPage(client, reply);
    if (url === null) return;
    if (visited.has(url.href)) throw endless('The list leads back to a page already read.');
    if (visited.size >= PAGES_MAX || empty >= EMPTY_PAGES_MAX) throw endless('The list goes on without end.');
  }
}
