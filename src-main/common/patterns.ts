import picomatch from 'picomatch';

/** Whether a name is meant. */
export type Select = (name: string) => boolean;

const OPTIONS = { dot: true, nonegate: true, strictSlashes: true };

/** Whether a pattern may match more than the name it is. */
export function isPattern(text: string): boolean {
  return picomatch.scan(text).isGlob;
}

/**
 * What is named by one of `include` and by none of `exclude`: `*` matches anything but a slash, `**` anything.
 *
 * @throws where a pattern cannot be read
 */
export function matcher(include: readonly string[], exclude: readonly string[]): Select {
  const [included, excluded] = [anyOf(include), anyOf(exclude)];
  return (name) => included(name) && !excluded(name);
}

/** Names that are no patterns are looked up: there may be thousands of them. */
function anyOf(patterns: readonly string[]): Select {
  const names = new Set(patterns);
  const globs = patterns.filter(isPattern);
  if (globs.length === 0) return (name) => names.has(name);
  const matches = picomatch(globs, OPTIONS);
  return (name) => names.has(name) || matches(name);
}

/** Whether a tag of a repository is meant. */
export type SelectTag = (repository: string, tag: string) => boolean;

/**
 * What tag patterns name: `v*` in every repository, `team/**:stable` in those that the first part names.
 *
 * @throws where a pattern cannot be read
 */
export function tagSelector(patterns: readonly string[]): SelectTag {
  const selects = patterns.map((pattern): SelectTag => {
    const colon = pattern.lastIndexOf(':');
    const repositories = matcher([colon < 0 ? '**' : pattern.slice(0, colon)], []);
    const tags = matcher([pattern.slice(colon + 1)], []);
    return (repository, tag) => tags(tag) && repositories(repository);
  });
  return (repository, tag) => selects.some((select) => select(repository, tag));
}
