import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import { pullScope } from '../http/scope.ts';
import { checkRepository, isTag } from '../model/reference.ts';
import { noteContents } from './manifests.ts';
import { type ListOptions, pages } from './pagination.ts';

/**
 * Yields a repository's tags page by page, in the registry's own order (which need not be sorted). What is no tag (some
 * products list digests) is reported by `leftOut`.
 *
 * @throws {RegistryError} `notFound` if the repository does not exist, or has been emptied.
 * @see OCI distribution-spec 1.1, "Listing tags"
 */
export function listTags(
  client: RegistryClient,
  repository: string,
  options: ListOptions = {},
): AsyncGenerator<readonly string[]> {
  const path = `/v2/${checkRepository(repository)}/tags/list`;
  noteContents(client, repository);
  return pages(client, { path, scopes: [pullScope(repository)], key: 'tags', isName: isTag }, options);
}

/**
 * As {@link listTags}, and nothing where the repository is not found: for some registries (distribution 2.8 and 3) it is not there
 * as long as its manifests have no tags.
 */
export async function* listTagsIfAny(
  client: RegistryClient,
  repository: string,
  options: ListOptions = {},
): AsyncGenerator<readonly string[]> {
  let isThere = false;
  try {
    for await (const page of listTags(client, repository, options)) {
      isThere = true;
      yield page;
    }
  } catch (error) {
    if (isThere || !(error instanceof RegistryError && error.code === 'notFound')) throw error;
  }
}
