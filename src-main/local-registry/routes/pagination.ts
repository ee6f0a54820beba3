import { RegistryError } from '../registry-error.ts';

/** The `n` of a listing. Undefined: the client left the page's size to us. @throws {RegistryError} 400 */
export function pageSize(query: URLSearchParams): number | undefined {
  const text = query.get('n');
  if (text === null || text === '') return undefined;
  const size = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(size)) return size;
  throw new RegistryError(400, 'PAGINATION_NUMBER_INVALID', 'n is not a number of entries', {
    detail: { n: text.slice(0, 100) },
  });
}

/** The header that leads to the page after `last`; none where the list ends. */
export function nextLink(path: string, size: number, last: string | undefined): Record<string, string> {
  if (last === undefined) return {};
  const query = new URLSearchParams({ n: String(size), last });
  return { link: `<${path}?${query}>; rel="next"` };
}
