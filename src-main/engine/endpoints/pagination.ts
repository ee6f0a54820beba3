import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import type { Reply } from '../http/reply.ts';
import { describeRequest } from '../redact.ts';
import { Distinct } from './distinct.ts';
import { nextPage } from './next-page.ts';
import type { CallOptions } from './options.ts';

/** The largest page that every registry takes: distribution answers 400 to more. */
const DEFAULT_PAGE_SIZE = 1000;
/** Asked for where a registry refuses a large page; where it refuses this as well, the size is left to it. */
const SMALL_PAGE = 100;
/** Bytes of one page: docker-registry 2.8 sends all tags in one, and 100,000 of 128 characters are 13 MB. */
const PAGE_MAX = 32 * 1024 * 1024;
/** Ten times what the app is designed for; more is a registry that makes pages up. */
const ITEMS_MAX = 1_000_000;
/** As many entries in the smallest pages that real registries give. */
const PAGES_MAX = 10_000;
/** Milliseconds of waiting for pages: 100,000 names in pages of 100 at half a second each, and as much again. */
const WAITING_MAX = 15 * 60_000;
/** Pages in a row that bring nothing new. */
const EMPTY_PAGES_MAX = 20;
/** Answers to a page size that the registry does not take. */
const SIZE_REFUSED: readonly number[] = [400, 413, 416, 422];
/** Answers to a `last` of our own from a registry that wants its links followed; what it sent before is all it has. */
const LAST_REFUSED: readonly number[] = [...SIZE_REFUSED, 404, 405, 501];

export interface ListOptions extends CallOptions {
  /** Names asked for in one page; the registry may send fewer, or all. */
  pageSize?: number;
  /** Names after which a list counts as endless. */
  maxItems?: number;
  /** Milliseconds of waiting for its pages after which a list counts as endless. */
  maxWaiting?: number;
  /** Receives what is listed and cannot be asked about, its name being against the grammar. */
  leftOut?: (entries: readonly string[]) => void;
}

interface List {
  path: string;
  scopes: readonly string[];
  /** Where the names are in a page. */
  key: string;
  /** The grammar of a name. */
  isName: (text: string) => boolean;
}

/** The page size that each host takes, where it refused a larger one; null where it takes none. */
const sizes = new Map<string, number | null>();

/**
 * Yields the names of a list as they come, each once. Where a registry refuses the page size, smaller ones are tried, and kept in
 * mind for the host. A page as large as asked for that names no next one may not be the last: then the rest is asked for by `last`.
 *
 * @throws {RegistryError} `endlessList` where pages repeat, bring nothing or never end; `invalidResponse` where the way to the next
 * page cannot be read, after what came before it
 */
export async function* pages(
  client: RegistryClient,
  { path, scopes, key, isName }: List,
  {
    pageSize = DEFAULT_PAGE_SIZE,
    maxItems = ITEMS_MAX,
    maxWaiting = WAITING_MAX,
    leftOut,
    signal,
  }: ListOptions,
): AsyncGenerator<readonly string[]> {
  const address = (size: number | null, last?: string): URL => {
    const url = new URL(path, client.url);
    if (size !== null) url.searchParams.set('n', String(size));
    if (last !== undefined) url.searchParams.set('last', last);
    return url;
  };
  const ask = (url: URL): Promise<Reply> =>
    client.request({
      method: 'GET',
      url,
      headers: { accept: 'application/json' },
      scopes,
      expect: [200],
      follow: true,
      wholeUpTo: PAGE_MAX,
      signal,
    });
  let asked = performance.now();
  const wanted = sizeAt(client, pageSize);
  let size = wanted;
  let reply: Reply | undefined;
  while (!reply) {
    try {
      reply = await ask(address(size));
    } catch (error) {
      if (size === null || !isSizeRefusal(error, address(size))) throw error;
      size = size > SMALL_PAGE ? SMALL_PAGE : null;
    }
  }
  if (size !== wanted) sizes.set(client.url.origin, size);
  let waited = performance.now() - asked;
  const known = new Distinct();
  const visited = new Set([address(size).href]);
  let previous = '';
  /** It names its next pages, and with none the last one. */
  let linked = false;
  let count = 0;
  let empty = 0;
  for (;;) {
    const request = reply.request;
    const endless = (reason: string): RegistryError => new RegistryError('endlessList', request, { reason });
    let entries = 0;
    let first: unknown;
    let last: unknown;
    const before = known.size;
    for await (const elements of reply.elements(key, PAGE_MAX)) {
      if (entries === 0) first = elements[0];
      last = elements.at(-1);
      entries += elements.length;
      count += elements.length;
      if (count > maxItems) throw endless(`The list has more than ${maxItems} entries.`);
      const names: string[] = [];
      const others: string[] = [];
      for (const element of elements) {
        const text = typeof element === 'string' ? element : (JSON.stringify(element) ?? '');
        if (!known.add(text)) continue;
        (typeof element === 'string' && isName(element) ? names : others).push(text);
      }
      if (others.length > 0) leftOut?.(others);
      if (names.length > 0) yield names;
    }
    const fresh = known.size - before;
    const shape = `${entries} ${JSON.stringify(first)} ${JSON.stringify(last)}`;
    const next = nextPage(reply, address(size));
    linked ||= next !== null;
    if (next) {
      if (entries > 0 && shape === previous) throw endless('The list repeats the same page.');
      if (visited.has(next.href)) throw endless('The list leads back to a page already read.');
      empty = fresh === 0 ? empty + 1 : 0;
    } else if (linked || entries !== size || fresh === 0 || typeof last !== 'string') return;
    if (visited.size >= PAGES_MAX || empty >= EMPTY_PAGES_MAX || waited > maxWaiting)
      throw endless(
        `The list goes on without end: ${visited.size} pages with ${known.size} entries in ${Math.ceil(waited / 1000)} s.`,
      );
    previous = shape;
    const url = next ?? address(size, String(last));
    visited.add(url.href);
    asked = performance.now();
    try {
      reply = await ask(url);
    } catch (error) {
      if (!next && error instanceof RegistryError && LAST_REFUSED.includes(error.status ?? 0)) return;
      throw error;
    }
    waited += performance.now() - asked;
  }
}

function sizeAt(client: RegistryClient, wanted: number): number | null {
  const size = sizes.get(client.url.origin);
  return size === undefined ? wanted : size === null ? null : Math.min(size, wanted);
}

/** A 400 may also be its token service's, or about the repository, which its codes then say. */
function isSizeRefusal(error: unknown, page: URL): boolean {
  if (!(error instanceof RegistryError) || !SIZE_REFUSED.includes(error.status ?? 0)) return false;
  if (error.request !== describeRequest('GET', page)) return false;
  return error.code !== 'notFound' || error.registryCodes.includes('PAGINATION_NUMBER_INVALID');
}
