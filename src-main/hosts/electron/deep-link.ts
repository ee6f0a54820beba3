/** Longest link that is looked at. */
const LONGEST = 2000;

/**
 * The place in the app that a link from outside leads to: `wharfinger://open/registry.example.com/team/app:1.0`, or with only a part of
 * that. Anyone can write such a link: it shows something and changes nothing. Undefined for any other text.
 */
export function placeOfLink(text: string): string | undefined {
  if (text.length > LONGEST || !URL.canParse(text)) return undefined;
  const { protocol, host, pathname } = new URL(text);
  if (protocol !== 'wharfinger:' || host !== 'open') return undefined;
  let reference: string;
  try {
    reference = decodeURIComponent(pathname.slice(1)).trim();
  } catch {
    return undefined;
  }
  return reference === '' ? '/' : `/open?${new URLSearchParams({ reference })}`;
}

/** The first of a program's arguments that is such a link: systems hand links over like this. */
export function linkAmong(words: readonly string[]): string | undefined {
  return words.find((word) => placeOfLink(word) !== undefined);
}
