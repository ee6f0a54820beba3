/** Characters of manifest text shown at once: beyond it the page would be slow and reading on is unlikely; copying gives all. */
const SHOWN_CHARACTERS = 200_000;

/** The beginning that is shown, cut at a line end where there is one near, and how much is left out. */
export function shownPart(text: string, limit = SHOWN_CHARACTERS): { text: string; hidden: number } {
  if (text.length <= limit) return { text, hidden: 0 };
  const lineEnd = text.lastIndexOf('\n', limit);
  const end = lineEnd > limit / 2 ? lineEnd : limit;
  return { text: text.slice(0, end), hidden: text.length - end };
}
