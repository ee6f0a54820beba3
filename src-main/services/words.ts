/** `1 tag`, `3 tags` */
export function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}

/** Tags by name where they are few. */
export function tagsText(tags: readonly string[]): string {
  return tags.length > 3 ? counted(tags.length, 'tag') : tags.join(', ');
}

/** One repository by name, more by their number. */
export function repositoriesText(names: readonly string[]): string {
  return names.length === 1 && names[0] !== undefined ? names[0] : `${names.length} repositories`;
}
