import { RegistryError } from '../errors.ts';
import { parseLinks } from '../http/links.ts';
import type { Reply } from '../http/reply.ts';

/** What the address of each list ends with. */
const LISTS = /\/(?:tags\/list|_catalog|referrers\/[^/]+)$/;
/** A header that names a next page, however it is written. */
const NAMES_NEXT = /\brel\s*=\s*["']?next(?![\w-])/i;

/**
 * The address of the next page, or null at the end. A link is followed as written on the origin and path that the list is known
 * at. One that names another host, as registries do that do not know the name they are reached by, or another list's path
 * (Artifactory drops the repository it is asked by) goes on there by its query: nothing is sent to where it points.
 *
 * @param asked where the list begins
 * @throws {RegistryError} `invalidResponse` where there is a next page and its link cannot be read: the list is incomplete
 * @see RFC 8288; OCI distribution-spec 1.1, "Listing tags"
 */
export function nextPage(reply: Reply, asked: URL): URL | null {
  const incomplete = (): RegistryError =>
    new RegistryError('invalidResponse', reply.request, {
      reason: 'The link to the next page cannot be read: the list is not complete.',
    });
  const headers = reply.headerValues('link');
  const next = headers.flatMap(parseLinks).find(({ relations }) => relations.includes('next'));
  if (!next) {
    if (headers.some((header) => NAMES_NEXT.test(header))) throw incomplete();
    return null;
  }
  if (!URL.canParse(next.target, reply.url.href)) throw incomplete();
  const link = new URL(next.target, reply.url);
  const here = link.origin === reply.url.origin;
  const otherList =
    LISTS.test(link.pathname) && link.pathname !== asked.pathname && link.pathname !== reply.url.pathname;
  if (here && !otherList) {
    link.username = '';
    link.password = '';
    link.hash = '';
    return link;
  }
  if (link.search === '') throw incomplete();
  const known = here && reply.url.origin !== asked.origin ? reply.url : asked;
  return new URL(`${known.pathname}${link.search}`, known);
}
