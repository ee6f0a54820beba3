/** A row's text prepared once for filtering. */
export function foldText(text: string): string {
  return text.toLowerCase();
}

/**
 * A test for rows that contain every word typed, in any order and case. Takes text already folded by {@link foldText}.
 * No words: undefined, so that the caller can keep the whole list untouched.
 */
export function wordFilter(typed: string): ((folded: string) => boolean) | undefined {
  const words = foldText(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  if (words.length === 1) {
    const [word = ''] = words;
    return (folded) => folded.includes(word);
  }
  return (folded) => words.every((word) => folded.includes(word));
}
