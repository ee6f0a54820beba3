import { compareDigits, compareText, type VersionOrder } from './parts.ts';

const VERSION =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:(?:[-_.]?(post|rev|r)[-_.]?(\d*))|-(\d+))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/;
const PHASES: Readonly<Record<string, number>> = {
  alpha: 0,
  a: 0,
  beta: 1,
  b: 1,
  preview: 2,
  pre: 2,
  c: 2,
  rc: 2,
};
const LAST = '9'.repeat(40);

/**
 * Versions of Python.
 *
 * @see https://packaging.python.org/en/latest/specifications/version-specifiers/
 */
export const pythonOrder: VersionOrder = (one, other) => {
  const [a, b] = [VERSION.exec(one.trim().toLowerCase()), VERSION.exec(other.trim().toLowerCase())];
  if (!a || !b) return undefined;
  return (
    compareDigits(a[1] ?? '0', b[1] ?? '0') ||
    compareLists((a[2] ?? '').split('.'), (b[2] ?? '').split('.'), '0') ||
    phaseOf(a) - phaseOf(b) ||
    compareDigits(a[4] || '0', b[4] || '0') ||
    compareDigits(postOf(a), postOf(b)) ||
    compareDigits(devOf(a), devOf(b)) ||
    compareLocal(a[10], b[10])
  );
};

/** What is developed towards a release comes before all that precedes it. */
function phaseOf([, , , phase, , post, , implicit, dev]: RegExpExecArray): number {
  if (phase !== undefined) return PHASES[phase] ?? 0;
  return dev !== undefined && post === undefined && implicit === undefined ? -1 : 3;
}

/** One more than its number; 0 where it is none. */
function postOf([, , , , , post, number, implicit]: RegExpExecArray): string {
  if (post === undefined && implicit === undefined) return '0';
  return String(BigInt(implicit ?? (number || '0')) + 1n);
}

function devOf([, , , , , , , , dev, number]: RegExpExecArray): string {
  return dev === undefined ? LAST : number || '0';
}

function compareLists(one: readonly string[], other: readonly string[], missing: string): number {
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const order = compareDigits(one[at] ?? missing, other[at] ?? missing);
    if (order !== 0) return order;
  }
  return 0;
}

function compareLocal(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined)
    return Number(one !== undefined) - Number(other !== undefined);
  const [mine, theirs] = [one.split(/[-_.]/), other.split(/[-_.]/)];
  for (let at = 0; at < Math.max(mine.length, theirs.length); at++) {
    const [a, b] = [mine[at], theirs[at]];
    if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
    const [isNumber, other] = [/^\d+$/.test(a), /^\d+$/.test(b)];
    const order =
      isNumber && other ? compareDigits(a, b) : Number(isNumber) - Number(other) || compareText(a, b);
    if (order !== 0) return order;
  }
  return 0;
}
