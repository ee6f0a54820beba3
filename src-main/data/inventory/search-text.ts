/** What separates the segments of repositories and tags, in the names that registries allow. */
const SEPARATORS = ['/', ':', '.', '_', '-'] as const;

/** From here on a word may be the beginning of a digest; shorter ones would match nearly every digest. */
const DIGEST_WORD = /^(?:(?<algorithm>sha256|sha512):)?(?<hex>[0-9a-f]{6,})$/;
/** More words than a person types. */
const MAX_WORDS = 8;

/** What of the places is asked for: each word is in them, and … */
export type Level = 'whole' | 'beginning' | 'segments' | 'anywhere';
/** What is more likely meant than a word anywhere, the likeliest first: part of what that finds. */
export const LIKELY: readonly Level[] = ['whole', 'beginning', 'segments'];

/**
 * The text of a place as it is indexed by threes of its characters. Separators are doubled and stand before and after it as well: so the
 * first one or two characters of a segment are found too, and where a name ends.
 */
export function indexedText(repository: string, tag?: string): string {
  return `//${doubled(tag === undefined ? repository : `${repository}:${tag}`)}//`;
}

export function wordsOf(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MAX_WORDS);
}

/**
 * What FTS5 is asked for; undefined where the words say nothing. A word of one or two characters is looked for where a segment begins,
 * a longer one anywhere.
 *
 * @param before what precedes the name whose whole or beginning is asked for: `//` for repositories, `::` for tags
 */
export function matchOf(words: readonly string[], level: Level, before: '//' | '::'): string | undefined {
  const texts = words.map(doubled);
  const each = words
    .map(level === 'segments' ? segmentText : anyText)
    .filter((found) => found.length > 0)
    .map(anyOf);
  if (each.length === 0) return undefined;
  // What is a name, or begins one, has the word in it: to ask for both costs half as much again.
  if (words.length === 1 && (level === 'whole' || level === 'beginning')) each.pop();
  if (level === 'whole') each.push(anyOf(texts.map((text) => `${before}${text}//`)));
  if (level === 'beginning') each.push(anyOf(texts.map((text) => before + text)));
  return each.join(' AND ');
}

/** Whether each word is in the text of a place: what FTS5 answers to the level `anywhere`. */
export function fitting(words: readonly string[]): (repository: string, tag?: string) => boolean {
  const each = words.map(anyText).filter((texts) => texts.length > 0);
  return (repository, tag) => {
    const place = indexedText(repository, tag).toLowerCase();
    return each.length > 0 && each.every((texts) => texts.some((text) => place.includes(text)));
  };
}

/** The bounds of the digests that a word begins, the second excluded. */
export function digestsOf(word: string): { from: string; to: string }[] {
  const { algorithm, hex } = DIGEST_WORD.exec(word)?.groups ?? {};
  if (hex === undefined) return [];
  return (algorithm === undefined ? ['sha256', 'sha512'] : [algorithm]).map((name) => ({
    from: `${name}:${hex}`,
    to: `${name}:${hex}g`,
  }));
}

/** How well a place fits: 0 where each word is a whole name of it, more the less likely it is meant. */
export function distanceOf(words: readonly string[], repository: string, tag?: string): number {
  const names = [repository, ...repository.split('/')].map((part) => part.toLowerCase());
  const name = tag?.toLowerCase();
  let distance = 0;
  for (const word of words) {
    const inRepository = Math.min(...names.map((part) => partly(word, part)));
    distance += name === undefined ? inRepository : Math.min(partly(word, name), inRepository + 0.5);
  }
  return distance;
}

function partly(word: string, name: string): number {
  const at = name.indexOf(word);
  if (at < 0) return 4;
  if (at === 0) return name.length === word.length ? 0 : 1;
  return SEPARATORS.some((separator) => name.includes(separator + word)) ? 2 : 3;
}

/** What of it is looked for anywhere in the text of a place; nothing for a separator alone, which says nothing. */
function anyText(word: string): string[] {
  const text = doubled(word);
  return text.length < 3 ? segmentText(word) : [text];
}

function segmentText(word: string): string[] {
  const text = doubled(word);
  if (SEPARATORS.some((separator) => text === separator + separator)) return [];
  if (SEPARATORS.some((separator) => word.startsWith(separator))) return [text];
  return SEPARATORS.map((separator) => separator + separator + text);
}

function anyOf(texts: readonly string[]): string {
  return `(${texts.map(quoted).join(' OR ')})`;
}

/** A text as FTS5 takes it. */
export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function doubled(text: string): string {
  return text.toLowerCase().replace(/[/:._-]/g, '$&$&');
}
