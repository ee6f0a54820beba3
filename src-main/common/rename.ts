/**
 * The name that a repository has at the target of a synchronisation. In the template `{repository}` is its whole name, `{namespace}`
 * what comes before the last slash, `{name}` the rest.
 */
export function renamed(repository: string, template: string): string {
  const slash = repository.lastIndexOf('/');
  const parts: Readonly<Record<string, string>> = {
    repository,
    namespace: repository.slice(0, Math.max(slash, 0)),
    name: repository.slice(slash + 1),
  };
  // An image without a namespace leaves no empty part behind.
  return template
    .trim()
    .replaceAll(/\{(\w+)\}/g, (whole, part: string) => parts[part] ?? whole)
    .split('/')
    .filter((part) => part !== '')
    .join('/');
}
