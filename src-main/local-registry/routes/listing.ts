import { createHash } from 'node:crypto';
import { jsonReply, type Reply } from '../http/reply.ts';
import type { RequestContext } from '../http/request-context.ts';
import { RegistryError } from '../registry-error.ts';
import type { SortedNames } from '../storage/sorted-names.ts';
import { nextLink, pageSize } from './pagination.ts';

/** Distribution answers a catalog request without `n` with 100 names; a thousand spares ten round trips. */
const DEFAULT_CATALOG_PAGE = 1_000;

export function listRepositories({ storage, query, limits }: RequestContext): Reply {
  if (limits.catalog === false) throw new RegistryError(403, 'DENIED', 'this registry shows no catalog');
  const { names, headers } = page(
    '/v2/_catalog',
    storage.catalog,
    query,
    limits.maxPage,
    DEFAULT_CATALOG_PAGE,
  );
  return jsonReply(200, { repositories: names }, headers);
}

/** @see OCI distribution-spec 1.1, "Listing tags" */
export async function listTags(
  { storage, query, limits }: RequestContext,
  repository: string,
): Promise<Reply> {
  const index = await storage.repository(repository);
  if (index.isEmpty) {
    throw new RegistryError(404, 'NAME_UNKNOWN', 'repository name not known to registry', {
      detail: { name: repository },
    });
  }
  if (limits.paging === false) {
    return jsonReply(200, { name: repository, tags: shuffled(index.tagNames.all()) });
  }
  // Without n the spec wants the whole list.
  const path = `/v2/${repository}/tags/list`;
  const { names, headers } = page(path, index.tagNames, query, limits.maxPage, Number.POSITIVE_INFINITY);
  return jsonReply(200, { name: repository, tags: names }, headers);
}

function page(
  path: string,
  all: SortedNames,
  query: URLSearchParams,
  maxPage = Number.POSITIVE_INFINITY,
  defaultSize: number,
): { names: string[]; headers: Record<string, string> } {
  const size = Math.min(pageSize(query) ?? defaultSize, maxPage);
  const { names, more } = all.page(query.get('last') ?? undefined, size);
  return { names, headers: more ? nextLink(path, size, names.at(-1)) : {} };
}

/** An order that is the same on every run and is not the tags' own. */
function shuffled(tags: readonly string[]): string[] {
  const rank = (tag: string): string => createHash('sha256').update(tag).digest('hex');
  return tags
    .map((tag) => ({ tag, rank: rank(tag) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ tag }) => tag);
}
