import { isPattern, type Select } from '../../common/patterns.ts';
import { type ContentSource, listRepositories, RegistryError } from '../../engine/index.ts';
import { inParallel } from '../parallel.ts';
import { isRegistry } from '../place-handle.ts';
import type { PlaceHandle, RegistryHandle } from '../types.ts';
import { matcherOf } from './selection.ts';

/** Repositories whose tags are listed at a time. */
const LISTS = 8;

/**
 * The repositories that are meant. Names that are no patterns are taken as they are; the registry is asked for its list only
 * where there are others.
 *
 * @throws {RegistryError} where the registry gives no list and no repository was added by name
 */
export async function selectRepositories(
  place: PlaceHandle,
  include: readonly string[],
  exclude: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const wanted = matcherOf(['**'], exclude);
  if (!isRegistry(place)) {
    const { names } = await place.source(signal);
    const meant = matcherOf(include, exclude);
    const repositories = new Set(names.map(({ repository }) => repository));
    // Tags alone are of the place as a whole.
    return [...repositories].filter((name) => name === '' || meant(name)).sort();
  }
  const registry = place;
  const named = include.filter((name) => !isPattern(name));
  const found = new Set(named);
  if (named.length < include.length) {
    const listed = matcherOf(include, []);
    for await (const names of allRepositories(registry, signal)) {
      for (const name of names) if (listed(name)) found.add(name);
    }
  }
  return [...found].filter(wanted).sort();
}

async function* allRepositories(
  registry: RegistryHandle,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly string[]> {
  yield registry.repositories;
  try {
    yield* listRepositories(await registry.identification.registry({ signal }), { signal });
  } catch (error) {
    const refused: readonly string[] = ['denied', 'unauthorized', 'notFound', 'unsupported'];
    const instead = error instanceof RegistryError && refused.includes(error.code);
    if (!instead || registry.repositories.length === 0) throw error;
  }
}

/** The tags that are meant, repository by repository as they come; a repository that is not there has none. */
export async function* selectTags(
  source: ContentSource,
  repositories: readonly string[],
  wanted: Select,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ repository: string; tags: string[] }, void, void> {
  yield* inParallel(repositories, LISTS, signal, async (repository, shared) => {
    const tags: string[] = [];
    try {
      for await (const page of source.tags(repository, shared)) {
        for (const tag of page) if (wanted(tag)) tags.push(tag);
      }
    } catch (error) {
      if (!(error instanceof RegistryError && error.code === 'notFound')) throw error;
    }
    return { repository, tags };
  });
}
