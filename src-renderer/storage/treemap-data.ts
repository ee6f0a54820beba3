import type { RepositoryStorage, StorageChild } from '../../src-main/common/storage.ts';

/** A repository or a namespace as a rectangle. */
export interface Rectangle {
  /** By which recharts distinguishes rectangles: the whole name, of a namespace with a slash. */
  readonly name: string;
  /** Bytes: its area. */
  readonly value: number;
  /** Bytes that nothing else holds. */
  readonly exclusiveBytes: number;
  readonly isRepository: boolean;
  /** Those in it, which are drawn instead. */
  readonly children?: Rectangle[];
  readonly [field: string]: unknown;
}

/** Repositories that can be drawn one by one so that their names can still be read. */
const EACH = 60;
/** Rectangles of one picture: the smallest of more would be specks. */
const MOST = 200;

/**
 * What is drawn: every repository, those of a namespace side by side; of more than can be distinguished the namespaces and repositories
 * one level down. What takes no room is left out.
 *
 * @param repositories the largest of them
 * @param total how many there are
 * @param namespace of what is shown; undefined for the whole registry
 */
export function rectanglesOf(
  { items, total }: { items: readonly RepositoryStorage[]; total: number },
  children: readonly StorageChild[],
  namespace: string | undefined,
): { rectangles: Rectangle[]; drawn: number; of: number } {
  if (total <= EACH)
    return { rectangles: byNamespace(items.map(ofRepository), namespace), drawn: total, of: total };
  const rectangles = children.slice(0, MOST).map(ofChild).filter(hasRoom);
  return { rectangles, drawn: Math.min(children.length, MOST), of: children.length };
}

function byNamespace(repositories: readonly Rectangle[], namespace: string | undefined): Rectangle[] {
  const above = namespace === undefined ? 0 : namespace.length + 1;
  const groups = new Map<string, Rectangle[]>();
  for (const repository of repositories.filter(hasRoom)) {
    const rest = repository.name.slice(above);
    const slash = rest.indexOf('/');
    const group = slash < 0 ? '' : rest.slice(0, slash);
    groups.set(group, [...(groups.get(group) ?? []), repository]);
  }
  return [...groups]
    .map(([name, children]) => ({
      name: `${name}/`,
      value: children.reduce((sum, { value }) => sum + value, 0),
      exclusiveBytes: 0,
      isRepository: false,
      children: children.toSorted((a, b) => b.value - a.value),
    }))
    .toSorted((a, b) => b.value - a.value);
}

function ofRepository({ repository, uniqueBytes, exclusiveBytes }: RepositoryStorage): Rectangle {
  return { name: repository, value: uniqueBytes, exclusiveBytes, isRepository: true };
}

function ofChild({ name, isRepository, uniqueBytes, exclusiveBytes }: StorageChild): Rectangle {
  return { name: isRepository ? name : `${name}/`, value: uniqueBytes, exclusiveBytes, isRepository };
}

function hasRoom({ value }: Rectangle): boolean {
  return value > 0;
}
