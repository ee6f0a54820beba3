/** `os/architecture[/variant]` each. */
export function arePlatforms(texts: readonly string[]): boolean {
  return texts.every((text) => /^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9.]+)?$/.test(text));
}
