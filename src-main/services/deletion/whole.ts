import { listRepositories, listTagsIfAny, RegistryError } from '../../engine/index.ts';
import type { DoomedRepository, WholeRepositories } from '../core/deletion.ts';
import { inParallel } from '../parallel.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';

/** Repositories of which the tags are listed at a time. */
const LISTS = 8;

/**
 * All tags of repositories and of those below namespaces, as the registry lists them now. One below a namespace that has none is left out.
 *
 * @throws {RegistryError} `notFound` for a namespace without repositories
 */
export async function wholeRepositories(
  registry: RegistryHandle,
  { repositories = [], namespaces = [] }: WholeRepositories,
  { signal }: CallOptions,
): Promise<DoomedRepository[]> {
  const names = new Set(repositories);
  const empty = new Set(namespaces);
  if (namespaces.length > 0) {
    const identified = await registry.identification.registry({ signal });
    for await (const page of listRepositories(identified, { signal }))
      for (const name of page)
        for (const namespace of namespaces)
          if (name.startsWith(`${namespace}/`)) {
            names.add(name);
            empty.delete(namespace);
          }
  }
  const [none] = empty;
  if (none !== undefined)
    throw new RegistryError('notFound', '', { reason: `There is no repository below ${none}.` });
  const found = new Map<string, DoomedRepository>();
  const lists = inParallel([...names], LISTS, signal, async (repository, stop) => ({
    repository,
    tags: await tagsOf(registry, repository, stop),
  }));
  const named = new Set(repositories);
  for await (const one of lists)
    if (one.tags.length > 0 || named.has(one.repository)) found.set(one.repository, one);
  return [...found.keys()].sort().flatMap((name) => found.get(name) ?? []);
}

async function tagsOf(
  { client }: RegistryHandle,
  repository: string,
  signal: AbortSignal,
): Promise<{ tag: string }[]> {
  const tags: { tag: string }[] = [];
  for await (const page of listTagsIfAny(client, repository, { signal }))
    for (const tag of page) tags.push({ tag });
  return tags;
}
