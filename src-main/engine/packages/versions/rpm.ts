import { compareDigits, comparePackaged, compareText, type VersionOrder } from './parts.ts';

/**
 * Versions of RPM: runs of digits come after runs of letters, a tilde before the end, a caret right after it.
 *
 * @see https://rpm-software-management.github.io/rpm/man/rpm-version.7
 */
export const rpmOrder: VersionOrder = (one, other) => comparePackaged(one, other, compareParts);

function compareParts(one: string, other: string): number {
  const [a, b] = [runs(one), runs(other)];
  for (let at = 0; ; at++) {
    const [mine, theirs] = [a[at], b[at]];
    if (mine === undefined && theirs === undefined) return 0;
    const order = weight(mine) - weight(theirs);
    if (order !== 0) return order;
    if (mine === undefined || theirs === undefined) return 0;
    const same = /\d/.test(mine) ? compareDigits(mine, theirs) : compareText(mine, theirs);
    if (same !== 0) return same;
  }
}

function runs(text: string): string[] {
  return text.match(/\d+|[A-Za-z]+|[~^]/g) ?? [];
}

/** Of a run, or of the end where there is none. */
function weight(run: string | undefined): number {
  if (run === '~') return -1;
  if (run === undefined) return 0;
  if (run === '^') return 1;
  return /\d/.test(run) ? 3 : 2;
}
