/** Longest link that is looked at. */
const LONGEST = 2000;
/** References of places on this machine. */
const LOCAL = /^\s*(?:oci|oci-archive|docker-archive|docker-daemon):/i;

/**
 * The place in the app that a link from outside leads to: `wharfinger://open/registry.example.com/team/app:1.0`, or with only a part of
 * that, or `wharfinger://compare?left=…&right=…` with two of them. Anyone can write such a link: it shows something and changes nothing.
 * Undefined for any other text.
 */
export function placeOfLink(text: string): string | undefined {
  if (text.length > LONGEST || !URL.canParse(text)) return undefined;
  const { protocol, host, pathname, searchParams } = new URL(text);
  if (protocol !== 'wharfinger:') return undefined;
  if (host === 'compare') return placeOfComparison(searchParams);
  if (host !== 'open') return undefined;
  let reference: string;
  try {
    reference = decodeURIComponent(pathname.slice(1)).trim();
  } catch {
    return undefined;
  }
  return reference === '' ? '/' : `/open?${new URLSearchParams({ reference })}`;
}

/** What of a link's parameters says what is compared. Images of registries alone: a link is no reason to read a file of this machine. */
function placeOfComparison(given: URLSearchParams): string {
  const taken = new URLSearchParams();
  for (const name of ['left', 'right', 'platform', 'tab']) {
    const value = given.get(name);
    if (value !== null && !LOCAL.test(value)) taken.set(name, value);
  }
  return taken.size === 0 ? '/compare' : `/compare?${taken}`;
}

/** The first of a program's arguments that is such a link: systems hand links over like this. */
export function linkAmong(words: readonly string[]): string | undefined {
  return words.find((word) => placeOfLink(word) !== undefined);
}
