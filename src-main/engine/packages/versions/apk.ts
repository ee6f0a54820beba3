import { compareDigits, compareText, type VersionOrder } from './parts.ts';

const VERSION = /^(\d+(?:\.\d+)*)([a-z]?)((?:_[a-z]+\d*)*)(?:~[0-9a-f]+)?(?:-r(\d+))?$/;
/** Before and after what has no suffix. */
const BEFORE = ['alpha', 'beta', 'pre', 'rc'];
const AFTER = ['cvs', 'svn', 'git', 'hg', 'p'];

/**
 * Versions of Alpine; a revision (`-r1`) counts where both state one.
 *
 * @see https://wiki.alpinelinux.org/wiki/Package_policies
 */
export const apkOrder: VersionOrder = (one, other) => {
  const [a, b] = [VERSION.exec(one), VERSION.exec(other)];
  if (!a || !b) return undefined;
  const [, numbers = '', letter = '', suffixes = '', revision] = a;
  const [, otherNumbers = '', otherLetter = '', otherSuffixes = '', otherRevision] = b;
  return (
    compareNumbers(numbers.split('.'), otherNumbers.split('.')) ||
    compareText(letter, otherLetter) ||
    compareSuffixes(suffixes, otherSuffixes) ||
    (revision === undefined || otherRevision === undefined ? 0 : compareDigits(revision, otherRevision))
  );
};

/** A part after the first that begins with a zero is a fraction. */
function compareNumbers(one: readonly string[], other: readonly string[]): number {
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const [a, b] = [one[at], other[at]];
    if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
    const isFraction = at > 0 && (a.startsWith('0') || b.startsWith('0'));
    const order = isFraction ? compareText(a, b) : compareDigits(a, b);
    if (order !== 0) return order;
  }
  return 0;
}

function compareSuffixes(one: string, other: string): number {
  const [a, b] = [one.split('_').slice(1), other.split('_').slice(1)];
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [, word = '', digits = ''] = /^([a-z]+)(\d*)$/.exec(a[at] ?? '') ?? [];
    const [, otherWord = '', otherDigits = ''] = /^([a-z]+)(\d*)$/.exec(b[at] ?? '') ?? [];
    const order = weight(word) - weight(otherWord) || compareDigits(digits || '0', otherDigits || '0');
    if (order !== 0) return order;
  }
  return 0;
}

function weight(word: string): number {
  if (BEFORE.includes(word)) return BEFORE.indexOf(word) - BEFORE.length;
  return AFTER.indexOf(word) + 1;
}
