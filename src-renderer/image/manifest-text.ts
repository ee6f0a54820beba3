/** Characters of manifest text shown at once: beyond it the page would be slow and reading on is unlikely; copying gives all. */
const SHOWN_CHARACTERS = 200_000;

/**
 * The manifest indented for reading, or undefined when its text is not JSON. Numbers beyond what JavaScript holds exactly
 * would change, so text with one is left alone.
 */
export function formatManifest(raw: string): string | undefined {
  try {
    let exact = true;
    const value: unknown = JSON.parse(raw, (_key, part: unknown) => {
      if (typeof part === 'number' && Number.isInteger(part) && !Number.isSafeInteger(part)) exact = false;
      return part;
    });
    return exact ? JSON.stringify(value, null, 2) : undefined;
  } catch {
    return undefined;
  }
}

/** The beginning that is shown, cut at a line end where there is one near, and how much is left out. */
export function shownPart(text: string, limit = SHOWN_CHARACTERS): { text: string; hidden: number } {
  if (text.length <= limit) return { text, hidden: 0 };
  const lineEnd = text.lastIndexOf('\n', limit);
  const end = lineEnd > limit / 2 ? lineEnd : limit;
  return { text: text.slice(0, end), hidden: text.length - end };
}
