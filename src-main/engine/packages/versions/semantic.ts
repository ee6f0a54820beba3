import semver from 'semver';
import { compareDigits, type VersionOrder } from './parts.ts';

/** As many numbers as there are (NuGet has four), what is not released yet, and what built it. */
const VERSION = /^(?:v|go)?(\d+(?:\.\d+)*)(?:[-.]?([a-z0-9][a-z0-9.-]*))?(?:\+.*)?$/i;

/** Semantic versions; parts that are left out are 0, and what built it does not count. */
export const semanticOrder: VersionOrder = (one, other) => {
  const [a, b] = [VERSION.exec(one.trim()), VERSION.exec(other.trim())];
  if (!a || !b) return undefined;
  const [mine, theirs] = [(a[1] ?? '').split('.'), (b[1] ?? '').split('.')];
  for (let at = 0; at < Math.max(mine.length, theirs.length); at++) {
    const order = compareDigits(mine[at] ?? '0', theirs[at] ?? '0');
    if (order !== 0) return order;
  }
  return comparePrereleases(a[2], b[2]);
};

/** What is released comes after what is not. */
function comparePrereleases(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined)
    return Number(one === undefined) - Number(other === undefined);
  const [mine, theirs] = [one.split('.'), other.split('.')];
  for (let at = 0; at < Math.max(mine.length, theirs.length); at++) {
    const [a, b] = [mine[at], theirs[at]];
    if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
    const order = semver.compareIdentifiers(a, b);
    if (order !== 0) return order;
  }
  return 0;
}
