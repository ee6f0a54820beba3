/**
 * A first look at a repository's name while it is typed; the engine owns the grammar and has the last word.
 *
 * @see OCI distribution-spec 1.1, "Pulling manifests"
 */
export function isRepositoryName(text: string): boolean {
  return (
    text.length <= 255 &&
    /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/.test(text)
  );
}

/** The same for a tag. */
export function isTagName(text: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(text);
}
