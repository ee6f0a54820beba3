import type { SidePart } from './comparison-matrix.ts';
import { renamed, renamedFrom } from './rename.ts';

type Named = Pick<SidePart, 'namespace' | 'repository' | 'rename'>;

/** What repositories of the first side are called at another one: below its namespace, where it is one, in place of the first side's. */
export function namesAt(side: Named, first: Named): (repository: string) => string {
  const { repository: only, namespace, rename } = side;
  if (only !== undefined) return () => only;
  if (namespace === undefined) return (name) => renamed(name, rename);
  const start = first.namespace === undefined ? 0 : first.namespace.length + 1;
  return (name) => `${namespace}/${renamed(name.slice(start), rename)}`;
}

/** The other way; null for what is no counterpart of anything, an empty text where it may be that of several. */
export function namesFrom(side: Named, first: Named): (repository: string) => string | null {
  const before = renamedFrom(side.rename);
  const { namespace } = side;
  if (namespace === undefined)
    return (name) => {
      const found = before(name);
      const isWithin = !found || first.namespace === undefined || found.startsWith(`${first.namespace}/`);
      return isWithin ? found : null;
    };
  const above = first.namespace === undefined ? '' : `${first.namespace}/`;
  return (name) => {
    const found = name.startsWith(`${namespace}/`) ? before(name.slice(namespace.length + 1)) : null;
    return found ? `${above}${found}` : found;
  };
}

/** The names of another side as one template of whole names of the first one; undefined where none says them. */
export function templateAt({ namespace, repository, rename }: Named, first: Named): string | undefined {
  if (repository !== undefined) return repository;
  if (namespace === undefined) return rename;
  if (first.namespace === undefined) return `${namespace}/${rename}`;
  // What is below the first side's namespace has a namespace of its own, which no part of a template is.
  if (rename.includes('{namespace}')) return undefined;
  return `${namespace}/${rename.replaceAll('{repository}', `{repository#${first.namespace}/}`)}`;
}
