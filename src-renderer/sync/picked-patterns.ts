import { isPattern, matcher } from '../../src-main/common/patterns.ts';
import type { SyncDefinition } from '../../src-main/common/transfer.ts';

export type RepositoryPatterns = Pick<SyncDefinition, 'repositories' | 'excludeRepositories'>;

/** A repository, or a namespace: the repositories whose names have nothing but one part more. */
export interface Picked {
  name: string;
  isNamespace: boolean;
}

/** What comes before the last slash; of a repository that is in none it is empty. */
export function namespaceOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
}

/** Which names are meant; none where a pattern cannot be read. */
export function meantBy({
  repositories,
  excludeRepositories,
}: RepositoryPatterns): (name: string) => boolean {
  if (repositories.length === 0) return () => false;
  try {
    return matcher(repositories, excludeRepositories);
  } catch {
    return () => false;
  }
}

/**
 * The patterns after a repository or a namespace was taken in or left out: as few as say it, and a namespace by its own, so that repositories
 * that it gets later are meant as well. What is meant beside it stays so.
 *
 * @param names all repositories that are known
 */
export function withPicked(
  before: RepositoryPatterns,
  picked: Picked,
  takes: boolean,
  names: readonly string[],
): RepositoryPatterns {
  const own = picked.isNamespace ? `${picked.name}/*` : picked.name;
  const isWithin = (name: string) =>
    picked.isNamespace ? namespaceOf(name) === picked.name : name === picked.name;
  const isFree = (pattern: string) => {
    if (pattern === own) return true;
    if (!isWithin(pattern)) return false;
    return !isPattern(pattern) || !names.some((name) => !isWithin(name) && matcher([pattern], [])(name));
  };
  const inside = picked.isNamespace ? names.filter(isWithin) : [picked.name];
  const repositories = before.repositories.filter((pattern) => !isFree(pattern));
  const excludeRepositories = before.excludeRepositories.filter((pattern) => !isFree(pattern));
  const isMeant = meantBy({ repositories, excludeRepositories });
  if (!takes) {
    const excluded = inside.some(isMeant) ? [...excludeRepositories, own] : excludeRepositories;
    return { repositories, excludeRepositories: excluded };
  }
  if (inside.every(isMeant)) return { repositories, excludeRepositories };
  const excluded = excludeRepositories.flatMap((pattern) => {
    const excludes = matcher([pattern], []);
    if (!inside.some(excludes)) return pattern;
    // It goes on excluding what it excluded beside this.
    return names.filter((name) => excludes(name) && !isWithin(name));
  });
  const isAll = inside.every(meantBy({ repositories, excludeRepositories: excluded }));
  return { repositories: isAll ? repositories : [...repositories, own], excludeRepositories: excluded };
}
