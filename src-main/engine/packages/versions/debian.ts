import { compareDigits, comparePackaged, type VersionOrder } from './parts.ts';

/**
 * Versions of dpkg: a tilde sorts before the end, letters before all else.
 *
 * @see https://www.debian.org/doc/debian-policy/ch-controlfields.html#version
 */
export const debianOrder: VersionOrder = (one, other) => comparePackaged(one, other, compareParts);

function compareParts(one: string, other: string): number {
  const [a, b] = [runs(one), runs(other)];
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [words = '', digits = '0'] = a[at] ?? [];
    const [otherWords = '', otherDigits = '0'] = b[at] ?? [];
    const order = compareWords(words, otherWords) || compareDigits(digits, otherDigits);
    if (order !== 0) return order;
  }
  return 0;
}

/** What is no digit, with the digits that follow it. */
function runs(text: string): [string, string][] {
  return [...text.matchAll(/([^0-9]*)([0-9]*)/g)].map(([, words = '', digits = '']) => [
    words,
    digits || '0',
  ]);
}

function compareWords(one: string, other: string): number {
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const order = weight(one, at) - weight(other, at);
    if (order !== 0) return order;
  }
  return 0;
}

function weight(text: string, at: number): number {
  const character = text[at];
  if (character === '~') return -1;
  if (character === undefined) return 0;
  return character.charCodeAt(0) + (/[A-Za-z]/.test(character) ? 0 : 256);
}
