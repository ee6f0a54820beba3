/** `repository:name:pull,push` and the like. @see distribution, "Token Scope Documentation" */
export const pullScope = (repository: string): string => `repository:${repository}:pull`;
export const pushScope = (repository: string): string => `repository:${repository}:pull,push`;
/** Services differ in what a delete needs: `delete` is the specification's word, and `*` covers the others'. */
export const deleteScope = (repository: string): string => `repository:${repository}:pull,delete`;
export const CATALOG_SCOPE = 'registry:catalog:*';

/** Whether a scope is among them whose name is no more than our guess: all that is defined is pull and push. */
export function isGuessed(scopes: readonly string[]): boolean {
  return scopes.some((scope) => !/^repository:.+:(?:pull|push)(?:,(?:pull|push))*$/.test(scope));
}

/** One scope for each resource with all its actions, in the order first named. */
export function mergeScopes(scopes: readonly string[]): string[] {
  const resources = new Map<string, Set<string>>();
  for (const scope of scopes) {
    const colon = scope.lastIndexOf(':');
    if (colon < 0) continue;
    const resource = scope.slice(0, colon);
    const actions = resources.get(resource) ?? new Set();
    for (const action of scope.slice(colon + 1).split(',')) if (action !== '') actions.add(action);
    resources.set(resource, actions);
  }
  return [...resources].map(([resource, actions]) => `${resource}:${[...actions].join(',')}`);
}

/** The same for the same set of scopes, in whatever order they are named. */
export function scopeKey(scopes: readonly string[]): string {
  return mergeScopes(scopes)
    .map((scope) => {
      const colon = scope.lastIndexOf(':');
      const actions = scope.slice(colon + 1).split(',');
      return `${scope.slice(0, colon)}:${actions.sort().join(',')}`;
    })
    .sort()
    .join(' ');
}
